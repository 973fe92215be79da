"""Documents that leave the site: the same words in Word and in an accessible PDF, whatever someone pasted."""

import hashlib
import json
from dataclasses import asdict, replace
from io import BytesIO

import docx
import pypdfium2
import pytest
import typst
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.documents import (
    LATER,
    Document,
    Image,
    Partie,
    RangDImage,
    Tableau,
    digest,
    document_response,
    pdf,
    recall,
    values,
    word,
)
from tests.exemples import few

DOCUMENT = Document(
    titre="Engagements d’un organisme",
    surtitre="Contrat de Songe",
    chapeau=("Deux engagements au contrat.",),
    parties=(
        Partie("Ce qui est en retard", vide="Rien n’est en retard."),
        Partie("Tout", tableau=Tableau("Tout", ("Code", "Engagement"), (1, 4), (("S01-E01", "Ouvrir un lieu"),))),
    ),
    avertissement="Contrat fictif",
)


def pdf_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as read:
        return "\n".join(page.get_textpage().get_text_range() for page in read)


def with_cell(text: str) -> Document:
    table = Tableau("Tout", ("Code", "Engagement"), (1, 4), (("S01-E01", text),))
    return replace(DOCUMENT, parties=(Partie("Tout", tableau=table),))


def test_both_files_say_every_word() -> None:
    file = docx.Document(BytesIO(word.write(DOCUMENT)))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(one.text for one in file.paragraphs), *cells, file.sections[0].header.paragraphs[0].text])
    for written in (told, pdf_text(pdf.write(DOCUMENT))):
        for words in ("Deux engagements", "Rien n’est en retard.", "S01-E01", "Ouvrir un lieu", "Contrat fictif"):
            assert words in written


def test_the_pdf_is_tagged_for_a_screen_reader_and_says_its_language_and_title() -> None:
    content = pdf.write(DOCUMENT)
    for mark in (b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"/MarkInfo"):
        assert mark in content, mark
    with pypdfium2.PdfDocument(content) as read:
        assert read.get_metadata_dict()["Title"] == DOCUMENT.titre


def test_a_pdf_without_a_title_is_refused() -> None:
    with pytest.raises(typst.TypstError):
        pdf.write(replace(DOCUMENT, titre=""))


def test_the_word_file_has_real_titles_a_language_and_headers_on_each_sheet() -> None:
    file = docx.Document(BytesIO(word.write(DOCUMENT)))
    styles = [one.style.name for one in file.paragraphs if one.style]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 2
    assert "w:tblHeader" in file.tables[0].rows[0]._tr.xml
    assert file.core_properties.language == "fr-FR"
    assert 'w:lang w:val="fr-FR"' in file.styles["Normal"].element.xml


def test_the_same_document_gives_the_same_pdf() -> None:
    assert pdf.write(DOCUMENT) == pdf.write(DOCUMENT)


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1)",
        "$x$ *gras* <b> = titre",
        "\x00\x0b",
        "🎉 漢字 👩‍👩‍👧",
        "= HYPERLINK(1)",
        "\\u{41}",
        "]#[",
        "mot " * 3000,
        "ZWJ\u200d\u202e",
    ],
)
def test_no_word_of_someone_is_read_as_markup_nor_stops_a_document(text: str) -> None:
    assert "S01-E01" in pdf_text(pdf.write(with_cell(text)))
    assert docx.Document(BytesIO(word.write(with_cell(text)))).tables


@few(8)
@given(st.text(max_size=60))
def test_any_text_makes_both_files(text: str) -> None:
    assert pdf.write(with_cell(text)).startswith(b"%PDF")
    assert word.write(with_cell(text)).startswith(b"PK")


def test_a_file_has_a_name_that_any_disk_takes() -> None:
    answer = document_response(DOCUMENT, name='a/"b"\r\né', format="docx")
    assert answer["Content-Disposition"] == 'attachment; filename="a-b.docx"'
    with pytest.raises(Http404):
        document_response(DOCUMENT, name="a", format="exe")


PICTURE = Image(
    "Les réponses",
    ("Partie", "Un carré, une réponse", "En toutes lettres"),
    (RangDImage("Axe A", ("coche",) * 16 + ("vide",), "16 lues, 1 sans réponse"), RangDImage("Axe B", (), "Rien.")),
    (("coche", "16 lues"), ("vide", "1 sans réponse")),
)
DRAWN = replace(
    DOCUMENT,
    parties=(
        Partie("À décider", ("1. Un pilote.",), encadree=True),
        Partie("L’image", image=PICTURE, autre_feuille=True),
        *DOCUMENT.parties,
    ),
)


def test_a_picture_is_in_both_files_with_its_words_as_alternative() -> None:
    file = docx.Document(BytesIO(word.write(DRAWN)))
    said = [one.get("descr") for one in file.element.iter("{*}docPr")]
    assert said == ["16 lues", "1 sans réponse", "16 lues, 1 sans réponse"]
    content = pdf.write(DRAWN)
    assert b"/Figure" in content
    for words in ("Un carré, une réponse", "16 lues, 1 sans réponse", "Rien."):
        assert words in " ".join(pdf_text(content).split())
        assert words in "".join(cell.text for cell in (*file.tables[0].rows[0].cells, *file.tables[0]._cells))


def test_what_opens_a_sheet_does_so_in_both_files() -> None:
    with pypdfium2.PdfDocument(pdf.write(DRAWN)) as read:
        assert len(read) == 2
    file = docx.Document(BytesIO(word.write(DRAWN)))
    opening = [one.text for one in file.paragraphs if one.paragraph_format.page_break_before]
    assert opening == ["L’image"]


def test_a_document_kept_before_there_were_pictures_keeps_its_digest() -> None:
    old = {
        **asdict(DOCUMENT),
        "parties": [
            {name: value for name, value in asdict(one).items() if name not in LATER} for one in DOCUMENT.parties
        ],
    }
    kept = json.loads(json.dumps(old))
    said = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest(recall(kept)) == hashlib.sha256(said.encode()).hexdigest()


def test_a_picture_is_kept_and_recalled_whole() -> None:
    assert recall(json.loads(json.dumps(values(DRAWN)))) == DRAWN
