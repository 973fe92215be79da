"""A table of any headings: its columns are shown with what is under them, guessed by their words, said by a person."""

from datetime import date

import pytest

from tenir.core.tableur import Tableau, TableauIllisible, pasted
from tenir.core.tableur.colonnes import Colonne
from tenir.core.tableur.correspondance import Releve, survey
from tenir.core.tableur.jours import read_period

COLUMNS = (
    Colonne("jour", ("date", "jour"), autour="visite"),
    Colonne("jeunes", ("16 à 25 ans",), chiffres=True),
    Colonne("adultes", ("26 à 59 ans",), chiffres=True),
    Colonne("prix", ("prix",), sauf=lambda values: "gratuit" in values),
)


def table(*rows: str) -> Releve:
    return survey([pasted("\n".join(rows))], COLUMNS)


def test_headings_are_found_under_a_title_and_guessed() -> None:
    found = table(
        "Visites de mars", "", "Date de la visite\t26-59 ans\t16-25 ans\tAvis", "12/03\t3\t4\tbien", "13/03\t5\t\tbien"
    )
    assert [(one.texte, one.exemples) for one in found.titres] == [
        ("Date de la visite", ("12/03", "13/03")),
        ("26-59 ans", ("3", "5")),
        ("16-25 ans", ("4",)),
        ("Avis", ("bien",)),
    ]
    assert found.guess(COLUMNS) == {0: "jour", 1: "adultes", 2: "jeunes"}
    assert "Au-dessus des titres de colonnes" in found.remarques[0]


def test_a_column_of_other_ages_is_not_taken_for_one_that_it_looks_like() -> None:
    assert table("Date\t18-25 ans", "12/03\t4").guess(COLUMNS) == {0: "jour"}


def test_a_column_whose_values_say_otherwise_is_not_taken() -> None:
    assert table("Date\tPrix", "12/03\tgratuit").guess(COLUMNS) == {0: "jour"}


def test_each_thing_is_in_one_column_at_most() -> None:
    assert table("Date\tDate de visite", "12/03\t13/03").guess(COLUMNS) == {0: "jour"}


def test_headings_that_say_nothing_known_are_the_fullest_first_row() -> None:
    found = table("Notre suivi", "Quoi\tCombien", "a\t1")
    assert (found.rang, [one.texte for one in found.titres]) == (1, ["Quoi", "Combien"])
    grille = found.grille({1: "nombre"})
    assert [(one.rang, one.cellules) for one in grille.rangs] == [(3, {"nombre": "1"})]
    assert grille.place(3, "nombre") == "cellule B3"


def test_tables_of_the_same_headings_are_alike_whatever_their_order_their_case_and_their_accents() -> None:
    one, other = table("Date\tDurée", "12/03\t4"), table("DUREE\tdate", "4\t12/03")
    assert one.empreinte == other.empreinte
    assert one.empreinte != table("Date\tDurée\tAvis", "12/03\t4\tbien").empreinte


def test_a_table_kept_comes_back_as_it_was() -> None:
    found = table("Date\tPrix", "12/03\t4")
    assert Releve.from_json(found.to_json()) == found


def test_headings_alone_are_no_table() -> None:
    with pytest.raises(TableauIllisible, match="lui manque des lignes"):
        survey([Tableau("", [["Date", "Prix"]])], COLUMNS)


YEAR = ((2026, 1, 1), (2026, 12, 31))
FIRST = ((2026, 1, 1), (2026, 3, 31))
MARCH = ((2026, 3, 1), (2026, 3, 31))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((one, MARCH) for one in ("mars 2026", "Mars 2026", "mar. 2026", "03/2026", "3/2026", "2026-03")),
        *((one, FIRST) for one in ("T1 2026", "t1-2026", "2026 T1", "1er trimestre 2026")),
        ("2e semestre 2026", ((2026, 7, 1), (2026, 12, 31))),
        *((one, YEAR) for one in ("2026", "année 2026")),
        *((one, None) for one in ("12/03/2026", "2026-03-12", "mars", "13/2026", "ma 2026", "T5 2026", "", "45000")),
    ],
)
def test_a_period_is_read_however_it_is_written(said: str, expected: tuple[tuple[int, int, int], ...] | None) -> None:
    assert read_period(said) == (expected and tuple(date(*one) for one in expected))
