"""The organisations files: plain data that every room reads."""

from collections import Counter

import pytest

from tenir.acteurs.models import Organisation as Row
from tenir.fichier.mots import comparable
from tenir.fichier.organisations import FRANCE, files, recognise, registry
from tenir.fichier.organisations.modeles import Organisation

EVERY = [organisation for file in files() for organisation in file.organisations]
FICTIF = "Fictif"


def test_every_id_is_unique() -> None:
    assert [one for one, times in Counter(organisation.id for organisation in EVERY).items() if times > 1] == []


def test_a_member_belongs_to_a_body_that_exists() -> None:
    assert [one.id for one in EVERY if one.membre_de and one.membre_de not in registry()] == []


def test_no_body_belongs_to_itself() -> None:
    def chain(one: Organisation) -> list[str]:
        found = [one.id]
        while (above := registry()[found[-1]].membre_de) and above not in found:
            found.append(above)
        return [*found, above] if above else found

    assert [one.id for one in EVERY if len(set(chain(one))) != len(chain(one))] == []


@pytest.mark.parametrize("file", files(), ids=lambda file: file.territoire)
def test_a_spelling_means_one_body_inside_its_territory(file: object) -> None:
    owners: dict[str, set[str]] = {}
    for one in file.organisations:
        for nom in one.noms:
            owners.setdefault(comparable(nom), set()).add(one.id)
    assert {spelling: ids for spelling, ids in owners.items() if len(ids) > 1} == {}


def test_no_spelling_is_empty_once_compared() -> None:
    assert [(one.id, nom) for one in EVERY for nom in one.noms if not comparable(nom)] == []


def test_each_spelling_finds_its_body_in_its_own_territory() -> None:
    lost = [
        (one.id, nom)
        for file in files()
        for one in file.organisations
        for nom in one.noms
        if recognise(nom, () if file.territoire == FRANCE else (file.territoire,)) != one
    ]
    assert lost == []


@pytest.mark.parametrize("nom", ["Pôle emploi", "POLE EMPLOI", "France Travail", "pole-emploi", "Pole Emplois"])
def test_france_travail_is_known_by_its_old_name(nom: str) -> None:
    assert recognise(nom).id == "france-travail"


@pytest.mark.parametrize(
    "nom", ["La Cali", "CALI", "Communauté d’agglomération du Libournais", "Communauté d'Agglomération du Libournais"]
)
def test_la_cali_is_known_by_every_spelling(nom: str) -> None:
    assert recognise(nom, ["La Cali"]).id == "la-cali"


def test_a_local_body_is_unknown_elsewhere() -> None:
    assert recognise("La Cali") is None
    assert recognise("La Cali", ["Gironde"]) is None


def test_a_territory_wins_over_france() -> None:
    assert recognise("France Travail", [FICTIF]).id == "france-travail-songe-et-brume"


@pytest.mark.parametrize("nom", ["", " ", "…", "—", "Un nom inconnu"])
def test_a_name_that_says_nothing_is_no_body(nom: str) -> None:
    assert recognise(nom, [FICTIF, "La Cali", "Gironde"]) is None


def luhn(number: str) -> int:
    digits = [int(digit) * (1 + rank % 2) for rank, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in digits) % 10


def test_every_siret_has_its_check_digit() -> None:
    with_siret = [one for one in EVERY if one.siret]
    assert with_siret
    assert [one.id for one in with_siret if luhn(one.siret) or luhn(one.siret[:9])] == []


def test_the_bodies_of_the_fictitious_contract_have_numbers_that_nobody_has() -> None:
    fictif = next(file for file in files() if file.territoire == FICTIF)
    assert [one.id for one in fictif.organisations if one.siret and not one.siret.startswith("999")] == []


def test_every_body_fits_the_columns_of_the_database() -> None:
    """SQLite would not say; PostgreSQL would refuse the load."""
    limits = {"identifiant": "id", "nom": "nom", "sigle": "sigle", "nature": "nature", "siret": "siret"}
    long = [
        (one.id, column)
        for one in EVERY
        for column, field in limits.items()
        if len(getattr(one, field) or "") > Row._meta.get_field(column).max_length
    ]
    assert long == []
