"""Settling what is overdue of an action, from wherever it is read: it came today, or it is put off to another day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.typographie import date_fr
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import locked, update_fiche
from tenir.fiches.services.jalons import settle_jalon, update_jalon
from tenir.fiches.situation import DEBUT, Retard, get_situation
from tenir.habilitations.rights import Acces


class RienEnRetard(Exception):
    """Nothing is overdue any more; the message is the French sentence to show."""


def shown_late(retard: Retard | None) -> Lu:
    """What a line shows of what is overdue first."""
    return {"en retard": f"{retard.quoi}, attendu depuis le {date_fr(retard.attendu_le)}" if retard else "rien"}


def _first(fiche: FicheAction, lu: Lu | None) -> Retard:
    """What is overdue first, as it was read.

    Raises:
        RienEnRetard: nothing is.
        Perime: it is no more what was read.
    """
    found = get_situation(fiche, fiche.jalons.by_date(), horloge.today(fiche.espace)).premier
    refuse_unread(lu, shown_late(found))
    if found is None:
        raise RienEnRetard("Rien n’est en retard ici.")
    return found


@transaction.atomic
def settle_first(*, by: Acces, fiche: FicheAction, lu: Lu | None = None) -> str:
    """Say that what is overdue first came today: the start, a jalon, the end. Return what it was.

    Raises:
        Refus: she may not.
        RienEnRetard, Perime: it is no more what was read.
        ValidationError: a calendar that cannot hold.
    """
    fiche = locked(fiche)
    found = _first(fiche, lu)
    if found.jalon:
        settle_jalon(by=by, jalon=found.jalon, fin="atteint_le")
    else:
        update_fiche(by=by, fiche=fiche, version=fiche.version, changes=_came(fiche, found))
    return found.quoi


def _came(fiche: FicheAction, retard: Retard) -> Mapping[str, Any]:
    """What a start or an end that comes today changes; the status follows, where it would contradict it."""
    today = horloge.today(fiche.espace)
    if retard.quoi == DEBUT:
        begun = {"statut": Statut.EN_COURS} if fiche.statut in ("", Statut.A_LANCER, Statut.EN_PREPARATION) else {}
        return {"debut_reel": today, **begun}
    return {"fin_reelle": today, "statut": Statut.REALISEE}


@transaction.atomic
def put_off_first(*, by: Acces, fiche: FicheAction, au: date, lu: Lu | None = None) -> str:
    """Put what is overdue first off to another day. Return what it was.

    Raises:
        Refus: she may not.
        RienEnRetard, Perime: it is no more what was read.
        ValidationError: a calendar that cannot hold.
    """
    fiche = locked(fiche)
    found = _first(fiche, lu)
    if found.jalon:
        update_jalon(by=by, jalon=found.jalon, changes={"revise_le": au})
    else:
        name = "debut_revise" if found.quoi == DEBUT else "fin_revisee"
        update_fiche(by=by, fiche=fiche, version=fiche.version, changes={name: au})
    return found.quoi
