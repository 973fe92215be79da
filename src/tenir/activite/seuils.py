"""The thresholds of the register."""

from datetime import date, timedelta

from tenir.core.seuils import Seuil, in_force
from tenir.natures.enums import D_AVANCE

TARDIVE = (
    Seuil(90, date(2024, 1, 1), "Choix de Tenir : au-delà d’un trimestre, un nombre vient d’un souvenir, on le relit."),
)
"""After how many days what was done is written late, the oldest first."""

NOTE_GARDEE = (
    Seuil(24, date(2024, 1, 1), "Choix de Tenir : deux ans, le temps de l’évaluation, puis la note ne sert plus."),
)
"""How many months a note is kept."""

LIEN_DE_CARNET = (
    Seuil(40, date(2024, 1, 1), "Choix de Tenir : un mois, et de quoi attendre le courriel suivant (ADR 0044)."),
)
"""How many days a link to the carnet of a person opens it."""

LIEN_D_AFFICHE = (
    Seuil(365, date(2024, 1, 1), "Choix de Tenir : une affiche s’imprime de nouveau chaque année (ADR 0044)."),
)
"""How many days the code on a wall opens its carnet."""

CARNET_RELIT = (Seuil(60, date(2024, 1, 1), "Choix de Tenir : ce qu’un lien volé laisse voir, deux mois au plus."),)
"""How many days back a carnet shows what its body did, and lets it be corrected."""

AFFICHE_REMONTE = (Seuil(14, date(2024, 1, 1), "Choix de Tenir : devant un mur, on note ce dont on se souvient."),)
"""How many days back what is on a wall lets one write."""

AFFICHE_PAR_JOUR = (Seuil(30, date(2024, 1, 1), "Choix de Tenir : plus qu’un lieu ne fait en un jour."),)
"""How many entries may come from a wall in one day."""

PREVENIR = (Seuil(D_AVANCE, date(2024, 1, 1), "Choix de Tenir : deux mois, le temps d’un comité avant l’échéance."),)
"""How many days before it falls due one is warned of a thing whose register says nothing else."""


def late_before(on: date) -> date:
    """The day before which what is written today is written late."""
    return on - timedelta(days=in_force(TARDIVE, on))


def note_months(on: date) -> int:
    """How many months a note is kept."""
    return in_force(NOTE_GARDEE, on)


def link_days(on: date, *, mural: bool) -> int:
    """How many days a link made that day opens a carnet."""
    return in_force(LIEN_D_AFFICHE if mural else LIEN_DE_CARNET, on)


def shown_since(on: date) -> date:
    """The first day of which a carnet shows what was done."""
    return on - timedelta(days=in_force(CARNET_RELIT, on))


def wall_since(on: date) -> date:
    """The first day of which one writes from a wall."""
    return on - timedelta(days=in_force(AFFICHE_REMONTE, on))


def wall_a_day(on: date) -> int:
    """How many entries may come from a wall in a day."""
    return in_force(AFFICHE_PAR_JOUR, on)


def warned_before(on: date) -> int:
    """How many days before it falls due one is warned of a thing."""
    return in_force(PREVENIR, on)
