"""Whose a préconisation is."""

from tenir.gouvernance.regles import CONSEIL
from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for
from tenir.preconisations.enums import Origine
from tenir.preconisations.models import Preconisation


def answers(held: Habilitation, preconisation: Preconisation) -> bool:
    """Whether the body someone acts for is the one that answers, or is above the service that does."""
    return preconisation.organisme is not None and speaks_for(held, preconisation.organisme)


def asked_it(held: Habilitation, preconisation: Preconisation) -> bool:
    """Whether someone acts for a council of residents, and it is of the council: it reopens what it asked."""
    of_the_council = held.organisation is not None and held.organisation.nature == CONSEIL
    return of_the_council and preconisation.origine == Origine.CONSEIL
