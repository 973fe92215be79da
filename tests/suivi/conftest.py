"""A contract with its people, and a day on which things are judged."""

from datetime import date

import pytest

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.equipe import acces, contract, person, referent

TODAY = date(2026, 9, 15)


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    """The contract that the tests act in."""
    return contract("vallon", etat="signe")


@pytest.fixture
def equipe(vallon: EspaceDeContrat) -> Acces:
    """Someone of the team."""
    return acces("Basile Pivot", Role.EQUIPE, vallon)


@pytest.fixture
def ccas(vallon: EspaceDeContrat) -> Acces:
    """A partner, for the body « ccas »."""
    return acces("Cléo Relais", Role.PARTENAIRE, vallon, of="ccas")


@pytest.fixture
def lecture(vallon: EspaceDeContrat) -> Acces:
    """Someone who reads."""
    return acces("Dan Liseur", Role.LECTURE, vallon)


@pytest.fixture
def caf(vallon: EspaceDeContrat) -> Personne:
    """Whom to call at « caf »."""
    return referent(person("Ida Relais", signs_in=False), vallon, of="caf").personne
