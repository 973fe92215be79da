"""A document as Word: real titles and table headers, in French, ready to be changed by hand."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
import vl_convert
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tenir.core.carres import drawing
from tenir.core.documents import PAR_LIGNE, Document, Image, Partie, Tableau
from tenir.core.typographie import writable

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARGIN, WIDTH = Mm(17), Mm(210 - 2 * 17)
LANGUE = "fr-FR"
SIDE, PIXELS = Mm(4), 4
"""The side of a square with its space; how many times an image is finer than its units."""
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
"""What the format wants after the borders of a paragraph."""
WIDTHS_OF_AN_IMAGE = (9, 17, 10)


def write(document: Document) -> bytes:
    """The Word file of a document."""
    file = docx.Document()
    _set_up(file, document)
    file.add_paragraph(writable(document.surtitre), style="Subtitle")
    file.add_paragraph(writable(document.titre), style="Title")
    for phrase in document.chapeau:
        file.add_paragraph(writable(phrase))
    for partie in document.parties:
        _write_part(file, partie)
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _set_up(file: Any, document: Document) -> None:
    """The sheet, the language, the title; what each sheet repeats at its head and foot."""
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = Mm(19)
    section.header.paragraphs[0].text = writable(document.avertissement)
    section.footer.paragraphs[0].text = writable(document.surtitre)
    core = file.core_properties
    core.title, core.language, core.author, core.comments = writable(document.titre), LANGUE, "", ""
    for style in file.styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            language = OxmlElement("w:lang")
            language.set(qn("w:val"), LANGUE)
            style.element.get_or_add_rPr().append(language)
    file.styles["Normal"].font.size = Pt(9.5)
    file.styles["Subtitle"].font.size = Pt(10)


def _write_part(file: Any, partie: Partie) -> None:
    start = len(file.paragraphs)
    _write_content(file, partie)
    if partie.encadree:
        for paragraph in file.paragraphs[start:]:
            _frame(paragraph)


def _frame(paragraph: Any) -> None:
    """A line around a paragraph: those that follow one another share it."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "12"), ("space", "6"), ("color", "1C2733")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


def _write_content(file: Any, partie: Partie) -> None:
    file.add_heading(writable(partie.titre), level=1).paragraph_format.page_break_before = partie.autre_feuille
    for phrase in partie.phrases:
        file.add_paragraph(writable(phrase))
    if partie.image:
        _write_image(file, partie.image)
    if partie.tableau:
        _write_table(file, partie.tableau)
    if not partie.dite:
        file.add_paragraph(writable(partie.vide))


def _write_image(file: Any, image: Image) -> None:
    """A picture: its legend, then a table whose middle column is drawn, each drawing with its words."""
    legend = file.add_paragraph()
    for motif, mots in image.legende:
        _draw(legend.add_run(), [motif], mots, Mm(3.6))
        legend.add_run(writable(f" {mots}    "))
    lines = tuple((row.titre, "" if row.motifs else "–", row.phrase) for row in image.rangs)
    table = _write_table(file, Tableau(image.resume, image.colonnes, WIDTHS_OF_AN_IMAGE, lines))
    for row, told in zip(table.rows[1:], image.rangs, strict=True):
        if told.motifs:
            wide = SIDE * min(len(told.motifs), PAR_LIGNE)
            _draw(row.cells[1].paragraphs[0].add_run(), told.motifs, told.phrase, wide)


def _draw(run: Any, motifs: Sequence[str], words: str, width: int) -> None:
    """Squares as an image of the text, `words` its alternative."""
    png = vl_convert.svg_to_png(drawing(motifs, titre=words, par_ligne=PAR_LIGNE), scale=PIXELS)
    drawn = run.add_picture(BytesIO(png), width=width)
    drawn._inline.docPr.set("descr", writable(words))


def _write_table(file: Any, tableau: Tableau) -> Any:
    """A table whose first row is read as its header, on each sheet, and which has a name."""
    table = file.add_table(rows=0, cols=len(tableau.colonnes), style="Table Grid")
    table.autofit = False
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), writable(tableau.resume))
    table._tbl.tblPr.append(name)
    widths = [WIDTH * share // sum(tableau.largeurs) for share in tableau.largeurs]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for rank, row in enumerate((tableau.colonnes, *tableau.lignes)):
        cells = table.add_row().cells
        for cell, text, width in zip(cells, row, widths, strict=True):
            cell.width = width
            cell.paragraphs[0].add_run(writable(text)).bold = rank == 0
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    return table
