"""Whose a line is."""

from tenir.financement.models import LigneDeFinancement
from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for


def owns_line(held: Habilitation, ligne: LigneDeFinancement) -> bool:
    """Whether the body someone acts for is its funder, or is above the service that is."""
    return ligne.financeur is not None and speaks_for(held, ligne.financeur)
