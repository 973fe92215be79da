"""Whose a walk is."""

from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for
from tenir.marches.models import Marche


def leads(held: Habilitation, marche: Marche) -> bool:
    """Whether the body someone acts for leads the walk, or is above the service that does."""
    return speaks_for(held, marche.conduite_par)
