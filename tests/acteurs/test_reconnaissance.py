"""A body is known under its usual spellings by its form and its place, and never taken for another."""

import re

import pytest

from tenir.acteurs.models import Organisation
from tenir.acteurs.reconnaissance import Annuaire
from tenir.fichier.mots import plain
from tenir.fichier.organisations import files

PLACES = {
    "Fictif": ["Virelande-sur-Songe", "Songe-et-Brume"],
    "La Cali": ["Coutras", "Gironde"],
    "Gironde": ["Gironde"],
}


def directory(territory: str) -> Annuaire:
    rows = [
        Organisation(pk=rank, identifiant=one.id, nom=one.nom, sigle=one.sigle or "")
        for rank, one in enumerate(
            (one for file in files() if file.territoire == territory for one in file.organisations), 1
        )
    ]
    return Annuaire(rows, PLACES[territory])


def invented(*names: str, places: tuple[str, ...] = ()) -> Annuaire:
    rows = [Organisation(pk=rank, identifiant=f"fictif-{rank}", nom=name) for rank, name in enumerate(names, 1)]
    return Annuaire(rows, places)


WAYS = {
    "capitals": str.upper,
    "without accents": plain,
    "an article before": lambda name: f"la {name}",
    "a straight apostrophe": lambda name: name.replace("’", "'"),
    "blanks for hyphens": lambda name: name.replace("-", " "),
}


@pytest.mark.parametrize("territory", sorted(PLACES))
@pytest.mark.parametrize("way", WAYS)
def test_every_body_of_a_territory_is_known_however_its_name_is_typed(territory: str, way: str) -> None:
    found = directory(territory)
    typed = {one: WAYS[way](one.nom) for one in found.rows.values()}
    assert {one.nom: name for one, name in typed.items() if found.find(name) != one} == {}


@pytest.mark.parametrize("territory", sorted(PLACES))
def test_a_body_of_another_place_is_no_body_of_ours(territory: str) -> None:
    """« Mission locale de Perpète » is not ours, whatever the form we have."""
    found = directory(territory)
    elsewhere = {
        re.sub(r" (?:de la|du|de|des|d’)[ ]?[A-ZÉ].*", "", one.nom) for one in found.rows.values() if not one.sigle
    }
    assert {name for name in elsewhere if found.find(f"{name} de Perpète-les-Oies")} == set()


SONGE = invented(
    "Mission locale du Val-Fictif",
    "Caisse d’allocations familiales de la Brume-Fictive",
    "Commune de Fictiville-sur-Songe",
    "Département de la Brume-Fictive",
    "Région Grand-Fictif",
    "CCAS de Fictiville-sur-Songe",
    "Préfecture",
    "Cap emploi",
    "Communauté d’agglomération du Val-Fictif",
    "La Fabrique fictive",
    "Agence régionale de santé Grand-Fictif",
    places=("Fictiville-sur-Songe", "Brume-Fictive", "Val-Fictif", "Grand-Fictif"),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mission Locale", "Mission locale du Val-Fictif"),
        ("M.L. du Val-Fictif", "Mission locale du Val-Fictif"),
        ("C.A.F.", "Caisse d’allocations familiales de la Brume-Fictive"),
        ("CAF de la Brume-Fictive", "Caisse d’allocations familiales de la Brume-Fictive"),
        ("Caisse d'Allocations Familiales (CAF)", "Caisse d’allocations familiales de la Brume-Fictive"),
        ("Mairie de Fictiville", "Commune de Fictiville-sur-Songe"),
        ("VILLE DE FICTIVILLE SUR SONGE", "Commune de Fictiville-sur-Songe"),
        ("Conseil départemental", "Département de la Brume-Fictive"),
        ("Conseil Général de la Brume Fictive", "Département de la Brume-Fictive"),
        ("Conseil régional", "Région Grand-Fictif"),
        ("Centre communal d’action sociale", "CCAS de Fictiville-sur-Songe"),
        ("Préfecture de la Brume-Fictive", "Préfecture"),
        ("Agglo", "Communauté d’agglomération du Val-Fictif"),
        ("Association La Fabrique fictive", "La Fabrique fictive"),
        ("ARS", "Agence régionale de santé Grand-Fictif"),
    ],
)  # fmt: skip
def test_a_usual_spelling_means_the_body_of_that_form(written: str, meant: str) -> None:
    found = SONGE.find(written)
    assert found is not None
    assert found.nom == meant


@pytest.mark.parametrize(
    "written", ["Préfecture du Rhône", "Mairie de Lyon", "Maison", "Agence", "CAF du Nord", "Service", "", "!"]
)
def test_what_is_another_place_or_half_a_form_is_none(written: str) -> None:
    assert SONGE.find(written) is None


def test_two_bodies_of_one_form_are_told_apart_by_their_place_alone() -> None:
    found = invented("Commune de Fictiville", "Commune de Factiville", places=("Fictiville", "Factiville"))
    assert found.find("Mairie") is None
    assert found.find("Mairie de Factiville") == found.rows["fictif-2"]


def test_a_body_of_france_lends_its_former_names_to_the_one_of_the_place() -> None:
    found = invented("France Travail Val-Fictif", "Cap emploi", places=("Val-Fictif",))
    assert found.find("Pôle emploi") == found.rows["fictif-1"]
