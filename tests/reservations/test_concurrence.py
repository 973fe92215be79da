"""Two bodies that book the same slot at the same moment: one has it, the other is told."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections

from tenir.habilitations.roles import Role
from tenir.reservations.models import QuartDHeure, Reservation
from tests.personnes import acces, contract
from tests.reservations.salles import booked, salle

pytestmark = pytest.mark.deux_bases


def at_once(*gestures: Callable[[], object]) -> list[object]:
    """Start them together, each on its own connection; give what each answers or raises."""
    start, answers = threading.Barrier(len(gestures)), []

    def run(gesture: Callable[[], object]) -> None:
        try:
            start.wait(10)
            answers.append(gesture())
        except Exception as error:
            answers.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(one,)) for one in gestures]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return answers


@pytest.mark.django_db(transaction=True)
def test_of_two_who_book_at_once_one_has_it_and_the_other_is_told() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("deux connexions : PostgreSQL seulement")
    vallon = contract("vallon")
    room = salle(acces("Ève Équipe", Role.EQUIPE, vallon), vallon)
    nora = acces("Nora Partenaire", Role.PARTENAIRE, vallon, of="ccas")
    basile = acces("Basile Partenaire", Role.PARTENAIRE, vallon, of="caf")
    answers = at_once(lambda: booked(nora, room), lambda: booked(basile, room, org="caf"))
    assert {type(one) for one in answers} == {Reservation, ValidationError}, answers
    (refused,) = (one for one in answers if isinstance(one, ValidationError))
    assert "est déjà pris" in " ".join(refused.messages)
    assert (Reservation.objects.count(), QuartDHeure.objects.count()) == (1, 2)
