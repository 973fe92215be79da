"""Two contracts, and someone of each role in the first: what most rooms' tests ask for."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice
from tests.personnes import acces, contract, member, person, referent

TODAY = date(2026, 9, 15)
"""A day on which things are judged."""


@pytest.fixture
def client() -> Client:
    """A browser that reads the page of a form before it sends it."""
    return Lectrice()


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    """The contract that the tests act in, signed and not public."""
    return contract("vallon", etat="signe")


@pytest.fixture
def colline(db: None) -> EspaceDeContrat:
    """Another contract."""
    return contract("colline")


@pytest.fixture
def people(vallon: EspaceDeContrat, colline: EspaceDeContrat) -> dict[str, Personne]:
    """One person for each set of rights."""
    return people_of(vallon, colline)


def people_of(vallon: EspaceDeContrat, colline: EspaceDeContrat) -> dict[str, Personne]:
    """One person for each set of rights: those of « vallon », of the platform, of « colline », of no contract."""
    return {
        "administration": member("Ada Sommet", Role.ADMINISTRATION),
        "equipe": member("Basile Pivot", Role.EQUIPE, vallon),
        "partenaire": member("Cléo Relais", Role.PARTENAIRE, vallon, of="ccas"),
        "copilote": member("Ivo Pilote", Role.COPILOTE, vallon, of="ccas"),
        "lecture": member("Dan Liseur", Role.LECTURE, vallon),
        "voisin": member("Eve Voisin", Role.EQUIPE, colline),
        "sans role": person("Fil Personne"),
    }


@pytest.fixture
def as_(client: Client, people: dict[str, Personne]) -> Callable[[str], Client]:
    """The browser of one of the people; « visiteur » is signed out."""

    def sign_in(who: str) -> Client:
        client.logout()
        if who != "visiteur":
            client.force_login(people[who].utilisateur)
        return client

    return sign_in


@pytest.fixture
def page_of(ouvrir: Callable[..., Page], transactional_db: None) -> Callable[..., Page]:
    """A page opened by someone signed in."""

    def open_page(personne: Personne, url: str, *, width: int) -> Page:
        return ouvrir(url, by=personne, width=width)

    return open_page


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
