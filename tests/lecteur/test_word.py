"""The normalised text of a Word file."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from tenir.lecteur.document import DocumentLu
from tenir.lecteur.lecture import lire_document, read_content
from tests.lecteur.fabrique_documents import Style, curated_file, ecrire_word, morceaux, mots

CONTRATS = Path(__file__).resolve().parents[2] / "contrats"
FICTIF = CONTRATS / "fictif" / "virelande-fictif-2024-2030"


def read(build: Callable[[Any], object]) -> DocumentLu:
    document = Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return read_content(file.getvalue())


def paragraph(xml: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>")


def append(document: Any, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, paragraph(xml))


def test_headings_and_lists_are_those_of_the_styles() -> None:
    def build(document: Any) -> None:
        document.add_heading("Axe", 1)
        document.add_heading("Orientation", 2)
        document.add_paragraph("Créer un lieu", style="List Bullet")
        document.add_paragraph("Le gérer", style="List Bullet 2")
        document.add_paragraph("Prose")

    lines = read(build).lignes
    assert [(line.titre, line.puce) for line in lines] == [(1, None), (2, None), (None, 0), (None, 1), (None, None)]
    assert lines[2].texte == "• Créer un lieu"


def test_numbered_lists_print_their_numbers() -> None:
    def build(document: Any) -> None:
        for text in ("un", "deux"):
            document.add_paragraph(text, style="List Number")

    assert [line.texte for line in read(build).lignes] == ["1. un", "2. deux"]


def test_a_bold_paragraph_is_a_heading_and_a_typed_bullet_a_bullet() -> None:
    def build(document: Any) -> None:
        document.add_paragraph().add_run("ACTIONS").bold = True
        document.add_paragraph("o Créer")
        document.add_paragraph("Du texte ordinaire, bien plus long que les titres du document.")

    lines = read(build).lignes
    assert (lines[0].titre, lines[0].gras, lines[1].puce, lines[2].titre) == (1, True, 0, None)


def test_typed_bullets_set_in_alike_are_of_one_depth_list_after_list() -> None:
    def build(document: Any) -> None:
        for text, indent in (("- un", 0), ("Prose", 0), ("o deux", 18), ("- trois", 36), ("o quatre", 18), ("Fin", 0)):
            document.add_paragraph(text).paragraph_format.left_indent = Pt(indent)

    assert [line.puce for line in read(build).lignes] == [0, None, 0, 1, 0, None]


def test_a_table_is_read_row_by_row_and_merged_cells_once() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=2, cols=3)
        for rank, cell in enumerate(c for row in table.rows for c in row.cells):
            cell.text = f"c{rank}"
        table.cell(1, 0).merge(table.cell(1, 1))

    lines = read(build).lignes
    assert [(line.texte, line.tableau) for line in lines] == [
        ("c0", (1, 1, 1)),
        ("c1", (1, 1, 2)),
        ("c2", (1, 1, 3)),
        ("c3", (1, 2, 1)),
        ("c4", (1, 2, 1)),
        ("c5", (1, 2, 3)),
    ]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    def build(document: Any) -> None:
        append(
            document,
            '<w:r><w:t xml:space="preserve">Créer </w:t></w:r>'
            '<w:ins w:id="1" w:author="a"><w:r><w:t xml:space="preserve">deux </w:t></w:r></w:ins>'
            '<w:del w:id="2" w:author="a"><w:r><w:delText>trois </w:delText></w:r></w:del>'
            "<w:r><w:t>lieux</w:t></w:r>",
        )

    assert read(build).texte == "Créer deux lieux\n"


def test_notes_headers_and_footers_are_set_aside() -> None:
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "En-tête"
        document.sections[0].footer.paragraphs[0].text = "Pied"
        document.add_paragraph("Corps")

    document = read(build)
    assert document.texte == "Corps\n"
    assert sorted(text for _page, text in document.retirees) == ["En-tête", "Pied"]


def test_a_note_is_set_aside_with_its_words() -> None:
    def build(document: Any) -> None:
        append(document, '<w:r><w:t>Corps</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r>')
        note = "<w:footnote w:id='1'><w:p><w:r><w:t>Note</w:t></w:r></w:p></w:footnote>"
        notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        part = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    document = read(build)
    assert document.texte == "Corps\n"
    assert document.retirees == ((None, "Note"),)


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p></w:txbxContent>"
    both = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert read(lambda d: append(d, f"<w:r><w:t>Corps</w:t></w:r><w:r>{both}</w:r>")).texte == "Corps\nEncadré\n"


def test_a_paragraph_whose_mark_was_deleted_opens_the_next_one() -> None:
    def build(document: Any) -> None:
        deleted = '<w:pPr><w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr>'
        append(document, f'{deleted}<w:r><w:t xml:space="preserve">Créer </w:t></w:r>')
        append(document, "<w:r><w:t>un lieu</w:t></w:r>")

    assert read(build).texte == "Créer un lieu\n"


def test_a_content_control_a_break_and_a_symbol_are_read() -> None:
    def build(document: Any) -> None:
        control = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>un</w:t><w:br/><w:t>deux</w:t>"
            '<w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0E8"/></w:r></w:p></w:sdtContent></w:sdt>'
        )
        document.element.body.insert(0, control)

    assert read(build).texte == "un\ndeux-\uf0e8\n"


def test_the_fictitious_contract_in_word_has_the_words_of_its_text() -> None:
    """The Word file and the text were written from one source; tables stand in columns in the text."""
    word = lire_document(FICTIF.with_suffix(".docx"))
    text = lire_document(FICTIF.with_suffix(".txt"))
    assert list(mots(x.texte for x in word.lignes)) == list(mots(x.texte for x in text.lignes))


@pytest.mark.parametrize("style", [Style(reel=True), Style(reel=False)], ids=["styles", "gras"])
def test_words_come_back_in_order_from_the_fictitious_contract(style: Style, tmp_path: Path) -> None:
    assert_words_come_back(FICTIF.with_suffix(".txt"), FICTIF.with_suffix(".yaml"), style, tmp_path)


def assert_words_come_back(text: Path, curated: Path, style: Style, folder: Path) -> None:
    pieces = morceaux(lire_document(text).lignes, curated_file(curated))
    document = lire_document(ecrire_word(pieces, folder / "contrat.docx", style))
    assert list(mots(x.texte for x in document.lignes)) == list(mots(piece.texte for piece in pieces))
    assert sum(x.puce is not None for x in document.lignes) >= sum(bool(piece.glyphe) for piece in pieces)
    headings = [x.texte for x in document.lignes if x.titre]
    assert [piece.texte for piece in pieces if piece.niveau and piece.texte[-1] not in ".,;"] == [
        text for text in headings if text[-1] not in ".,;"
    ]
