"""The thresholds of every screen that tells what is near and what is new."""

from datetime import date, datetime, timedelta

from tenir.core import horloge
from tenir.core.seuils import Seuil, in_force

ECHEANCE_PROCHE = (
    Seuil(30, date(2024, 1, 1), "Choix de Tenir : le temps de convoquer une réunion, ou de relancer deux fois."),
)
"""How many days ahead what is awaited shows on the desk, the oldest first."""

NOUVEAUTE = (
    Seuil(30, date(2024, 1, 1), "Choix de Tenir : à qui n’a encore rien dit avoir lu, un mois se relit d’une traite."),
)
"""How many days back what is new goes, for someone who never said that she read it, the oldest first."""

ANNULATION = (
    Seuil(10, date(2024, 1, 1), "Choix de Tenir : le temps de voir son erreur, avant que d’autres bâtissent dessus."),
)
"""How many minutes a gesture may be undone, the oldest first."""


def undone_until(moment: datetime) -> datetime:
    """Until when a gesture made at a moment may be undone."""
    return moment + timedelta(minutes=in_force(ANNULATION, horloge.day_of(moment)))


def soon_until(on: date) -> date:
    """The last day that is soon."""
    return on + timedelta(days=in_force(ECHEANCE_PROCHE, on))


def new_since(on: date) -> date:
    """The day from which things are new to someone who never said that she read them."""
    return on - timedelta(days=in_force(NOUVEAUTE, on))
