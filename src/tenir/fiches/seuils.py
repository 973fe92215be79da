"""The thresholds of fiches actions."""

from datetime import date

from tenir.core.seuils import Seuil, in_force

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
    return in_force(SILENCE, on)


def silent_before(on: date) -> date:
    """The day before which a last news is too old."""
    months = on.year * 12 + on.month - 1 - silence_months(on)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(on.day, 28))
