"""Word and PDF documents made of a signed text and its curated file, to read the same words back.

Only ever made in a temporary folder: a document made from the contract of Coutras is never committed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tenir.fichier.couverture import claims
from tenir.fichier.modeles import (
    ActionPrevue,
    ContratDeVille,
    DocumentCadre,
    Donnee,
    Engagement,
    Forme,
    Indicateur,
    Objectif,
    Partie,
    Rappel,
    SousAction,
)
from tenir.fichier.validation import validate
from tenir.lecteur.document import LigneLue
from tenir.lecteur.texte import bullet
from tenir.lecteur.vocabulaire import Vocabulaire
from tests.bureautique import through_office

ENTETE = "Contrat de ville – document de travail"
_LEVELS = (
    (1, re.compile(r"(?:[IVX]{1,4}\.\s+\S|ANNEXES?\b)")),
    (2, re.compile(r"(?:[A-H]\.\s+\S|(?:AXE|ORIENTATION)\b)")),
    (3, re.compile(r"\d{1,2}\.\s+[A-ZÉL]")),
    (4, re.compile(r"[A-ZÀÉÈÊÎÔÇ’' ()-]{5,60}(?:\([^()]*\)\s*)?:?$")),
)
_NUMBERED = re.compile(r"(?:[IVX]{1,4}|[A-H]|\d{1,2})\.\s+[A-ZÉÀ]")
_LISTED = (ActionPrevue, SousAction, Objectif, Engagement, Rappel, DocumentCadre, Indicateur)
PERDUE = "•"  # given back to an item whose bullet the PDF lost
_RUN = 30  # paragraphs laid in two columns
_WIDTH = 105  # a line of prose ends where the next word would not have fitted
_APART = re.compile(r"\s{3,}|^https?:")  # a row of a table, an address: a paragraph of its own


@dataclass(frozen=True)
class Morceau:
    """A paragraph to write: heading, item of a list with its glyph, row of a table, or prose."""

    texte: str
    niveau: int | None = None
    glyphe: str = ""
    profondeur: int = 0  # of an item in its list
    cellules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Style:
    """How a document is laid out."""

    reel: bool = True  # real headings, lists and tables; otherwise bold paragraphs and typed bullets
    police: str = "Liberation Serif"
    corps: float = 11
    justifie: bool = True
    colonnes: bool = False  # a passage in two columns
    glyphes: dict[str, str] = field(default_factory=dict)  # other bullets than those of the text


def curated_file(path: Path) -> ContratDeVille:
    """A contract file of the repository."""
    contrat = validate(path.read_text(encoding="utf-8")).contrat
    assert contrat is not None
    return contrat


def morceaux(lignes: Sequence[LigneLue], contrat: ContratDeVille) -> list[Morceau]:
    """The paragraphs of a text: the ranges of the curated items are whole, prose is joined by the look of its lines.

    A blank line ends a paragraph, but for the one that the end of a page leaves inside a sentence.
    """
    vocabulary = Vocabulaire(ligne.texte for ligne in lignes)
    starts, inside, ends, figures = _ranges(contrat)
    listed = _listed(contrat)
    groups: list[list[str]] = []
    rows: list[int] = []
    apart = False
    for ligne in lignes:
        text = ligne.texte.strip()
        if not text:
            apart = True
            continue
        heading = text.isupper() and groups and groups[-1][-1].isupper()
        ended = apart and not text[0].islower() and not heading and ligne.numero not in inside
        if groups and not ended and _continues(ligne.numero, text, groups[-1][-1], starts, inside, ends):
            groups[-1].append(text)
        else:
            groups.append([text])
            rows.append(ligne.numero)
        apart = False
    blank = {ligne.numero for ligne in lignes if ligne.texte.startswith(" ")}
    made = [_morceau(g, vocabulary, n in figures) for g, n in zip(groups, rows, strict=True)]
    return [_in_its_list(m, listed.get(n), n in blank) for m, n in zip(made, rows, strict=True)]


def _in_its_list(piece: Morceau, depth: int | None, blank: bool) -> Morceau:
    """An item at its depth; one that the text opens with a blank had a bullet, which the PDF lost."""
    if piece.glyphe == "→":
        return replace(piece, profondeur=1)
    if depth is None or piece.niveau or piece.cellules:
        return piece
    return replace(piece, profondeur=depth, glyphe=piece.glyphe or (PERDUE if blank else ""))


def _listed(contrat: ContratDeVille) -> dict[int, int]:
    """The depth of each item of a list, by its first line."""
    objects = {code: item for code, item in contrat.items.items() if isinstance(item, _LISTED)}
    return {
        item.source[0].debut: _depth(item, objects)
        for item in objects.values()
        if item.source and getattr(item, "forme", Forme.PUCE) is Forme.PUCE
    }


def _depth(item: Any, objects: dict[str, Any]) -> int:
    if isinstance(item, SousAction):
        return 1
    parent = objects.get(getattr(item, "parent", None) or "")
    if parent is None:
        return 0
    return _depth(parent, objects) + (0 if parent.forme is Forme.PROSE else 1)


def _ranges(contrat: ContratDeVille) -> tuple[set[int], set[int], set[int], set[int]]:
    """The first lines of items, the lines inside them, their last lines, and the lines of figures."""
    starts, inside, ends, figures = set(), set(), set(), set()
    for claim in claims(contrat):
        if isinstance(claim.place.objet, Partie):
            continue
        if not claim.plage.colonne_debut:
            starts.add(claim.plage.debut)
        ends.add(claim.plage.fin)
        inside |= set(range(claim.plage.debut + 1, claim.plage.fin + 1))
        if isinstance(claim.place.objet, Donnee) and "-D" in claim.place.objet.code:
            figures.add(claim.plage.debut)
    return starts, inside, ends, figures


def _continues(number: int, text: str, last: str, starts: set[int], inside: set[int], ends: set[int]) -> bool:
    if number in starts or bullet(text) is not None or any(map(_APART.search, (text, last))):
        return False
    if _NUMBERED.match(text) or _NUMBERED.match(last):
        return text.isupper() and last.isupper() and not _NUMBERED.match(text)  # a heading on two lines
    if number in inside:
        return True
    if number - 1 in ends and not text[0].islower():
        return False
    if any(pattern.match(line) for _level, pattern in _LEVELS for line in (text, last)):
        return False
    return last[-1] not in ":;" and (len(last) + len(text.split()[0]) >= _WIDTH or text[0].islower())


def _morceau(lines: Sequence[str], vocabulary: Vocabulaire, figure: bool) -> Morceau:
    text = lines[0]
    for line in lines[1:]:
        text = vocabulary.join(text, line)
    if figure and " : " in text:
        return Morceau(text, cellules=tuple(text.split(" : ", 1)))
    width = bullet(text)
    if width is not None:
        return Morceau(text[width:], glyphe=text[:width].strip())
    level = next((level for level, pattern in _LEVELS if pattern.match(text) and len(text) < 160), None)
    return Morceau(text, niveau=level)


def ecrire_word(pieces: Sequence[Morceau], path: Path, style: Style) -> Path:
    """Write a Word file in one of the two styles."""
    document = Document()
    _page(document, style)
    table: Any = None
    start = _plain_run(pieces) if style.colonnes else -1
    for rank, piece in enumerate(pieces):
        if start >= 0 and rank in (start, start + _RUN):
            _section(document, 2 if rank == start else 1)
        if style.reel and piece.cellules:
            table = _row(document, table, piece.cellules)
            continue
        table = None
        _write(document, piece, style)
    document.save(str(path))
    return path


def _plain_run(pieces: Sequence[Morceau]) -> int:
    """Where a passage without table begins, to lay in two columns: a wide table would leave the page there."""
    return next(n for n in range(40, len(pieces)) if not any(piece.cellules for piece in pieces[n : n + _RUN]))


def _write(document: Any, piece: Morceau, style: Style) -> None:
    glyph = style.glyphes.get(piece.glyphe, piece.glyphe)
    if piece.niveau:
        if style.reel:
            document.add_heading(piece.texte, piece.niveau)
        else:
            document.add_paragraph().add_run(piece.texte).bold = True
    elif glyph and style.reel:
        document.add_paragraph(piece.texte, style=f"List Bullet {piece.profondeur + 1}".removesuffix(" 1"))
    elif glyph:
        paragraph = document.add_paragraph(f"{glyph} {piece.texte}")
        paragraph.paragraph_format.left_indent = Pt(18 * (piece.profondeur + 1))
    else:
        document.add_paragraph(piece.texte)


def _row(document: Any, table: Any, cells: tuple[str, ...]) -> Any:
    if table is None or len(table.columns) != len(cells):
        if table is not None:
            document.add_paragraph()
        table = document.add_table(rows=0, cols=len(cells), style="Table Grid")
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a cell cut by a page end reads as two
    for cell, text in zip(row.cells, cells, strict=True):
        cell.text = text
    return table


def _page(document: Any, style: Style) -> None:
    """Font, hyphenation, language, running header and folio."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = style.police, Pt(style.corps)
    if style.justifie:
        normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    normal.element.get_or_add_rPr().append(language)
    settings = document.settings.element
    settings.insert(0, OxmlElement("w:autoHyphenation"))
    section = document.sections[0]
    section.header.paragraphs[0].text = ENTETE
    foot = section.footer.paragraphs[0]
    foot.add_run("Page | ")
    field_code = OxmlElement("w:fldSimple")
    field_code.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field_code.append(run)
    foot._p.append(field_code)


def _section(document: Any, columns: int) -> None:
    """End a section here; the next one has so many columns."""
    section = document.add_section()
    cols = section._sectPr.find(qn("w:cols"))
    if cols is None:
        cols = OxmlElement("w:cols")
        section._sectPr.append(cols)
    cols.set(qn("w:num"), str(columns))


def imprimer(word: Path) -> Path:
    """Print a Word file as PDF with LibreOffice; skip the test where it is not installed."""
    return through_office(word, "pdf", word.parent)


def mots(textes: Iterable[str]) -> Iterator[str]:
    """The words of lines in order, without what only marks them: bullets, spaces, and the hyphens of a line end."""
    for texte in textes:
        width = bullet(texte)
        yield from re.findall(r"\w+", texte[width or 0 :].lower())
