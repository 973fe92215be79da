"""A contract, its team and an open call, made once for the tests of a file."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from tenir.appels.models import AppelAProjets
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.appels.appels import publie
from tests.partage import shared
from tests.personnes import acces, contract

Made = tuple[EspaceDeContrat, Acces, AppelAProjets]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = contract("vallon")
        by = acces("Basile Pivot", Role.EQUIPE, espace)
        return espace, by, publie(by, espace)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def equipe(_made: Made, db: None) -> Acces:
    return deepcopy(_made[1])


@pytest.fixture
def appel(_made: Made, db: None) -> AppelAProjets:
    return deepcopy(_made[2])
