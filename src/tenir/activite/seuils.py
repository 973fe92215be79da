"""The thresholds of the register."""

from datetime import date, timedelta

from tenir.core.seuils import Seuil, in_force

TARDIVE = (
    Seuil(90, date(2024, 1, 1), "Choix de Tenir : au-delà d’un trimestre, un nombre vient d’un souvenir, on le relit."),
)
"""After how many days what was done is written late, the oldest first."""

NOTE_GARDEE = (
    Seuil(24, date(2024, 1, 1), "Choix de Tenir : deux ans, le temps de l’évaluation, puis la note ne sert plus."),
)
"""How many months a note is kept."""


def late_before(on: date) -> date:
    """The day before which what is written today is written late."""
    return on - timedelta(days=in_force(TARDIVE, on))


def note_months(on: date) -> int:
    """How many months a note is kept."""
    return in_force(NOTE_GARDEE, on)
