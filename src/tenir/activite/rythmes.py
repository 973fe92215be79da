"""A rhythm in words: « tous les mardis de 14 h à 17 h, sauf les jours fériés »."""

from tenir.activite.enums import JOURS, Rang
from tenir.activite.models import Serie
from tenir.core.typographie import clock_fr, date_fr, typo

RANGS = {
    Rang.PREMIER: "le premier",
    Rang.DEUXIEME: "le deuxième",
    Rang.TROISIEME: "le troisième",
    Rang.QUATRIEME: "le quatrième",
    Rang.DERNIER: "le dernier",
}


def rhythm(serie: Serie) -> str:
    """When a series takes place."""
    hours = f"de {clock_fr(serie.debut)} à {clock_fr(serie.fin)}"
    return typo(f"{_days(serie)} {hours}{_but(serie)}")


def _days(serie: Serie) -> str:
    names = [JOURS[int(one)] for one in serie.jours]
    if serie.rang:
        return f"{RANGS[Rang(serie.rang)]} {_listed(names)} du mois"
    every = _listed([f"{name}s" for name in names])
    return f"tous les {every}" if serie.semaines == 1 else f"les {every}, toutes les {serie.semaines} semaines,"


def _but(serie: Serie) -> str:
    left = ["les jours fériés"] if serie.sauf_feries else []
    left += [f"les vacances scolaires de la zone {serie.zone}"] if serie.zone else []
    return f", sauf {_listed(left)}" if left else ""


def lasts(serie: Serie) -> str:
    """Since when, and until when."""
    if serie.au:
        return f"du {date_fr(serie.du)} au {date_fr(serie.au)}"
    return f"depuis le {date_fr(serie.du)}"


def _listed(words: list[str]) -> str:
    return " et ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
