"""A contract that nobody signed, its draft, someone of its team."""

import pytest

from tenir.atelier.models import Brouillon
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.atelier.brouillons import brouillon
from tests.personnes import acces, contract


@pytest.fixture
def espace(db: None) -> EspaceDeContrat:
    return contract("ru", etat="brouillon")


@pytest.fixture
def by(espace: EspaceDeContrat) -> Acces:
    return acces("Aya Équipe", Role.EQUIPE, espace)


@pytest.fixture
def draft(espace: EspaceDeContrat) -> Brouillon:
    return brouillon(espace)
