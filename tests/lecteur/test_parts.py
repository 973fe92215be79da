"""A cost that says what each funder brings: in parentheses, after « dont », in any order; and what shares nothing."""

import pytest

from tenir.lecteur.parts import parts
from tests.lecteur.test_textes_en_articles import MOTS, PROJET, TETE
from tests.lecteur.textes import lire_texte

DEUX = [("Région", "60 000"), ("Ville de Brévanne", "30 000")]


@pytest.mark.parametrize(
    "texte",
    [
        "90 000 euros (Région 60 000 ; Ville de Brévanne 30 000)",
        "90 000 € : Région 60 000 €, Ville de Brévanne 30 000 €",
        "90 000 €, dont 60 000 € de la Région et 30 000 € de la Ville de Brévanne",
        "Total : 90 000 € dont Région : 60 000 € + Ville de Brévanne : 30 000 €",
        "90 000 € (Région : 60 000 € / Ville de Brévanne : 30 000 €)",
        "90 000 € = 60 000 € (Région) + 30 000 € (Ville de Brévanne)",
    ],
)
def test_a_total_shared_out_gives_each_funder(texte: str) -> None:
    assert [(nom, montant.removesuffix("€").strip()) for nom, montant in parts(texte)] == DEUX


@pytest.mark.parametrize(
    "texte",
    ["90 000 €", "Région, Ville", "État : 9 000 €", "90 000 € par an, soit 540 000 € sur la durée", "", "à définir"],
)
def test_what_shares_nothing_out_gives_none(texte: str) -> None:
    assert parts(texte) == []


def test_the_cost_of_a_sheet_gives_its_funding_lines() -> None:
    cost = "   Pilote : CAF\n   Coût : 1 400 000 euros (CAF 900 000 ; Région 200 000 ; État\n   300 000)\n"
    text = TETE + PROJET.format(**MOTS[0]).replace("   Pilote : CAF\n", cost)
    (first, *_others) = lire_texte(text).contrat.orientations
    assert [(line.financeur, [d.nom for d in line.dispositifs]) for line in first.credits] == [
        ("CAF", ["900 000"]),
        ("Région", ["200 000"]),
        ("État", ["300 000"]),
    ]
