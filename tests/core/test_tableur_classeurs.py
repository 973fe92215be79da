"""What a workbook typed, merged, hid or could not compute comes as a person reads it; what could surprise is told."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tenir.core.tableur import Tableau, TableauIllisible, bornes, read_file
from tenir.core.tableur.cellules import figures, phone
from tenir.core.tableur.jours import read_day
from tests.core.tables import EMPTY_END, cell, ods_of, saved, xlsx


def lines(content: bytes) -> list[list[str]]:
    return first(content).lignes


def first(content: bytes) -> Tableau:
    return read_file("x", content)[0]


TYPED = [
    (True, "General", "VRAI"),
    (False, "General", "FAUX"),
    (0.5, "General", "0,5"),
    (2027, "General", "2027"),
    (0.1 + 0.2, "General", "0,3"),
    (-1234567.25, "#,##0.00", "-1234567,25"),
    (0.125, "0.0%", "12,5 %"),
    (639980005, "0# ## ## ## ##", "06 39 98 00 05"),
    (639980005, '0#" "##" "##" "##" "##', "06 39 98 00 05"),
    (1370, "00000", "01370"),
    (12345678901234, "0", "12345678901234"),
    (datetime.fromisoformat("2027-03-12"), "dd/mm/yyyy", "2027-03-12"),
    (datetime.fromisoformat("2027-03-12T14:30"), "dd/mm/yyyy hh:mm", "2027-03-12 14:30:00"),
    (time(14, 30), "hh:mm", "14:30"),
    ("texte", "General", "texte"),
]


@pytest.mark.parametrize(("value", "format", "said"), TYPED)
def test_a_typed_cell_reads_as_a_french_spreadsheet_shows_it(value: Any, format: str, said: str) -> None:
    assert lines(xlsx([["Titre"], [value]], formats={"A2": format}))[1] == [said]


@settings(max_examples=40, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.booleans())
def test_a_date_is_the_same_day_in_both_systems_of_dates(day: date, of_1904: bool) -> None:
    book = Workbook()
    if of_1904:
        book.epoch = datetime.fromisoformat("1904-01-01")
    book.active.append(["Le", "Sans format"])
    book.active.append([day])
    book.active["B2"] = (day - (date(1904, 1, 1) if of_1904 else date(1899, 12, 30))).days
    table = first(saved(book))
    assert [read_day(one, table.epoque) for one in table.lignes[1]] == [day, day]


@settings(max_examples=40, deadline=None)
@given(st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True), st.from_regex(r"0[0-9]{13}", fullmatch=True))
def test_figures_kept_as_a_number_take_their_first_zero_back(telephone: str, siret: str) -> None:
    row = lines(xlsx([["Tél.", "SIRET"], [int(telephone), int(siret) if siret[1] != "0" else siret]]))[1]
    assert (phone(row[0]), figures(row[1], 14)) == (telephone, siret)


ODS_TYPED = [
    ("float", "639980005", "0639980005", "0639980005"),
    ("float", "0.5", "0,5", "0,5"),
    ("float", "1234.5", "1 235", "1234,5"),
    ("float", "2027", "2027", "2027"),
    ("percentage", "0.125", "13 %", "12,5 %"),
    ("boolean", "true", "VRAI", "VRAI"),
    ("date", "2027-03-12", "12/03/27", "2027-03-12"),
    ("date", "2027-03-12T14:30:00", "12/03/27 14:30", "2027-03-12 14:30:00"),
]


@pytest.mark.parametrize(("kind", "value", "written", "said"), ODS_TYPED)
def test_a_typed_cell_of_libreoffice_reads_the_same(kind: str, value: str, written: str, said: str) -> None:
    row = f"<table:table-row>{cell(kind, value, written)}</table:table-row>"
    assert lines(ods_of(f'<table:table table:name="F">{row}{EMPTY_END}</table:table>')) == [[said]]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 5), st.integers(0, 3), st.integers(2, 4))
def test_a_cell_merged_over_rows_says_what_it_says_for_each(row: int, column: int, over: int) -> None:
    book = Workbook()
    for rank in range(10):
        book.active.append([f"{rank}{letter}" for letter in "abcd"])
    book.active.merge_cells(start_row=row + 1, end_row=row + over, start_column=column + 1, end_column=column + 1)
    table = first(saved(book))
    assert [one[column] for one in table.lignes[row : row + over]] == [table.lignes[row][column]] * over
    assert "fusionnées" in " ".join(table.remarques)


def test_what_a_spreadsheet_hides_is_read_and_told() -> None:
    book = Workbook()
    for row in (["Nom", "Note"], ["Ada", "x"], ["Ben", "y"]):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Cachée").append(["Cora"])
    book["Cachée"].sheet_state = "hidden"
    book.move_sheet("Cachée", -1)
    shown, hidden = read_file("x", saved(book))
    assert (shown.lignes[1:], hidden.masquee) == ([["Ada", "x"], ["Ben", "y"]], True)
    assert "Lignes masquées" in " ".join(shown.remarques)
    assert "Colonnes masquées" in " ".join(shown.remarques)


def test_a_formula_without_its_result_is_not_an_empty_cell() -> None:
    assert lines(xlsx([["a"], ["b"]]))[1] == ["b"]
    book = Workbook()
    book.active.append(["Nom", "=1+1"])
    assert lines(saved(book))[0] == ["Nom", "#FORMULE!"]


MANY = 300_000
HUGE = {
    "xlsx": "<row><c><v>1</v></c></row>" * MANY,
    "ods": "<table:table-row><table:table-cell/></table:table-row>" * MANY,
}


def bomb(kind: str) -> bytes:
    if kind == "ods":
        return ods_of(f'<table:table table:name="F">{HUGE[kind]}</table:table>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{HUGE[kind]}</sheetData></worksheet>")
    return out.getvalue()


@pytest.mark.parametrize("kind", sorted(HUGE))
def test_a_small_file_of_three_hundred_thousand_rows_is_refused_after_its_first_chunks(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, read = bomb(kind), []
    chunks = bornes.chunks
    monkeypatch.setattr(bornes, "chunks", lambda *args: (read.append(len(one)) or one for one in chunks(*args)))
    with pytest.raises(TableauIllisible, match="lignes"):
        read_file("x", content)
    assert len(content) < 100_000
    assert sum(read) < len(HUGE[kind]) / 10, "it unfolds no more than it takes to count"


def test_a_row_repeated_a_million_times_is_refused_without_being_written() -> None:
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string">'
    with pytest.raises(TableauIllisible, match="2000 lignes"):
        read_file(
            "x",
            ods_of(
                f'<table:table table:name="F">{row}<text:p>a</text:p></table:table-cell></table:table-row>'
                + "</table:table>"
            ),
        )


@pytest.mark.parametrize(
    "content", [b"<html><table><tr><td>a</td></tr></table></html>", b"\xd0\xcf\x11\xe0" + b"\0" * 600]
)
def test_what_only_looks_like_a_workbook_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(TableauIllisible, match="enregistrez-le"):
        read_file("x.xls", content)
