"""Rooms and bookings in the states that tests need."""

from datetime import date, time, timedelta
from typing import Any

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.reservations.enums import GenreDeReservation
from tenir.reservations.models import Reservation, Salle
from tenir.reservations.services.reservations import Demande, book
from tenir.reservations.services.salles import create_salle
from tests.personnes import body

PERMANENCE = GenreDeReservation.PERMANENCE


def salle(by: Acces, espace: EspaceDeContrat, nom: str = "Bureau 2", **given: Any) -> Salle:
    """A room open every day from nine to twelve, in half-hours, holidays too."""
    usual = {
        "nom": nom,
        "lieu_ouvert": None,
        "autre_lieu": "Maison commune",
        "organisme": body("ccas"),
        "jours": "0123456",
        "ouvre": time(9),
        "ferme": time(12),
        "pas": 30,
        "sauf_feries": False,
        "affichee": False,
    }
    return create_salle(by=by, espace=espace, values=usual | given)


def to_come(espace: EspaceDeContrat, days: int = 7) -> date:
    """A day to come."""
    return horloge.today(espace) + timedelta(days=days)


def asked(espace: EspaceDeContrat, *, days: int = 7, **given: Any) -> Demande:
    """Half an hour, at nine, in a week."""
    return Demande(**{"jour": to_come(espace, days), "debut": time(9), "fin": time(9, 30), **given})


def booked(by: Acces, of: Salle, *, org: str = "ccas", **given: Any) -> Reservation:
    """A booking."""
    return book(by=by, salle=of, organisme=body(org), demande=asked(of.espace, **given))


def permanence(by: Acces, of: Salle, titre: str = "Accès aux droits", **given: Any) -> Reservation:
    """A permanence."""
    return booked(by, of, genre=PERMANENCE, titre=titre, **given)
