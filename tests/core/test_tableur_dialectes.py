"""Any table, written in any dialect by any program, comes back the same cell by cell, or how it was read is told."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenir.core.exports import csv_file, export_response
from tenir.core.tableur import Tableau, comparable_cell, pasted, read_file
from tests.core.tables import ods, xlsx

HEADINGS = ["Nom", "Prénom", "Organisme", "Fonction"]
TEXTS = st.text(
    st.sampled_from(list("abcdeéèàçœîô ÉÈ'’\"«»;,\t|\n=+-@0123456789–…€"))
    | st.characters(codec="utf-8", exclude_categories=("Cs",)),
    max_size=14,
)
TABLES = st.lists(st.lists(TEXTS, min_size=4, max_size=4), max_size=8)
SIGNS = st.sampled_from(";,\t|")
ENDS = st.sampled_from(["\r\n", "\n", "\r"])
QUOTING = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
WIDE = {"utf-8": b"", "utf-8-sig": b"", "utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def written(rows: list[list[str]], sign: str, end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end, quoting=quoting).writerows([HEADINGS, *rows])  # type: ignore[arg-type]
    return out.getvalue()


def kept(rows: list[list[str]]) -> list[list[str]]:
    """Rows as the kit keeps them: blanks around gone, no empty end, no apostrophe that protects."""
    cells = [[clean(cell) for cell in row] for row in rows]
    for row in cells:
        while row and not row[-1]:
            row.pop()
    while cells and not cells[-1]:
        cells.pop()
    return cells


def clean(cell: str) -> str:
    bare = cell.lstrip(" ")
    protected = bare.startswith("'") and bare.lstrip("'").startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    )
    return comparable_cell(bare[1:] if protected else bare)


def only(tables: list[Tableau]) -> Tableau:
    [table] = tables
    return table


@settings(max_examples=150, deadline=None)
@given(TABLES, SIGNS, ENDS, QUOTING, st.sampled_from(sorted(WIDE)), st.booleans())
def test_a_csv_of_any_dialect_comes_back_cell_by_cell(
    rows: list[list[str]], sign: str, end: str, quoting: int, coding: str, announced: bool
) -> None:
    rows = [[cell.replace("\0", "").replace("\r", "\n") for cell in row] for row in rows]
    quoting = csv.QUOTE_ALL if end == "\r" else quoting  # the writer of Python leaves « \n » bare there
    text = (f"sep={sign}{end}" if announced else "") + written(rows, sign, end, quoting)
    table = only(read_file("x.csv", WIDE[coding] + text.encode(coding)))
    assert table.lignes == kept([HEADINGS, *rows])


@settings(max_examples=40, deadline=None)
@given(TABLES, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf_16_is_read_without_its_mark_too(rows: list[list[str]], coding: str) -> None:
    plain = [["a", "b", "c", "d"]] * 9
    text = written([*plain, *[[cell.replace("\0", "") for cell in row] for row in rows]], "\t")
    assert only(read_file("x.txt", text.encode(coding))).lignes[:10] == [HEADINGS, *plain]


FRENCH = (
    (
        "Élodie Maëlle Zoé Noëlle Françoise Jérôme Théo Benoît Anaïs Loïc Agnès Inès Cléa Hervé Ève Éric Œuvrard "
        "chargée d’insertion|coordonnateur à mi-temps|référente « emploi »|hôtel de ville|où ça ? là-bas|préfète|"
        "l’été, c’est la fête…|Mission locale du Songeais|Caisse d’allocations familiales|1 200 €|N° 12|sœur aînée"
    )
    .replace("|", " | ")
    .split(" | ")
)
WORDS = st.sampled_from([*" ".join(FRENCH).split(), *FRENCH])


@pytest.mark.parametrize("coding", ["cp1252", "iso8859_15", "mac_roman", "cp850"])
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(WORDS, min_size=4, max_size=4), min_size=6, max_size=12))
def test_accents_of_a_french_table_come_back_in_each_coding_and_the_guess_is_told(
    coding: str, rows: list[list[str]]
) -> None:
    rows = [[cell.encode(coding, "ignore").decode(coding) for cell in row] for row in rows]
    content = written(rows, ";").encode(coding)
    table = only(read_file("x.csv", content))
    assert table.lignes == kept([HEADINGS, *rows])
    assert any("codage" in one for one in table.remarques)


@settings(max_examples=40, deadline=None)
@given(TABLES)
def test_a_lone_quote_swallows_no_row(rows: list[list[str]]) -> None:
    """Someone typed « "à revoir » in a tool that quotes nothing."""
    bare = [
        ["".join(c for c in cell if c not in '"\t\n\r\0\x0b\x0c\x85\u2028\u2029\x1c\x1d\x1e') for cell in row]
        for row in rows
    ]
    quoted = [[f'"{row[0]}', *row[1:]] for row in bare]
    text = "\n".join("\t".join(row) for row in [HEADINGS, *quoted])
    table = only(read_file("x.csv", text.encode()))
    assert [row for row in table.lignes if row] == [row for row in kept([HEADINGS, *quoted]) if row]
    assert bool(table.remarques) == bool(quoted)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.sampled_from(["csv", "xlsx"]))
def test_what_we_export_comes_back_as_it_left(rows: list[list[str]], format: str) -> None:
    clean_rows = [[comparable_cell(cell.replace("\0", "")) for cell in row] for row in rows]
    clean_rows = [[xml(cell) for cell in row] if format == "xlsx" else row for row in clean_rows]
    content = export_response([HEADINGS, *clean_rows], name="x", format=format).content
    assert only(read_file(f"x.{format}", content)).lignes == without_ends([HEADINGS, *clean_rows])


def xml(cell: str) -> str:
    """Without the characters that no XML holds."""
    return "".join(c for c in cell if c == "\n" or (c >= " " and c not in "\ufffe\uffff"))


def without_ends(rows: list[list[str]]) -> list[list[str]]:
    cells = [list(row) for row in rows]
    for row in cells:
        while row and not row[-1]:
            row.pop()
    while cells and not cells[-1]:
        cells.pop()
    return cells


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text(st.sampled_from(list("abé'’;,=+\n -")), max_size=8), min_size=4, max_size=4), max_size=5)
)
@pytest.mark.parametrize("make", [xlsx, ods], ids=["xlsx", "ods"])
def test_a_workbook_gives_the_cells_of_its_sheet(make, rows: list[list[str]]) -> None:
    table = only(read_file("x", make([HEADINGS, *rows])))
    assert table.lignes == kept([HEADINGS, *rows])


def test_a_table_pasted_from_a_spreadsheet_keeps_the_quotes_that_are_its_own() -> None:
    assert pasted('Nom\tSurnom\nAda\t"la grande"\nBen\t"deux\nlignes"').lignes[1:] == [
        ["Ada", '"la grande"'],
        ["Ben", "deux\nlignes"],
    ]


def test_a_csv_for_a_french_spreadsheet_holds_the_same_rows() -> None:
    assert only(read_file("x.csv", csv_file([["Tél."], ["+33 6"], ["'+33 6"]]))).lignes == [
        ["Tél."],
        ["+33 6"],
        ["'+33 6"],
    ]
