"""Each line of the document belongs to one thing, and to one only."""

import pytest

from tenir.fichier.couverture import lines_at_fault, unclaimed_lines
from tests.fabriques import DOCUMENT, bref, document


def said(*changes: tuple[str, str], text: str = DOCUMENT) -> list[str]:
    return [one.message for one in lines_at_fault(bref(*changes), document(text))]


def test_a_document_wholly_told_has_no_fault() -> None:
    assert said() == []


def test_a_blank_line_belongs_to_nobody() -> None:
    assert unclaimed_lines(bref(("source: 4-6", "source: 4-6")), document()) == []
    assert DOCUMENT.split("\n")[6] == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("source: 4-6", "source: 4-5"), "la ligne 6 du document n’appartient à rien."),
        (("source: 4-6", "source: 4-8"), "la ligne 8 est déjà prise."),
        (("source: 4-6", "source: 3-6"), "la ligne 3 est déjà prise."),
        (("source: 8[39-53]", "source: 8[38-53]"), "la ligne 8 est déjà prise."),
        (("source: 8[39-53]", "source: 8"), "la ligne 8 est déjà prise."),
        (("source: 8[39-53]", "source: 8[39-54]"), "la ligne 8 n’a que 53 colonnes."),
        (("noms_masques: 2[21-34]", "noms_masques: 2[21-99]"), "la ligne 2 n’a que 34 colonnes."),
        (("  lignes: 11", "  lignes: 12"), "le document compte 11 lignes."),
        (("titre: Se déplacer", "titre: Se déplacer\n    source_protocole: 9"), "la ligne 9 est déjà prise."),
    ],
)
def test_what_does_not_fit_is_said(change: tuple[str, str], sentence: str) -> None:
    assert sentence in said(change)


def test_columns_that_only_touch_do_not_overlap() -> None:
    assert said(("source: 8[1-38]", "source: 8[1-20], 8[21-38]")) == []


def test_one_item_may_not_take_a_line_twice() -> None:
    assert said(("source: 4-6", "source: 4-6, 5")) == ["la ligne 5 est déjà prise."]


def test_another_document_is_the_only_fault_told() -> None:
    (only,) = said(text="autre chose\n")
    assert only.startswith("ce n’est pas le document attendu (empreinte ")


def test_a_range_without_end_costs_no_more_than_the_document() -> None:
    huge = bref(("source: 4-6", "source: 4-9999999"), ("    source: 10", "    source: 10-9999999"))
    assert {one.message for one in lines_at_fault(huge, document())} >= {"la ligne 11 est déjà prise."}
