"""What subscriptions keep of someone whose address is known: told to her, erased with her."""

from tenir.abonnements.models import Abonnement
from tenir.abonnements.services.abonnements import erase
from tenir.abonnements.suivi import title_of
from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.oubli import Marques
from tenir.core.typographie import capital, date_fr
from tenir.habilitations.connu import Tableau
from tenir.habilitations.mots import CONTRAT

PERSONAL = {Abonnement._meta.label: ("adresse",)}
"""The address that follows, which is shown to nobody (`Piece(personal=…)`)."""


def known(personne: Personne) -> list[Tableau]:
    """What her address follows."""
    rows = Abonnement.objects.filter(adresse=personne.email.lower()).select_related("espace") if personne.email else []
    return [
        Tableau(
            "abonnements",
            "Ce que mon adresse suit",
            [capital(CONTRAT), "Ce qu’elle suit", "Confirmé le"],
            [[str(one.espace), title_of(one.espace, one.sur, one.quartier), _day(one)] for one in rows],
            "Votre adresse ne suit aucun contrat.",
            "Ses abonnements par courriel.",
        )
    ]


def _day(one: Abonnement) -> str:
    return date_fr(horloge.day_of(one.confirme_le)) if one.confirme_le else "pas encore"


def forget(personne: Personne, marques: Marques) -> None:
    """Erase the subscriptions of the addresses that are hers alone."""
    hers = {one.lower() for one in (*marques.adresses, personne.email) if one}
    erase(list(Abonnement.objects.filter(adresse__in=hers).order_by("pk")))
