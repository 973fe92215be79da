"""Whose a préconisation is."""

from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for
from tenir.preconisations.models import Preconisation


def answers(held: Habilitation, preconisation: Preconisation) -> bool:
    """Whether the body someone acts for is the one that answers, or is above the service that does."""
    return preconisation.organisme is not None and speaks_for(held, preconisation.organisme)
