"""Normalised text from a Word file: one line for each paragraph, in reading order, tables row by row.

What tracked changes inserted is read, what they deleted is not, nor what is hidden or struck out; notes, headers and
footers are set aside.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tenir.lecteur.archive import ABIMEES, abime, controler_archive
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.mots_ecartes import phrases_des_mots_ecartes
from tenir.lecteur.paragraphes import Paragraphe, assemble
from tenir.lecteur.texte import clean
from tenir.lecteur.word_styles import Styles

_SKIPPED = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "tblPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_BLOCKS = (qn("w:p"), qn("w:tbl"))
_TEXT = {
    qn("w:tab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}


def read_word(content: bytes) -> DocumentLu:
    """The document that the bytes of a .docx hold.

    Raises:
        LectureRefusee: damaged, protected, or built to harm.
    """
    controler_archive(content, "Word")
    try:
        document: Any = Document(io.BytesIO(content))
        walk = _Walk(Styles(document))
        paragraphs = list(walk.blocks(document.element.body))
        aside, remarques = (
            list(_aside(document)),
            (*phrases_des_mots_ecartes(walk.unread), *_revisions(document.element.body)),
        )
    except ABIMEES as error:
        raise LectureRefusee(abime("Word")) from error
    return assemble(paragraphs, retirees=aside, origine="word", remarques=remarques)


def _revisions(body: Any) -> list[str]:
    """What a person must know of tracked changes: inserted words are read, deleted ones are not."""
    inserted = sum(1 for node in body.iter(qn("w:ins"), qn("w:moveTo")) if next(node.iter(qn("w:t")), None) is not None)
    deleted = sum(
        1
        for node in body.iter(qn("w:del"), qn("w:moveFrom"))
        if next(node.iter(qn("w:delText"), qn("w:t")), None) is not None
    )
    if not inserted and not deleted:
        return []
    said = [f"{inserted} ajout{'s' if inserted > 1 else ''} lu{'s' if inserted > 1 else ''}"] if inserted else []
    said += (
        [f"{deleted} suppression{'s' if deleted > 1 else ''} écartée{'s' if deleted > 1 else ''}"] if deleted else []
    )
    return [f"Ce document porte encore des modifications suivies ({', '.join(said)}) : est-ce bien la version signée ?"]


@dataclass
class _Walk:
    """The walk through the body of a document, counting its tables and its printed pages."""

    styles: Styles
    tables: int = 0
    page: int = 1
    paged: bool = False  # Word left its page breaks when it last printed
    carried: str = ""  # the text of a paragraph whose mark was deleted: it opens the next one
    unread: Counter[str] = field(default_factory=Counter)  # words left out: hidden, struck

    def blocks(self, parent: Any) -> Iterator[Paragraphe]:
        for child in parent:
            if child.tag == qn("w:p"):
                yield from self._paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self._table(child)
            elif child.tag not in _SKIPPED:  # content controls, inserted blocks, custom XML
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Paragraphe]:
        text = self.carried + clean("".join(self._pieces(element)))
        page, self.carried = self.page if self.paged else None, ""
        if element.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            self.carried = text
        else:
            yield replace(self.styles.describe(element, text), page=page)
        for box in element.iter(qn("w:txbxContent")):
            if not any(parent.tag in _SKIPPED for parent in box.iterancestors()):
                yield from self.blocks(box)

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == qn("w:txbxContent"):
                continue
            if tag == qn("w:t"):
                yield child.text or ""
            elif tag == qn("w:br"):
                yield "" if child.get(qn("w:type")) in ("page", "column") else "\n"
            elif tag == qn("w:sym"):
                yield chr(int(child.get(qn("w:char"), "2022"), 16))
            elif tag == qn("w:lastRenderedPageBreak"):
                self.page, self.paged = self.page + 1, True
            elif tag in _TEXT:
                yield _TEXT[tag]
            elif tag == qn("w:r") and (why := self.styles.unread(child)) is not None:
                words = "".join(node.text or "" for node in child.iter(qn("w:t")))
                self.unread[why] += len(words.split())
            else:
                yield from self._pieces(child)

    def _table(self, table: Any) -> Iterator[Paragraphe]:
        rows = [row for row in table.iter(qn("w:tr")) if next(row.iterancestors(qn("w:tbl"))) is table]
        rows = [row for row in rows if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None]
        cells = [(r, c, cell) for r, row in enumerate(rows, start=1) for c, cell in _cells(row)]
        boxed = len(cells) == 1  # a frame around a text is no table
        self.tables += 0 if boxed else 1
        number = self.tables
        for r, c, cell in cells:
            for paragraph in self.blocks(cell):
                yield paragraph if boxed else replace(paragraph, tableau=(number, r, c))


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row with their column; the continuation of a merged cell holds nothing."""
    column = 1
    for cell in row.iter(qn("w:tc")):
        if next(cell.iterancestors(qn("w:tr"))) is not row:
            continue
        properties = cell.find(qn("w:tcPr"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        span = properties.find(qn("w:gridSpan")) if properties is not None else None
        if merge is None or merge.get(qn("w:val")) == "restart":
            yield column, cell
        column += int(span.get(qn("w:val"))) if span is not None else 1


def _aside(document: Any) -> Iterator[tuple[int | None, str]]:
    """Headers, footers and notes, each once, in the order of the file."""
    seen: set[str] = set()
    for relation in document.part.rels.values():
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in ("header", "footer", "footnotes", "endnotes") or relation.is_external:
            continue
        root = parse_xml(relation.target_part.blob)
        for element in root.iter(qn("w:p")):
            text = " ".join("".join(node.text or "" for node in element.iter(qn("w:t"))).split())
            if text and text not in seen:
                seen.add(text)
                yield None, clean(text)
