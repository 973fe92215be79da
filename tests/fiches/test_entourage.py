"""Who may carry an action: every body and person of the contract once, and no table joined to another to know it."""

import pytest

from tenir.acteurs.models import Personne
from tenir.contrat.models import OrganismeCite
from tenir.equipe import organismes
from tenir.equipe.ecrans import roles as habilitations
from tenir.fiches.classeur.valeurs import bodies_of_contract, people_of_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.passation import successors
from tests.personnes import body, person, referent
from tests.vie import engagement, fiche

pytestmark = pytest.mark.deux_bases

PILOTE = OrganismeCite.Role.PILOTE


@pytest.fixture
def known(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """A contract where one body signs, one has a contact, one is named and one carries; twice each."""
    for code in ("S01-E01", "S01-E02"):
        engagement(vallon, code, of="caf")
    for name in ("Une", "Deux"):
        referent(person(name), vallon)
    carried = fiche(vallon, organisme_en_charge=body("mairie"), personne_en_charge=person("Trois"))
    for rank in (1, 2):
        OrganismeCite.objects.create(
            espace=vallon, action=carried.action, role=PILOTE, rang=rank, nom=f"Lieu {rank}", organisation=body("lieu")
        )
    return vallon


def test_each_body_is_known_once(known: EspaceDeContrat) -> None:
    assert sorted(one.identifiant for one in bodies_of_contract(known)) == ["caf", "ccas", "lieu", "mairie"]
    assert sorted(one.identifiant for one in organismes.bodies_of(known)) == ["caf", "ccas", "lieu"]
    assert sorted(one.identifiant for one in habilitations.bodies_of(known)) == ["caf", "ccas"]


def test_each_person_is_known_once(known: EspaceDeContrat) -> None:
    assert [one.nom for one in people_of_contract(known)] == ["Deux", "Trois", "Une"]
    assert sorted(one.nom for one in habilitations.people_of(known)) == ["Deux", "Une"]


def test_what_other_contracts_hold_is_joined_to_nothing(known: EspaceDeContrat) -> None:
    """An « or » across joins took minutes among 450 contracts: the product of all they hold."""
    someone = Personne.objects.create(nom="Quatre")
    for rows in (
        bodies_of_contract(known),
        people_of_contract(known),
        organismes.bodies_of(known),
        habilitations.bodies_of(known),
        habilitations.people_of(known),
        successors(known, someone),
    ):
        assert " JOIN " not in str(rows.query)
