"""Where the texts of rooms and permanences that may name someone are changed; nothing else is kept of people."""

from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.reservations.models import Reservation, Salle


def _salle(row: Salle) -> str:
    return address("salle", row.espace, row.numero)


def _reservation(row: Reservation) -> str:
    return address("salle", row.espace, row.salle.numero)


WHERE: dict[str, Answer] = {Salle._meta.label: _salle, Reservation._meta.label: _reservation}
"""By the label of the model."""
