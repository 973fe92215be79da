"""Whose the names of the council are."""

from typing import Any

from tenir.gouvernance.regles import CONSEIL
from tenir.habilitations.models import Habilitation


def sits_in_the_council(held: Habilitation, _thing: Any) -> bool:
    """Whether someone acts for a council of residents: its members know one another by name."""
    return held.organisation is not None and held.organisation.nature == CONSEIL
