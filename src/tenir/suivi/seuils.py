"""The thresholds of follow-up, each from a day on and with its source; the past keeps the one it was judged by."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Seuil:
    """A value in force from a day, and why."""

    valeur: int
    depuis: date
    source: str


SILENCE = (
    Seuil(
        6,
        date(2024, 1, 1),
        "Choix de Tenir : deux nouvelles par an, pour que le comité technique annuel n’en découvre pas le manque.",
    ),
)
"""After how many months without news an action is said to be without news, the oldest first."""


def silence_months(on: date) -> int:
    """How many months of silence are allowed that day."""
    held = [seuil for seuil in SILENCE if seuil.depuis <= on]
    return (held or list(SILENCE))[-1].valeur


def silent_before(on: date) -> date:
    """The day before which a last news is too old."""
    months = on.year * 12 + on.month - 1 - silence_months(on)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(on.day, 28))
