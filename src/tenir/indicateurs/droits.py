"""Whose an indicator is."""

from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for
from tenir.indicateurs.models import SuiviDIndicateur


def owns_indicateur(held: Habilitation, suivi: SuiviDIndicateur) -> bool:
    """Whether the body someone acts for answers for an indicator, or is above the service that does."""
    return suivi.organisme is not None and speaks_for(held, suivi.organisme)
