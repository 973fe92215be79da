"""What a room makes in a contract, made once for all the tests of a module that walk its routes.

    def test_something(room: Salle, as_: Callable[[str], Client]) -> None:
        with walk(room.names(NAMES)) as steps:
            for name, step in steps:
                with step:
                    assert …

pytest runs the tests of a room one after the other, whatever order was drawn: the room is made once. Each step of a
walk starts from what the room made, and is taken back before the next; all those that fail are told, each by its name.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat
from tests.partage import shared, undone
from tests.personnes import contract
from tests.routes import Arguments, arguments_of, rooms
from tests.vallon import people_of

T = TypeVar("T")
_UNKNOWN = count()


@dataclass(frozen=True)
class Contrats:
    """The two contracts and the people of the other files, each of them signed in."""

    vallon: EspaceDeContrat
    colline: EspaceDeContrat
    people: dict[str, Personne]
    sessions: dict[str, str]


@dataclass(frozen=True)
class Salle:
    """A room, and what follows the contract in its addresses, once what they name is made."""

    name: str
    arguments: Arguments

    def names(self, among: Iterable[str]) -> list[str]:
        """Those of some routes that are stated by the room."""
        stated = rooms()[self.name].ROUTES
        return [name for name in among if name in stated]


def make_contracts() -> Contrats:
    """The contracts and people of the other files, each of them signed in."""
    vallon, colline = contract("vallon", etat="signe"), contract("colline")
    people = people_of(vallon, colline)
    return Contrats(vallon, colline, people, {who: session_of(one) for who, one in people.items()})


def session_of(personne: Personne) -> str:
    """The cookie of someone who has signed in."""
    client = Client()
    client.force_login(personne.utilisateur)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="module")
def _contrats(django_db_setup: None, django_db_blocker) -> Iterator[Contrats]:
    with shared(django_db_blocker, make_contracts) as made:
        yield made


@pytest.fixture(scope="module", params=rooms())
def _room(
    request: pytest.FixtureRequest,
    _contrats: Contrats,
    django_db_blocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Salle]:
    def make() -> Salle:
        return Salle(request.param, arguments_of(rooms()[request.param], deepcopy(_contrats.vallon)))

    folder = str(tmp_path_factory.mktemp(request.param))
    with override_settings(MEDIA_ROOT=folder, SAUVEGARDES=folder), shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture(name="room")
def _this_room(_room: Salle, db: None) -> Salle:
    """Each room in turn."""
    return _room


@pytest.fixture(name="vallon")
def _this_contract(_contrats: Contrats, db: None) -> EspaceDeContrat:
    """The contract in which the rooms make what their addresses name."""
    return deepcopy(_contrats.vallon)


@pytest.fixture(name="colline")
def _the_other_contract(_contrats: Contrats, db: None) -> EspaceDeContrat:
    """Another contract."""
    return deepcopy(_contrats.colline)


@pytest.fixture(name="people")
def _people(_contrats: Contrats, db: None) -> dict[str, Personne]:
    """One person for each set of rights."""
    return deepcopy(_contrats.people)


@pytest.fixture(name="as_")
def _signed_in(client: Client, _contrats: Contrats, db: None) -> Callable[[str], Client]:
    """The browser of one of the people; « visiteur » is signed out."""

    def browse(who: str) -> Client:
        client.cookies.clear()
        if who != "visiteur":
            client.cookies[settings.SESSION_COOKIE_NAME] = _contrats.sessions[who]
        return client

    return browse


def changes() -> int:
    """How many rows were written since the connection opened, taken back or not; never the same where none counts."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else next(_UNKNOWN)


@contextmanager
def walk(things: Iterable[T]) -> Iterator[Iterator[tuple[T, AbstractContextManager[None]]]]:
    """Try each thing in a step of its own, then tell all the steps that failed."""
    failed: dict[T, Exception] = {}

    @contextmanager
    def step(thing: T) -> Iterator[None]:
        before = changes()
        try:
            with undone():
                yield
                if changes() != before:
                    connection.check_constraints()
        except Exception as error:
            error.add_note(f"en essayant {thing}")
            failed[thing] = error

    yield ((thing, step(thing)) for thing in things)
    if failed:
        raise ExceptionGroup(f"ce qui ne tient pas : {list(failed)}", list(failed.values()))
