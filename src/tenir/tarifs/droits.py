"""Whose a service is."""

from tenir.habilitations.models import Habilitation
from tenir.habilitations.organismes import speaks_for
from tenir.tarifs.models import ServiceTarife


def runs(held: Habilitation, service: ServiceTarife) -> bool:
    """Whether the body someone acts for runs it, or is above the service that does."""
    return speaks_for(held, service.organisme)
