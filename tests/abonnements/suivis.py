"""Subscriptions for the tests."""

from tenir.abonnements.models import Abonnement
from tenir.abonnements.services.abonnements import ask, confirm
from tenir.habilitations.models import EspaceDeContrat

ADRESSE = "voisine@exemple.test"


def abonnement(espace: EspaceDeContrat, sur: str = "", *, quartier: str = "", confirme: bool = True) -> Abonnement:
    """A subscription asked, and confirmed unless said otherwise."""
    ask(espace=espace, adresse=ADRESSE, sur=sur, quartier=quartier)
    found = Abonnement.objects.select_related("espace").get(espace=espace, sur=sur, quartier=quartier)
    return confirm(abonnement=found) if confirme else found
