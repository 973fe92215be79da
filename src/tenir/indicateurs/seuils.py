"""The thresholds of the readings of indicators."""

from datetime import date

from tenir.core.seuils import Seuil, in_force

RELEVE = (
    Seuil(
        1,
        date(2024, 1, 1),
        "Choix de Tenir : un mois pour compter, après la fin de la période que le relevé décrit.",
    ),
)
"""How many months after the end of its period a reading is late."""


def reading_months(on: date) -> int:
    """How many months are left to give the reading of a period that ended that day."""
    return in_force(RELEVE, on)
