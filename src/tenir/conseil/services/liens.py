"""The link of a candidate: where she reads that she is one, and withdraws, without an account."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.models import Candidature
from tenir.conseil.services.candidatures import locked, shown
from tenir.conseil.services.commun import CONSEIL
from tenir.core import horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.habilitations.services import trace_of

SALT = "tenir.conseil.candidature"


def token_of(candidature: Candidature) -> str:
    """The secret part of the address: one purpose, one candidate."""
    return jetons.make(SALT, candidature.pk, _told(candidature))


def find(jeton: str) -> Candidature | None:
    """Whose a secret is, whatever became of it; one query, or none for what no link looks like."""
    rows = Candidature.objects.exclude(appel=None).select_related("espace", "appel__espace")
    return jetons.find(jeton, SALT, rows, _told)


def open_links(now: datetime) -> int:
    """How many candidates may still withdraw by their link."""
    return Candidature.objects.standing().filter(appel__isnull=False, appel__fige_le=None).count()


def why_closed(candidature: Candidature) -> str:
    """Why a candidate withdraws no more by her link, in a sentence; empty while she may."""
    if candidature.retiree_le:
        return f"Cette candidature est retirée depuis le {date_fr(candidature.retiree_le)}."
    if candidature.appel is None or candidature.appel.fige_le:
        return "La liste est figée pour le tirage : pour renoncer, écrivez à l’équipe, qui appellera le suivant."
    return ""


@transaction.atomic
def withdraw(*, candidature: Candidature, lu: Lu | None = None) -> Candidature:
    """Withdraw a candidate by her own link, until the list is frozen; how to reach her is erased the night after.

    Raises:
        Perime: it is no more what was read.
        ValidationError: she may no more; the message is the French sentence to show.
    """
    found = locked(candidature)
    refuse_unread(lu, shown(found))
    if sentence := why_closed(found):
        raise ValidationError(sentence)
    found.retiree_le = horloge.today(found.espace)
    found.version += 1
    found.save(update_fields=["retiree_le", "version"])
    fact = Fait(CONSEIL, found.code, "candidature", "reçue", "retirée")
    record(trace_of(found.espace), Auteur(commande="lien de candidature"), [fact])
    return found


def _told(candidature: Candidature) -> str:
    return f"{candidature.espace_id}/{candidature.appel_id}/{candidature.numero}"
