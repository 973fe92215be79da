"""The fictitious signed document: made from one source, the same in both forms, marked as fictitious."""

import re
import unicodedata
from pathlib import Path

import pytest
from docx import Document
from scripts import fabriquer_fictif

DOSSIER = Path(__file__).parents[2] / "contrats" / "fictif"
WORD = DOSSIER / f"{fabriquer_fictif.NOM}.docx"
TEXTE = DOSSIER / f"{fabriquer_fictif.NOM}.txt"
SOURCE = (DOSSIER / "source.md").read_text("utf-8")


def one_space(text: str) -> str:
    """The words alone: any run of blanks, no-break ones included, counts as one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def paragraphs_in_order() -> list[str]:
    """Every non-empty paragraph of the Word document, cells of tables included, in reading order."""
    found = []
    for block in Document(str(WORD)).iter_inner_content():
        cells = [cell for row in block.rows for cell in row.cells] if hasattr(block, "rows") else [block]
        found += [one_space(cell.text) for cell in cells]
    return [text for text in found if text]


@pytest.mark.parametrize("made", list(fabriquer_fictif.fichiers(SOURCE)), ids=lambda made: made[0])
def test_making_the_files_again_gives_the_same_bytes(made: tuple[str, bytes]) -> None:
    name, content = made
    assert (DOSSIER / name).read_bytes() == content


def test_every_paragraph_of_the_word_file_is_in_the_text_in_order() -> None:
    text, position = one_space(TEXTE.read_text("utf-8")), 0
    paragraphs = paragraphs_in_order()
    assert len(paragraphs) > 500
    for paragraph in paragraphs:
        position = text.find(paragraph, position)
        assert position >= 0, f"absent from the text, or out of order: {paragraph!r}"
        position += len(paragraph)


def test_nothing_of_the_text_is_missing_from_the_word_file() -> None:
    marks = r"(?m)^(?:[•o>→-] | )"
    words = "".join(re.sub(marks, "", TEXTE.read_text("utf-8")).split())
    assert words == "".join("".join(paragraphs_in_order()).split())


def test_title_and_running_header_say_that_the_contract_is_fictitious() -> None:
    document = Document(str(WORD))
    assert "FICTIF" in document.sections[0].header.paragraphs[0].text
    assert "FICTIF" in document.paragraphs[0].text
    assert "fictif" in document.core_properties.title
    assert "FICTIF" in TEXTE.read_text("utf-8").splitlines()[0]


def test_the_word_file_has_real_headings_lists_and_tables() -> None:
    document = Document(str(WORD))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "List Paragraph"} <= styles
    items = [p for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert len(items) > 150
    assert len(document.tables) == 3


def test_the_text_is_wrapped_like_one_drawn_from_a_page() -> None:
    lines = TEXTE.read_text("utf-8").splitlines()
    assert 600 <= len(lines) <= 1100
    assert max(map(len, lines)) <= fabriquer_fictif.LARGEUR + 5
    assert all(line.isprintable() for line in lines)
