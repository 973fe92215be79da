"""The one link of a body invited to a meeting, and what it answers by it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from tenir.acteurs.models import Organisation
from tenir.core import horloge, jetons
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.gouvernance.enums import ANSWERS, TO_COME, EtatDeReunion, Reponse
from tenir.gouvernance.models import Convocation
from tenir.gouvernance.services.commun import REUNION, told_meeting
from tenir.habilitations.services import trace_of

SALT = "tenir.gouvernance.convocation"


class LienClos(Exception):
    """The link answers nothing any more; the message is the French sentence to show."""


def token_of(convocation: Convocation) -> str:
    """The secret part of the address: one purpose, one body, one meeting."""
    return jetons.make(SALT, convocation.pk, _told(convocation))


def find(jeton: str) -> Convocation | None:
    """Whom a secret belongs to, whatever became of the link; one query, or none for what no link looks like."""
    rows = Convocation.objects.select_related(
        "reunion__espace", "reunion__instance__instance", "organisation", "represente_par"
    )
    return jetons.find(jeton, SALT, rows, _told)


def open_links(now: datetime) -> int:
    """How many links open a meeting to come."""
    return Convocation.objects.filter(reunion__etat__in=TO_COME, reunion__jour__gte=horloge.day_of(now)).count()


def why_closed(convocation: Convocation) -> str:
    """Why a link answers nothing any more, in a sentence; empty while it answers."""
    reunion = convocation.reunion
    if reunion.etat == EtatDeReunion.ANNULEE:
        return f"Cette réunion est annulée : {reunion.motif}"
    if reunion.etat == EtatDeReunion.TENUE:
        return "Cette réunion s’est tenue : ce lien ne répond plus."
    if convocation.closes_on <= horloge.today(reunion.espace):
        return "Cette réunion est passée : ce lien ne répond plus."
    return ""


@transaction.atomic
def answer(
    *, convocation: Convocation, reponse: str, represente_par: Organisation | None = None, lu: Lu | None = None
) -> Convocation:
    """Keep what a body answers; it may be given again until the meeting, and the last one counts.

    Raises:
        LienClos: the link answers nothing any more.
        Perime: the answer that stands is no more the one that was read.
        ValidationError: the body is no more invited, no such answer, a body represented by one that is not invited.
    """
    rows = Convocation.objects.select_for_update(of=("self",)).select_related("reunion__espace", "organisation")
    found = still(rows, convocation)
    if sentence := why_closed(found):
        raise LienClos(sentence)
    refuse_unread(lu, shown_answer(found))
    if reponse not in ANSWERS:
        raise ValidationError({"reponse": "Choisissez une réponse."})
    before = told_answer(found)
    found.reponse, found.repondu_le = reponse, horloge.now()
    found.represente_par = represente_par if reponse == Reponse.REPRESENTE else None
    refuse_stranger(found)
    found.full_clean()
    found.save()
    fact = Fait(REUNION, found.reunion.code, f"réponse {de(found.organisation)}", before, told_answer(found))
    record(trace_of(found.reunion.espace), Auteur(pour=found.organisation.nom, commande="lien de convocation"), [fact])
    return found


def refuse_stranger(convocation: Convocation) -> None:
    """Refuse that a body be represented by one that is not invited.

    Raises:
        ValidationError: it is not.
    """
    asked = convocation.represente_par_id
    if asked and not Convocation.objects.filter(Q(reunion=convocation.reunion_id, organisation=asked)).exists():
        raise ValidationError({"represente_par": "Choisissez un organisme convoqué à cette réunion."})


def told_answer(convocation: Convocation) -> str:
    """An answer in words: « représenté par la commune »."""
    said = convocation.get_reponse_display()
    return f"{said} par {convocation.represente_par}" if said and convocation.represente_par else str(said)


def shown_answer(convocation: Convocation) -> Lu:
    """What the page of a link shows: the meeting, and the answer given."""
    return {**told_meeting(convocation.reunion), "réponse": told_answer(convocation)}


def _told(convocation: Convocation) -> str:
    return f"{convocation.reunion_id}/{convocation.alea}"
