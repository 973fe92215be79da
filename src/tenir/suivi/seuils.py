"""The thresholds of follow-up, each from a day on and with its source; the past keeps the one it was judged by."""

from dataclasses import dataclass
from datetime import date, timedelta


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

ECHEANCE_PROCHE = (
    Seuil(30, date(2024, 1, 1), "Choix de Tenir : le temps de convoquer une réunion, ou de relancer deux fois."),
)
"""How many days ahead what is awaited shows on the desk, the oldest first."""

NOUVEAUTE = (
    Seuil(30, date(2024, 1, 1), "Choix de Tenir : à qui n’a encore rien dit avoir lu, un mois se relit d’une traite."),
)
"""How many days back what is new goes, for someone who never said that she read it, the oldest first."""

RELEVE = (
    Seuil(
        1,
        date(2024, 1, 1),
        "Choix de Tenir : un mois pour compter, après la fin de la période que le relevé décrit.",
    ),
)
"""How many months after the end of its period a reading is late."""


def silence_months(on: date) -> int:
    """How many months of silence are allowed that day."""
    return _in_force(SILENCE, on)


def soon_until(on: date) -> date:
    """The last day that is soon."""
    return on + timedelta(days=_in_force(ECHEANCE_PROCHE, on))


def new_since(on: date) -> date:
    """The day from which things are new to someone who never said that she read them."""
    return on - timedelta(days=_in_force(NOUVEAUTE, on))


def reading_months(on: date) -> int:
    """How many months are left to give the reading of a period that ended that day."""
    return _in_force(RELEVE, on)


def _in_force(seuils: tuple[Seuil, ...], on: date) -> int:
    held = [seuil for seuil in seuils if seuil.depuis <= on]
    return (held or list(seuils))[-1].valeur


def silent_before(on: date) -> date:
    """The day before which a last news is too old."""
    months = on.year * 12 + on.month - 1 - silence_months(on)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(on.day, 28))
