"""Figures as contracts write them, in sentences and lists: the true ones are let pass, the false ones are told."""

from pathlib import Path

import pytest

from tests.fabriques import edited
from tests.regles.chaine.outils import controle

HERE = Path(__file__).parent
FICHES = (HERE / "fiches.txt").read_text()
PLACE = "Nombre de locaux fermés : 7"
JUSTES = (HERE / "justes.txt").read_text().strip().split("\n\n")
FAUSSES = [one.split("\n", 1) for one in (HERE / "fausses.txt").read_text().strip().split("\n\n")]
"""Each with the rule that tells it."""


def rules(said: str) -> set[str]:
    """The rules on figures that speak of a document where this stands among the figures."""
    found = controle(edited(FICHES, (PLACE, said)).encode()).anomalies
    return {one.regle for one in found if one.regle.startswith("CHF")}


@pytest.mark.parametrize("said", JUSTES)
def test_true_figures_are_let_pass(said: str) -> None:
    assert rules(said) == set()


@pytest.mark.parametrize(("code", "said"), FAUSSES)
def test_false_figures_are_told(code: str, said: str) -> None:
    assert code in rules(said)
