"""Tables of indicators whose heads say what columns are, in several wordings and places; heads are never items."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tests.lecteur.generateur import Piece, en_word

CORPS = (
    Piece("Contrat de ville de Brévanne 2024-2030", niveau=1),
    Piece("Document fictif, écrit pour les essais du lecteur de Tenir, que nul n’a signé."),
    Piece("Axe 1. Vivre mieux", niveau=1),
    Piece("Orientation 1. Se soigner près de chez soi", niveau=2),
    Piece(cellules=("Fiche action n° 1", "Ouvrir une maison de la prévention")),
    Piece(cellules=("Pilote", "CAF")),
    Piece(cellules=("Calendrier", "2025")),
    Piece("Orientation 2. Circuler sans voiture", niveau=2),
    Piece(cellules=("Fiche action n° 2", "Prêter des bicyclettes")),
    Piece(cellules=("Pilote", "Département")),
    Piece(cellules=("Calendrier", "2026")),
    Piece(cellules=("Partenaires", "Région")),
)
LIBELLES = ["Visites à la maison de la prévention", "Bicyclettes prêtées"]


def _annexe(rows: Sequence[Sequence[str]], titre: str = "Annexe 1. Indicateurs de suivi") -> ContratDeVille:
    pieces = (*CORPS, Piece(titre, niveau=1), *(Piece(cellules=tuple(row)) for row in rows))
    return lire(read_content(en_word(pieces, reel=True))).contrat


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("N°", "Indicateur", "Fiche", "Source", "Valeur de départ", "Cible"),
            ("1", LIBELLES[0], "1", "CAF", "0 (2024)", "300 (2028)"),
            ("2", LIBELLES[1], "2", "Département", "12 (2023)", "40 (2027)"),
        ),
        (
            ("Orientation", "Ce qui est mesuré – indicateur", "Situation 2023", "Objectif 2028", "Périodicité"),
            ("Orientation 1", LIBELLES[0], "0", "300", "annuelle"),
            ("Orientation 2", LIBELLES[1], "12", "40", "annuelle"),
        ),
        (
            ("Libellé", "Action concernée", "Référence", "Valeur visée"),
            (LIBELLES[0], "Ouvrir une maison de la prévention", "0", "300 en 2028"),
            (LIBELLES[1], "Action 2", "12", "40 en 2027"),
        ),
        (
            ("Tableau de bord du contrat", "", "", ""),
            ("Indicateurs", "Fiche action", "Unité", "Valeur à atteindre"),
            (LIBELLES[0], "Fiche 1", "nombre", "300"),
            ("Indicateurs", "Fiche action", "Unité", "Valeur à atteindre"),
            (LIBELLES[1], "Fiche 2", "nombre", "40"),
        ),
    ],
)
def test_a_row_is_an_indicator_with_its_target_and_its_orientation(rows: Sequence[Sequence[str]]) -> None:
    found = _annexe(rows).indicateurs
    assert [i.libelle for i in found] == LIBELLES
    assert [i.orientations for i in found] == [("O01",), ("O02",)]
    assert [(i.cible or "").split()[0] for i in found] == ["300", "40"]


def test_a_column_whose_head_gives_the_year_dates_the_target() -> None:
    (found,) = _annexe((("Indicateur", "Valeur 2023", "Cible 2030"), (LIBELLES[0], "12 %", "30 %"))).indicateurs
    assert found.cible == "30 % en 2030"


def test_a_target_that_says_nothing_is_none() -> None:
    (found,) = _annexe((("Indicateur", "Source", "Cible"), (LIBELLES[0], "CAF", "Néant"))).indicateurs
    assert found.cible is None


def test_a_row_across_names_the_orientation_of_those_below() -> None:
    rows = (
        ("Indicateur", "Source", "Cible"),
        ("Orientation 1. Se soigner près de chez soi", "", ""),
        (LIBELLES[0], "CAF", "300"),
        ("Orientation 2. Circuler sans voiture", "", ""),
        (LIBELLES[1], "Département", "40"),
    )
    assert [(i.libelle, i.orientations) for i in _annexe(rows).indicateurs] == [
        (LIBELLES[0], ("O01",)),
        (LIBELLES[1], ("O02",)),
    ]


def _merged() -> bytes:
    """Heads on two rows, an orientation cell that spans two indicators, made with true merged cells."""
    document: Any = Document(io.BytesIO(en_word((*CORPS, Piece("Annexe. Les indicateurs", niveau=1)), reel=True)))
    table = document.add_table(rows=4, cols=4)
    cells = (
        ("Orientation", "Indicateur", "Valeurs", ""),
        ("", "", "Départ", "Cible"),
        ("Orientation 2", LIBELLES[0], "0", "300"),
        ("", LIBELLES[1], "12", "40"),
    )
    for row, words in zip(table.rows, cells, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(0, 2).merge(table.cell(0, 3))
    for first, last in (((0, 0), (1, 0)), ((0, 1), (1, 1)), ((2, 0), (3, 0))):
        table.cell(*first).merge(table.cell(*last))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_heads_on_two_rows_and_merged_cells_are_followed() -> None:
    found = lire(read_content(_merged())).contrat.indicateurs
    assert [(i.libelle, i.cible, i.orientations) for i in found] == [
        (LIBELLES[0], "300", ("O02",)),
        (LIBELLES[1], "40", ("O02",)),
    ]


def test_a_table_of_actions_that_says_its_indicators_is_still_one_of_actions() -> None:
    rows = (
        ("Action", "Pilote", "Calendrier", "Indicateur", "Cible"),
        ("Ouvrir un verger", "CAF", "2026", "Arbres plantés", "60"),
        ("Tenir un café des parents", "Région", "2027", "Cafés tenus", "10"),
    )
    pieces = (*CORPS, Piece("Orientation 3. Jardiner", niveau=2), *(Piece(cellules=row) for row in rows))
    contrat = lire(read_content(en_word(pieces, reel=True))).contrat
    assert [a.titre_imprime or a.titre for a in contrat.orientations[-1].actions] == [rows[1][0], rows[2][0]]


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("Instance", "Présidence", "Composition", "Rythme"),
            ("Comité de pilotage", "La préfète et la maire", "Tous les signataires", "Deux réunions par an"),
            ("Comité technique", "Région", "Les techniciens", "Tous les deux mois"),
        ),
        (
            ("N°", "Nom de l’instance", "Fréquence", "Qui préside", "Membres", "Missions"),
            ("1", "Comité de pilotage", "2 fois par an", "La préfète ; la maire", "Les signataires", "Décider"),
            ("2", "Comité technique", "Tous les deux mois", "Région", "Les techniciens", "Préparer"),
        ),
        (
            ("Les instances du contrat", "", ""),
            ("Instances", "Animation", "Périodicité"),
            ("Comité de pilotage", "La préfète, la maire", "chaque semestre"),
            ("Comité technique", "Région", "tous les deux mois"),
        ),
    ],
)
def test_a_row_is_a_body_with_who_chairs_it_and_when(rows: Sequence[Sequence[str]]) -> None:
    found = _annexe(rows, "Gouvernance").instances
    assert [i.nom for i in found] == ["Comité de pilotage", "Comité technique"]
    assert [len(i.presidence) for i in found] == [2, 1]
    assert [i.reunions_par_an for i in found] == [2, 6]
