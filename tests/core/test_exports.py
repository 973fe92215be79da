"""Lists that leave the site: no cell computes, none is lost, numbers stay numbers."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404, HttpResponse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tenir.core.exports import CELL_LENGTH, export_response, neutral
from tests.exemples import few

DANGEROUS = "=+-@\t\r\n＝＋－＠"
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=20)
hostile = st.one_of(texts, st.builds(lambda start, rest: start + rest, st.sampled_from(DANGEROUS), texts))
HEADER = ["Code", "Valeur"]


def in_csv(*rows: list[Any]) -> list[list[str]]:
    content = export_response([HEADER, *rows], name="liste", format="csv").content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))


def in_xlsx(*rows: list[Any]) -> Any:
    return load_workbook(io.BytesIO(export_response([HEADER, *rows], name="liste", format="xlsx").content)).active


@given(hostile)
def test_no_text_acts_as_a_formula_in_csv(text: str) -> None:
    cell = neutral(text)
    assert not cell.startswith(tuple(DANGEROUS))
    assert cell in (text, f"'{text}")


@given(st.lists(hostile, min_size=2, max_size=2))
def test_a_text_comes_back_whole_from_csv(row: list[str]) -> None:
    (read,) = in_csv(row)[1:]
    assert [cell.removeprefix("'") if cell != text else cell for cell, text in zip(read, row, strict=True)] == row


@few(15)
@given(st.lists(hostile, min_size=2, max_size=2))
def test_no_text_acts_as_a_formula_in_xlsx(row: list[str]) -> None:
    sheet = in_xlsx(row)
    assert [cell.data_type for cell in sheet[2] if cell.value is not None] == ["s"] * sum(bool(text) for text in row)
    assert sheet.max_row <= 2


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+33 5",
        "-5 %",
        "@SUM(A1)",
        "\t=1",
        "http://exemple.fr",
        "007",
        "1e3",
        "vrai",
        "a\nb",
        "« œuf » – 👨‍👩‍👧",
        "x;y",
        '"',
        "'déjà",
    ],
)
def test_a_text_stays_the_same_text_in_xlsx(text: str) -> None:
    cell = in_xlsx(["a", text])["B2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("number", [0, 12, -5, 1415, Decimal("47.40"), Decimal("-12.5"), 0.25])
def test_a_number_stays_a_number(number: Any) -> None:
    cell = in_xlsx(["a", number])["B2"]
    assert (cell.data_type, Decimal(str(cell.value))) == ("n", Decimal(str(number)))
    assert in_csv(["a", number])[1][1] == str(number).replace(".", ",")  # as a French spreadsheet reads it


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "oui"),
        (False, "non"),
        (date(1789, 7, 14), "1789-07-14"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_what_is_neither_text_nor_number_is_written_as_text(value: Any, shown: str) -> None:
    assert in_csv(["a", value])[1][1] == shown
    assert in_xlsx(["a", value])["B2"].value == shown


def test_a_day_is_a_day_in_a_workbook_and_sorts_as_one_in_a_text() -> None:
    cell = in_xlsx(["a", date(2024, 3, 26)])["B2"]
    assert (cell.is_date, cell.value.date(), cell.number_format) == (True, date(2024, 3, 26), "dd/mm/yyyy")
    assert in_csv(["a", date(2024, 3, 26)])[1][1] == "2024-03-26"


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_an_empty_cell(nothing: str | None) -> None:
    assert in_csv(["a", nothing])[1][1] == ""
    assert in_xlsx(["a", nothing])["B2"].value is None


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    cell = in_xlsx(["a", "x" * 40_000])["B2"].value
    assert (len(cell), cell[-2:]) == (CELL_LENGTH, "x…")
    assert in_csv(["a", "x" * 40_000])[1][1] == "x" * 40_000


def test_csv_opens_in_a_french_spreadsheet() -> None:
    content = export_response([HEADER, ["É", 1]], name="liste", format="csv").content
    assert content == "\ufeffCode;Valeur\r\nÉ;1\r\n".encode()


def test_the_header_of_a_sheet_stays_in_sight() -> None:
    sheet = in_xlsx(["a", 1])
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_an_empty_list_still_opens() -> None:
    assert in_xlsx().max_row == 1
    assert in_csv() == [HEADER]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("actions-O07", "actions-O07"),
        ('a"b', "a-b"),
        ("a\r\nX-Vu: 1", "a-X-Vu-1"),
        ("[x]:*?/\\", "x"),
        ("é", "export"),
        ("", "export"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 60, "a" * 60),
        ("'apostrophe'", "apostrophe"),
    ],
)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_file_is_named_without_danger(name: str, kept: str, format: str) -> None:
    response: HttpResponse = export_response([HEADER], name=name, format=format)
    assert response["Content-Disposition"] == f'attachment; filename="{kept}.{format}"'


@pytest.mark.parametrize("format", ["", "pdf", "CSV", "html", "xlsx/"])
def test_an_unknown_format_is_not_found(format: str) -> None:
    with pytest.raises(Http404):
        export_response([HEADER], name="liste", format=format)
