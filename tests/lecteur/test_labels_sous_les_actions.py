"""Labels printed under each action, parties named a line each, and whose years a period is."""

import pytest

from tenir.fichier.modeles import ContratDeVille
from tests.lecteur.textes import lire_texte

TEXTE = """\
CONTRAT DE VILLE DE MORNEVILLE

{ouverture}

AXE 1 – Vivre ensemble

Orientation 1.1 – Rompre l’isolement

Actions :
- Ouvrir un café des habitants
Pilote : commune de Morneville
Partenaires : Caf, Département
- Former dix ambassadeurs du quartier
Pilote : centre social Les Tilleuls

Indicateurs
- Nombre de participants
"""
PARTIES = """\
Les signataires

Entre
La commune de Morneville / La communauté de communes du Val d’Orne / L’État
La Caisse d’allocations familiales (Caf)
Le Département de l’Orne-Haute

Les engagements de droit commun

L’État maintient un délégué du préfet."""


def read(ouverture: str) -> ContratDeVille:
    return lire_texte(TEXTE.format(ouverture=ouverture)).contrat


def test_labels_that_say_all_on_their_line_are_those_of_the_action_above_and_the_list_goes_on() -> None:
    (orientation,) = read("").axes[0].orientations
    said = [(a.titre, [one.nom for one in a.pilotes], [one.nom for one in a.partenaires]) for a in orientation.actions]
    assert said == [
        ("Ouvrir un café des habitants", ["commune de Morneville"], ["Caf", "Département"]),
        ("Former dix ambassadeurs du quartier", ["centre social Les Tilleuls"], []),
    ]
    assert (orientation.pilotes, orientation.services_associes) == ((), ())


def test_a_label_that_leads_to_a_list_keeps_its_bullets() -> None:
    text = TEXTE.format(ouverture="").replace("Partenaires : Caf, Département\n", "Partenaires :\n- la Caf\n")
    (orientation,) = lire_texte(text).contrat.axes[0].orientations
    assert "la Caf" not in [action.titre for action in orientation.actions]


def test_parties_are_read_a_line_each_or_parted_by_slashes() -> None:
    assert [one.nom for one in read(PARTIES).signataires] == [
        "La commune de Morneville",
        "La communauté de communes du Val d’Orne",
        "L’État",
        "La Caisse d’allocations familiales",
        "Le Département de l’Orne-Haute",
    ]


def test_a_name_does_not_go_on_with_the_sentence_below_it() -> None:
    assert read(PARTIES).identite.departement == "Orne-Haute"


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("Le schéma d’accueil 2022-2027. Période 2025-2031.", (2025, 2031)),
        ("Le PLH 2023-2028 vaut. Le présent contrat est conclu pour les années 2024 à 2029.", (2024, 2029)),
        ("Engagements Quartiers 2030 – période 2024-2030.", (2024, 2030)),
        ("Le plan local 2021-2026 est la seule période dite.", (2021, 2026)),
    ],
)
def test_the_years_of_another_plan_are_not_those_of_the_contract(said: str, years: tuple[int, int]) -> None:
    periode = read(said).identite.periode
    assert (periode.debut, periode.fin) == years
