"""The quarter beside other places: only what the contract prints for both, from zero."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from tenir.public.quartier.comparer import compare
from tests.pages import flat


@dataclass
class Figure:
    perimetre: str
    valeur: Decimal | None = Decimal(10)
    code: str = "T01"
    libelle: str = "Familles monoparentales"
    unite: str = "%"
    imprime: str = "10"
    periode: str = "2018"
    doute: str = ""


def test_the_quarter_comes_first_and_bars_are_in_proportion() -> None:
    found = compare([Figure("agglomération", Decimal(20)), Figure("Quartier", Decimal(40), imprime="40 %")], "songe")
    (one,) = found
    assert [(lieu.nom, lieu.imprime) for lieu in one.lieux] == [("Quartier", "40 %"), ("agglomération", "10 %")]
    assert "h238.0v" in one.lieux[0].barre
    assert "h119.0v" in one.lieux[1].barre


@pytest.mark.parametrize(
    "figures",
    [
        [Figure("quartier")],
        [Figure("commune"), Figure("agglomération")],
        [Figure("quartier"), Figure("quartier")],
        [Figure("quartier"), Figure("agglomération", unite="habitants")],
        [Figure("quartier"), Figure("agglomération", None)],
        [Figure("quartier"), Figure("")],
    ],
)
def test_what_is_not_comparable_is_not_compared(figures: list[Figure]) -> None:
    assert compare(figures, "songe") == []


def test_the_page_of_the_quarter_shows_it_with_its_places_and_periods(fictif, page) -> None:
    html = flat(page(fictif, "quartier/")).replace("\xa0", " ")
    assert "Le quartier, à côté d’autres lieux" in html
    assert html.count('class="barre-comparee"') == 6
    assert "62,5 %" in html
