"""The territories that contracts share."""

import pytest

from tenir.fichier.modeles import Identite, Periode, Population, Quartier
from tenir.fichier.modeles import Territoire as Lieu
from tenir.territoire.models import Territoire
from tenir.territoire.services import sync_territoires

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]


def identite(population: int | None = None, departement: str | None = None, nom: str = "Le Bas") -> Identite:
    counted = Population(valeur=population, origine="INSEE", periode="2018") if population is not None else None
    return Identite(
        titre="Contrat",
        departement=departement,
        epci=Lieu(nom="Songe Agglo", siren="999010028"),
        communes=(Lieu(nom="Virelande", insee="99001"), Lieu(nom="Virelande", insee="99001")),
        quartiers=(Quartier(code="QN99001M", nom=nom, population=counted),),
        periode=Periode(debut=2024, fin=2030),
    )


def quarter() -> Territoire:
    return Territoire.objects.get(nature="qpv")


def test_each_territory_of_a_contract_has_one_row() -> None:
    made = sync_territoires(identite(1415, "Songe-et-Brume"))
    assert sorted((one.nature, one.code, one.nom) for one in made) == [
        ("commune", "99001", "Virelande"),
        ("epci", "999010028", "Songe Agglo"),
        ("qpv", "QN99001M", "Le Bas"),
    ]
    assert all(one.pk for one in made)
    assert set(Territoire.objects.values_list("departement", flat=True)) == {"Songe-et-Brume"}


def test_writing_again_keeps_the_rows() -> None:
    first = {one.pk for one in sync_territoires(identite(1415))}
    assert {one.pk for one in sync_territoires(identite(1415))} == first


def test_a_population_travels_with_its_source_and_year() -> None:
    sync_territoires(identite(1415))
    row = quarter()
    assert (row.population, row.origine_population, row.periode_population) == (1415, "INSEE", "2018")


def test_a_population_of_nobody_is_a_population() -> None:
    sync_territoires(identite(0))
    assert quarter().population == 0


def test_a_contract_that_gives_a_population_corrects_it() -> None:
    sync_territoires(identite(1250))
    sync_territoires(identite(1415))
    assert quarter().population == 1415


def test_a_contract_that_says_nothing_leaves_what_another_said() -> None:
    sync_territoires(identite(1415, "Songe-et-Brume"))
    sync_territoires(identite())
    assert (quarter().population, quarter().departement) == (1415, "Songe-et-Brume")


def test_two_names_are_two_territories() -> None:
    sync_territoires(identite())
    sync_territoires(identite(nom="Le Haut"))
    assert Territoire.objects.filter(nature="qpv").count() == 2


def test_a_contract_without_territory_has_none() -> None:
    assert sync_territoires(Identite(titre="Contrat", periode=Periode(debut=2024, fin=2030))) == []
