"""The bodies that may fund something in a contract."""

from django.db.models import QuerySet

from tenir.acteurs.models import Organisation
from tenir.acteurs.reconnaissance import Annuaire
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.requetes import among
from tenir.equipe.organismes import offered_in
from tenir.financement.models import LigneDeFinancement
from tenir.habilitations.models import EspaceDeContrat


def funders_of(espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies of a contract, and those that the ledger names."""
    funding = LigneDeFinancement.objects.filter(espace=espace).exclude(imprimee__retire=True)
    found = among(offered_in(espace).values("pk"), funding.values("financeur"))
    return Organisation.objects.filter(found).order_by(alphabetical("nom"))


def directory_of(espace: EspaceDeContrat) -> Annuaire:
    """The same, found by the names people give them."""
    return Annuaire.of(funders_of(espace), espace.lieux(), horloge.today(espace))
