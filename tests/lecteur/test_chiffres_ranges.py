"""Figures ranged without a table: columns that spaces align, lines that list them by place."""

import pytest

from tenir.fichier.modeles import ContratDeVille
from tests.lecteur.generateur import Piece
from tests.lecteur.test_niveaux import en_docx, en_texte

ACTIONS = ("Orientation 1 - Lire", "", "Actions :", "- Le bus des livres", "- La malle")


def _lus(contrat: ContratDeVille) -> list[tuple[str, float, str | None]]:
    return [(d.libelle, float(d.valeur or 0), d.perimetre) for d in contrat.diagnostic]


def test_columns_that_spaces_align() -> None:
    contrat = en_texte(
        "DIAGNOSTIC",
        "",
        "                          Les Vignes    Le Clos      Ville",
        "  Habitants                    2 840        915     61 400",
        "  Taux de pauvreté            41,5 %          -     15,3 %",
        "  Logements sociaux                         310      4 020",
        "",
        *ACTIONS,
    )
    assert _lus(contrat) == [
        ("Habitants", 2840, "Les Vignes"),
        ("Habitants", 915, "Le Clos"),
        ("Habitants", 61400, "Ville"),
        ("Taux de pauvreté", 41.5, "Les Vignes"),
        ("Taux de pauvreté", 15.3, "Ville"),
        ("Logements sociaux", 310, "Le Clos"),
        ("Logements sociaux", 4020, "Ville"),
    ]


def test_a_column_of_values_needs_no_head_and_years_are_periods() -> None:
    contrat = en_texte("DIAGNOSTIC", "", "Habitants        2 840", "Emplois            310", "", *ACTIONS)
    assert _lus(contrat) == [("Habitants", 2840, None), ("Emplois", 310, None)]
    contrat = en_texte(
        "DIAGNOSTIC",
        "",
        "                2015     2021",
        "Habitants      2 840    2 310",
        "Emplois          310      290",
        "",
        *ACTIONS,
    )
    assert [(d.periode, d.perimetre) for d in contrat.diagnostic] == [("2015", None), ("2021", None)] * 2


@pytest.mark.parametrize("signe", ["–", "-", "•"])
def test_a_line_lists_the_figures_of_a_place(signe: str) -> None:
    ligne = f"{signe} Le Clos : taux de pauvreté : 41,5 % ; habitants : 915 ; part des jeunes : 38 %."
    attendu = [("taux de pauvreté", 41.5, "Le Clos"), ("habitants", 915, "Le Clos"), ("part des jeunes", 38, "Le Clos")]
    assert _lus(en_texte("DIAGNOSTIC", "", "Les constats suivants sont partagés.", ligne, "", *ACTIONS)) == attendu
    pieces = [
        Piece("Diagnostic", niveau=1),
        Piece(ligne),
        Piece("Orientation 1 – Lire", niveau=1),
        Piece("Actions", niveau=2),
    ]
    assert _lus(en_docx([*pieces, Piece("Le bus des livres", puce=0), Piece("La malle", puce=0)])) == attendu


def test_the_years_of_sources_are_no_figures() -> None:
    contrat = en_texte(
        "DIAGNOSTIC", "", "Sources : Insee, recensement 2020 ; Caf 2022 ; registre communal 2023.", "", *ACTIONS
    )
    assert contrat.diagnostic == ()
