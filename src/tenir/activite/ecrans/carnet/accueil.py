"""What the first page of a carnet shows: the kinds, that noted last first; what waits to be confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tenir.activite.ecrans.carnet.bilan import number_of
from tenir.activite.ecrans.carnet.mois import waiting
from tenir.activite.ecrans.carnet.registres import offered
from tenir.activite.ecrans.commun import whole
from tenir.activite.enums import JOURS, Statut
from tenir.activite.models import Carnet, Entree, LienDeCarnet
from tenir.activite.services.par_carnet import kinds_of, lately
from tenir.core import horloge
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.natures.modeles import NatureEntiere

WEEK = 7


@dataclass(frozen=True, slots=True)
class Choix:
    """One kind to tap: its words, and what was noted of it last."""

    code: str
    libelle: str
    derniere: str


def of(lien: LienDeCarnet) -> dict[str, Any]:
    """What the first page says."""
    carnet = lien.carnet
    kinds, last = kinds_of(carnet), _last_of_each(carnet)
    usual = sorted((one for one in kinds if one.nature in last), key=lambda one: last[one.nature].numero, reverse=True)
    others = [one for one in kinds if one.nature not in last]
    return {
        "habituelles": [_choice(one, last.get(one.nature)) for one in usual],
        "autres": [_choice(one, None) for one in others],
        "attendues": _awaited(carnet),
        **offered(carnet),
        "jusqu_au": date_fr(horloge.day_of(lien.expire_le, carnet.espace)),
    }


def _last_of_each(carnet: Carnet) -> dict[str, Entree]:
    """The last thing held under each kind, these last two months; a few queries."""
    rows = whole(lately(carnet).filter(statut=Statut.TENUE)).order_by("numero")
    return {one.mots.code: one for one in rows}


def _choice(kind: NatureEntiere, last: Entree | None) -> Choix:
    said = typo(f"{_day(last.fin, horloge.today(last.espace))}, {number_of(last)}") if last else ""
    return Choix(kind.nature, kind.libelle, said)


def _day(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « jeudi dernier », « le 17 novembre »."""
    since = (today - day).days
    if since in (0, 1):
        return ("aujourd’hui", "hier")[since]
    return f"{JOURS[day.weekday()]} dernier" if 0 < since < WEEK else f"le {date_fr(day)}"


def _awaited(carnet: Carnet) -> str:
    """« Douze séances sont à confirmer »; empty when none is."""
    if carnet.mural:
        return ""
    count = len(waiting(carnet))
    words = pluriel(count, "séance", genre="f", lettres=True)
    return capital(f"{words} {'est' if count == 1 else 'sont'} à confirmer") if count else ""
