"""Whose a decision is."""

from tenir.gouvernance.models import Decision
from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for


def owns_decision(held: Habilitation, decision: Decision) -> bool:
    """Whether the body someone acts for carries it out, or is above the service that does."""
    return decision.organisme is not None and speaks_for(held, decision.organisme)
