"""Whose a booking is, and who reads it."""

from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.organismes import bodies_of, speaks_for
from tenir.habilitations.rights import Acces
from tenir.reservations.models import Reservation


def holds(held: Habilitation, reservation: Reservation) -> bool:
    """Whether the body someone acts for holds it, or is above the service that does."""
    return speaks_for(held, reservation.organisme)


def mine(acces: Acces | None, espace: EspaceDeContrat) -> set[str]:
    """The bodies whose confidential bookings someone reads as hers: those that she acts for, and no other."""
    return bodies_of(acces, espace) if acces else set()
