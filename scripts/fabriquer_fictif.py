"""Make the signed document of the fictitious contract from its single readable source.

``contrats/fictif/source.md`` holds one paragraph per line. Two files come out of it, next to it:

- the Word document, with real heading styles, real lists, tables, a running header and page numbers;
- the normalised text, as a reader of documents would give it: wrapped lines, printed bullets, plain
  spaces, blank lines where the source has them. A second-level bullet shows as a leading space, as when
  the glyph of a symbol font is lost on the way out of a PDF.

Both are the same bytes on every run: dates are fixed, and the archive is stored, not compressed, because
two builds of zlib may compress the same content differently.

Usage: ``python scripts/fabriquer_fictif.py [FOLDER]`` (default: ``contrats/fictif``).
"""

import re
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentWord
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt
from docx.text.paragraph import Paragraph

DOSSIER = Path(__file__).resolve().parent.parent / "contrats" / "fictif"
NOM = "virelande-fictif-2024-2030"
TITRE = "Contrat de ville fictif de Virelande-sur-Songe, 2024-2030"
EN_TETE = "Contrat FICTIF – Virelande-sur-Songe – Engagements Quartiers 2030"
DATE = datetime(2024, 6, 28, 9, 0, tzinfo=UTC)
LARGEUR = 105  # characters of a line of the normalised text, about those of a page of body text

SAUT_DE_PAGE = "==="
STYLES_DE_TABLEAU = {"TableNormal", "TableGrid"}


@dataclass(frozen=True)
class Puce:
    """A kind of bullet: how it is drawn in Word, how it comes out as text, how far it is indented."""

    glyphe: str
    police: str
    imprimee: str
    retrait: int  # twentieths of a point


PUCES = {
    "•": Puce("•", "Calibri", "• ", 360),
    "o": Puce("o", "Courier New", "o ", 720),
    "*": Puce("\uf0a7", "Wingdings", " ", 1080),
    "-": Puce("-", "Calibri", "- ", 1080),
    ">": Puce(">", "Calibri", "> ", 1440),
    "→": Puce("→", "Calibri", "→ ", 720),
}


@dataclass(frozen=True)
class Bloc:
    """One paragraph (or one table) of the source. ``kind`` is titre, puce, tableau, saut, vide or texte."""

    kind: str
    text: str = ""
    mark: str = ""  # « ## » of a heading, « o » of a bullet
    rows: tuple[tuple[str, ...], ...] = ()


# Reading the source


def lire_source(source: str) -> list[Bloc]:
    """Cut the source in blocks; consecutive rows of a table make one block."""
    blocs: list[Bloc] = []
    for line in source.splitlines():
        bloc = lire_ligne(line)
        if bloc.kind == "tableau" and blocs and blocs[-1].kind == "tableau":
            blocs[-1] = Bloc("tableau", rows=blocs[-1].rows + bloc.rows)
        else:
            blocs.append(bloc)
    return blocs


def lire_ligne(line: str) -> Bloc:
    """Say what one line of the source is, from its first characters."""
    mark, _, text = line.partition(" ")
    if not line:
        return Bloc("vide")
    if line == SAUT_DE_PAGE:
        return Bloc("saut")
    if line.startswith("| "):
        return Bloc("tableau", rows=(tuple(cell.strip() for cell in line.strip("|").split("|")),))
    if set(mark) == {"#"}:
        return Bloc("titre", text, mark)
    if mark in PUCES:
        return Bloc("puce", text, mark)
    return Bloc("texte", line)


# The normalised text


def rendre_texte(blocs: list[Bloc]) -> str:
    """The normalised text, wrapped at LARGEUR columns, one trailing newline."""
    return "\n".join(line for bloc in blocs for line in lignes_du_bloc(bloc)) + "\n"


def lignes_du_bloc(bloc: Bloc) -> list[str]:
    """The printed lines of one block; a blank line for what prints nothing."""
    if bloc.kind == "tableau":
        return lignes_du_tableau(bloc.rows)
    prefix = PUCES[bloc.mark].imprimee if bloc.kind == "puce" else ""
    wrapped = textwrap.wrap(bloc.text, LARGEUR - len(prefix), break_on_hyphens=False) or [""]
    return [prefix + wrapped[0], *wrapped[1:]]


def lignes_du_tableau(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    """The rows of a table, one line each, columns aligned and three spaces apart."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


# The Word document


def rendre_word(blocs: list[Bloc]) -> bytes:
    """The Word document of the same blocks, as deterministic bytes."""
    document = Document()
    alleger(document)
    preparer_document(document)
    numbers = declarer_puces(document)
    for bloc in blocs:
        ajouter_bloc(document, bloc, numbers)
    buffer = BytesIO()
    document.save(buffer)
    return figer_archive(buffer.getvalue())


def alleger(document: DocumentWord) -> None:
    """Drop what the default template carries and nobody reads: nine tenths of the file."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:type")) == "table" and style.get(qn("w:styleId")) not in STYLES_DE_TABLEAU:
            styles.remove(style)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail")):
                del part.rels[key]


def preparer_document(document: DocumentWord) -> None:
    """Fixed properties, language, fonts, running header and footer."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = TITRE, "Projet Tenir", "Document fictif"
    properties.language, properties.last_modified_by, properties.revision = "fr-FR", "Projet Tenir", 1
    properties.created = properties.modified = DATE
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="fr-FR"/>'))
    section = document.sections[0]
    section.header.paragraphs[0].text = EN_TETE
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    ajouter_numero_de_page(section.footer.paragraphs[0])


def ajouter_numero_de_page(paragraph: Paragraph) -> None:
    """Write « Page | n » with a real page field."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("Page | ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)


def declarer_puces(document: DocumentWord) -> dict[str, int]:
    """Declare one Word list per kind of bullet and give its number in the document."""
    numbering = document.part.numbering_part.element
    taken = [int(node.get(qn("w:abstractNumId"))) for node in numbering.findall(qn("w:abstractNum"))]
    numbers = {}
    for rank, (mark, puce) in enumerate(PUCES.items(), start=max(taken) + 1):
        numbering.insert(0, parse_xml(definition_de_liste(rank, puce)))  # before any w:num: schema order
        numbers[mark] = numbering.add_num(rank).numId
    return numbers


def definition_de_liste(rank: int, puce: Puce) -> str:
    """The WordprocessingML definition of a one-level bullet list."""
    return (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{rank}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{puce.glyphe}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{puce.retrait}" w:hanging="360"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{puce.police}" w:hAnsi="{puce.police}" w:cs="{puce.police}"/></w:rPr>'
        "</w:lvl></w:abstractNum>"
    ).replace('w:val=">"', 'w:val="&gt;"')


def ajouter_bloc(document: DocumentWord, bloc: Bloc, numbers: dict[str, int]) -> None:
    """Add one block at the end of the document; blank lines are left to the styles."""
    text = typographier(bloc.text)
    if bloc.kind == "titre":
        document.add_heading(text, level=len(bloc.mark))
    elif bloc.kind == "puce":
        ajouter_puce(document.add_paragraph(text, style="List Paragraph"), numbers[bloc.mark])
    elif bloc.kind == "tableau":
        ajouter_tableau(document, bloc.rows)
    elif bloc.kind == "saut":
        document.add_page_break()
    elif bloc.kind == "texte":
        document.add_paragraph(text)


def ajouter_puce(paragraph: Paragraph, number: int) -> None:
    """Make a paragraph an item of a Word list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def ajouter_tableau(document: DocumentWord, rows: tuple[tuple[str, ...], ...]) -> None:
    """Add a table with ruled cells."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = typographier(text)


def typographier(text: str) -> str:
    """Put the non-breaking spaces that French wants; the normalised text keeps plain ones."""
    text = re.sub(r" (?=[:;!?»%€])", "\u00a0", text)
    return re.sub(r"(?<=[«°]) |(?<=\d) (?=\d{3}\b)", "\u00a0", text)


def figer_archive(content: bytes) -> bytes:
    """Rewrite a zip archive with fixed dates, and no compression."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), source.read(name))
    return buffer.getvalue()


# Both files


def fichiers(source: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file made from the source."""
    blocs = lire_source(source)
    yield f"{NOM}.txt", rendre_texte(blocs).encode()
    yield f"{NOM}.docx", rendre_word(blocs)


def main() -> None:
    """Write both files in the folder given, or in contrats/fictif."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOSSIER
    for name, content in fichiers((DOSSIER / "source.md").read_text("utf-8")):
        (folder / name).write_bytes(content)
        print(f"{folder / name} : {len(content)} octets")


if __name__ == "__main__":
    main()
