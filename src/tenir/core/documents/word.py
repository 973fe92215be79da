"""A document as Word: real titles and table headers, in French, ready to be changed by hand."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tenir.core.documents import Document, Partie, Tableau
from tenir.core.typographie import writable

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARGIN, WIDTH = Mm(17), Mm(210 - 2 * 17)
LANGUE = "fr-FR"


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
    file.add_heading(writable(partie.titre), level=1)
    for phrase in partie.phrases:
        file.add_paragraph(writable(phrase))
    if partie.tableau:
        _write_table(file, partie.tableau)
    elif not partie.phrases:
        file.add_paragraph(writable(partie.vide))


def _write_table(file: Any, tableau: Tableau) -> None:
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
