"""Saying which decision settles the money of a line, and saying no more."""

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.financement.models import LigneDecidee, LigneDeFinancement
from tenir.financement.services.commun import DEFINE, LIGNE, about_line, locked
from tenir.gouvernance.models import Decision
from tenir.gouvernance.services.commun import same_contract
from tenir.habilitations.rights import Acces, require


@transaction.atomic
def attach(*, by: Acces, ligne: LigneDeFinancement, decision: Decision) -> LigneDecidee:
    """Say that a decision settles a line.

    Raises:
        Refus: she may not.
        ValidationError: a decision of another contract, or said already.
    """
    require(by, DEFINE, ligne.espace)
    same_contract(ligne.espace_id, decision=decision)
    found = locked(ligne)
    made = LigneDecidee(ligne=found, decision=decision)
    made.full_clean()
    with geste(by, about_line(found, DEFINE), f"rattachée à la décision {decision.code}") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(LIGNE, found.code, "décision", "", told(decision))])
    return made


@transaction.atomic
def detach(*, by: Acces, ligne: LigneDeFinancement, decision: Decision, lu: Lu | None = None) -> None:
    """Say no more that a decision settles a line.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is not said.
    """
    require(by, DEFINE, ligne.espace)
    found = locked(ligne)
    refuse_unread(lu, shown(found))
    row = LigneDecidee.objects.select_for_update().filter(ligne=found, decision=decision).first()
    if row is None:
        raise ValidationError("Cette ligne n’est pas rattachée à cette décision.")
    with geste(by, about_line(found, DEFINE), f"détachée de la décision {decision.code}") as g:
        g.keep(row)
        row.delete()
        g.tell([Fait(LIGNE, found.code, "décision", told(decision), "")])


def told(decision: Decision) -> str:
    """A decision in the history of a line."""
    return f"{decision.code} du {date_fr(decision.reunion.jour)}"


def shown(ligne: LigneDeFinancement) -> Lu:
    """What a page shows of a line before one detaches a decision from it."""
    return {one.decision.code: "rattachée" for one in LigneDecidee.objects.of_line(ligne)}
