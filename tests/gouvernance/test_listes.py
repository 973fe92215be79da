"""The lists of the room and the desk: more rows cost no more queries."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import Comites, comites, decision, proposition, reunion
from tests.personnes import acces


@pytest.mark.parametrize("name", ["reunions", "decisions", "propositions", "instances", "aujourdhui"])
def test_more_rows_cost_no_more(as_: Callable[[str], Client], vallon: EspaceDeContrat, name: str) -> None:
    by, bodies = acces("Olga Prévue", Role.EQUIPE, vallon), comites(vallon)
    client, url = as_("equipe"), reverse(name, args=[vallon.slug])
    add(by, bodies, range(20, 22))
    few = count(client, url)
    add(by, bodies, range(30, 36))
    assert count(client, url) == few


def add(by: Acces, bodies: Comites, days: range) -> None:
    """Meetings of both bodies, each with a decision and a proposal."""
    for day in days:
        for one in (bodies.pilotage, bodies.technique):
            found = reunion(by, one, days=day)
            decision(by, found)
            proposition(by, found)


def count(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)
