"""What stands between parentheses, under a signatory or beside another document is not an item of its own."""

import pytest

from tenir.fichier.modeles import ContratDeVille
from tenir.lecteur.brouillon import lire
from tenir.lecteur.lecture import read_content
from tests.lecteur.generateur import Piece, en_word

FICHE = (
    Piece("Orientation 1. Se soigner près de chez soi", niveau=1),
    Piece(cellules=("Fiche action n° 1", "Ouvrir une maison de la prévention")),
    Piece(cellules=("Pilote", "CAF")),
)


def _lu(*pieces: Piece) -> ContratDeVille:
    return lire(read_content(en_word(pieces, reel=True))).contrat


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Visites (référence 2023 : 60 ; cible 2030 : 110)", [("Visites", "60 en 2023", "110 en 2030")]),
        ("Visites ; Ateliers tenus", [("Visites", None, None), ("Ateliers tenus", None, None)]),
        (
            "Visites (référence 2023 : 60 ; cible 2030 : 110) ; Ateliers tenus",
            [("Visites", "60 en 2023", "110 en 2030"), ("Ateliers tenus", None, None)],
        ),
    ],
)
def test_a_semicolon_between_parentheses_parts_values_another_parts_indicators(
    said: str, read: list[tuple[str, str | None, str | None]]
) -> None:
    contrat = _lu(Piece("Contrat de ville 2024-2030", niveau=1), *FICHE, Piece(cellules=("Indicateurs", said)))
    assert [(i.libelle, i.depart, i.cible) for i in contrat.indicateurs] == read


def test_what_the_part_of_a_signatory_lists_is_promised_and_signs_nothing() -> None:
    contrat = _lu(
        Piece("Contrat de ville 2024-2030", niveau=1),
        *FICHE,
        Piece("Engagements des signataires", niveau=1),
        Piece("L’État", niveau=2),
        Piece("Le signataire s’engage à :"),
        Piece("Affecter deux postes à la Maison des Lavoirs", puce=0),
        Piece("La Ville de Brévanne", niveau=2),
        Piece("Le signataire s’engage à :"),
        Piece("Ouvrir la Maison des Lavoirs le samedi", puce=0),
    )
    assert [s.nom for s in contrat.signataires] == ["L’État", "La Ville de Brévanne"]
    assert [len(s.engagements) for s in contrat.signataires] == [1, 1]


@pytest.mark.parametrize("autre", ["le programme local de l’habitat 2025-2031", "le plan climat 2026-2032"])
@pytest.mark.parametrize(
    "propre", ["Le contrat de ville 2024-2030 prolonge {}.", "Il suit {}. Contrat de ville 2024-2030."]
)
def test_the_years_of_another_document_are_not_those_of_the_contract(propre: str, autre: str) -> None:
    contrat = _lu(Piece("Contrat de ville de Brévanne", niveau=1), Piece(propre.format(autre)), *FICHE)
    assert (contrat.identite.periode.debut, contrat.identite.periode.fin) == (2024, 2030)
