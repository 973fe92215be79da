"""What changes from a kind to another, told: nothing when they say the same, something whenever they do not."""

from dataclasses import astuple
from itertools import permutations
from pathlib import Path

import pytest

from tenir.natures.catalogue import shipped_files
from tenir.natures.differences import differences
from tenir.natures.ecriture import dump, load
from tenir.natures.modeles import Nature

BUS = """nature: bus
libelle: Bus
forme: séance
sujet: une séance
mesures:
  - {code: venus, libelle: Venus, unite: passages}
  - {code: titres, libelle: Titres, unite: titres, choix: {ticket: ticket, carte: carte}}
alimente:
  - {indicateur: I01, calcul: compte}
"""


def of(texte: str) -> Nature:
    (one,) = load(texte)
    return one


@pytest.mark.parametrize(
    ("put", "by", "told"),
    [
        ("Bus\n", "Car\n", ("nom", "Bus", "Car")),
        ("sujet: une séance", "sujet: une séance\nthemes: [a, b]", ("thèmes", "", "a, b")),
        ("libelle: Venus", "libelle: Présents", ("« Présents », nom", "Venus", "Présents")),
        ("passages}", "passages, parts: [sexe]}", ("« Venus », marges", "", "sexe")),
        ("ticket: ticket", "ticket: billet", None),
        ("compte}", "somme, mesure: venus}", ("nourrit", "", "I01, somme, venus")),
        (
            "code: venus, libelle: Venus",
            "code: montes, libelle: Montés",
            ("nombre retiré", "« Venus », en passages", ""),
        ),
    ],
)
def test_a_change_is_told_by_its_name_before_and_after(put: str, by: str, told: tuple[str, ...] | None) -> None:
    found = differences(of(BUS), of(BUS.replace(put, by)))
    assert found
    if told:
        assert told in [astuple(one) for one in found]


def test_an_order_that_changes_is_told() -> None:
    one = of(BUS)
    other = one.model_copy(update={"mesures": one.mesures[::-1]})
    assert [str(each) for each in differences(one, other)] == ["ordre des nombres : venus, titres → titres, venus"]


def test_nothing_is_told_of_what_says_the_same_and_something_otherwise() -> None:
    files = (Path(__file__).parents[2] / "contrats" / "natures").glob("*.yaml")
    own = [one for file in sorted(files) for one in load(file.read_text(encoding="utf-8"))]
    known = [*shipped_files(), *own]
    for one in known:
        assert differences(one, of(dump([one]))) == []
    for one, other in permutations(known[:8], 2):
        assert differences(one, other)


def test_a_kind_that_begins_is_told_whole() -> None:
    assert {one.champ for one in differences(None, of(BUS))} == {
        *("nom", "forme", "une entrée parle de", "nombre ajouté", "nourrit")
    }
