"""Normalised text from an OpenDocument text (.odt): one line for each paragraph, in reading order, tables row by row.

What is hidden or struck out is not read; deletions that are tracked stand outside the text; notes are set aside.
"""

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lxml import etree

from tenir.lecteur.archive import ABIMEES, abime, controler_archive
from tenir.lecteur.document import DocumentLu, LectureRefusee
from tenir.lecteur.mots_ecartes import phrases_des_mots_ecartes
from tenir.lecteur.numeros import en_forme, profondeur_du_style, puce_imprimee
from tenir.lecteur.paragraphes import Paragraphe, assemble
from tenir.lecteur.texte import clean

MIME = b"application/vnd.oasis.opendocument.text"
_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}
_SKIPPED = ("text:tracked-changes", "office:annotation", "text:sequence-decls", "office:forms", "text:note")
_NATURE = "OpenDocument"
_CORPS = 12.0  # points, where no style says


def q(name: str) -> str:
    """A qualified name: « text:p »."""
    prefix, _, local = name.partition(":")
    return f"{{{_NS[prefix]}}}{local}"


_ASIDE = frozenset(map(q, _SKIPPED))


def is_odt(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a text of this kind."""
    names = archive.namelist()
    return "content.xml" in names and "mimetype" in names and archive.read("mimetype").strip().startswith(MIME)


def read_odt(content: bytes) -> DocumentLu:
    """The document that the bytes of an .odt hold.

    Raises:
        LectureRefusee: damaged, protected, or built to harm.
    """
    controler_archive(content, _NATURE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = etree.fromstring(archive.read("content.xml"), _parser())
            shared = (
                etree.fromstring(archive.read("styles.xml"), _parser()) if "styles.xml" in archive.namelist() else None
            )
        walk = _Walk(Styles([root for root in (shared, body) if root is not None]))
        paragraphs = list(walk.blocks(_text(body)))
    except ABIMEES as error:
        raise LectureRefusee(abime(_NATURE)) from error
    aside = [(None, words) for words in _notes(body)]
    return assemble(
        paragraphs, retirees=aside, origine="odt", remarques=[*phrases_des_mots_ecartes(walk.unread), *_revisions(body)]
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _text(root: Any) -> Any:
    found = root.find(f"{q('office:body')}/{q('office:text')}")
    if found is None:
        raise ValueError("no text")
    return found


def _notes(root: Any) -> Iterator[str]:
    for note in root.iter(q("text:note-body")):
        words = " ".join("".join(note.itertext()).split())
        if words:
            yield clean(words)


def _revisions(root: Any) -> list[str]:
    count = sum(1 for _ in root.iter(q("text:changed-region")))
    if not count:
        return []
    said = "1 modification suivie" if count == 1 else f"{count} modifications suivies"
    return [f"Ce document porte encore {said} : est-ce bien la version signée ?"]


class Styles:
    """The styles of one document, each with those it is based on."""

    def __init__(self, roots: list[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._defaults: dict[str, Any] = {}
        self._lists: dict[str, dict[int, Any]] = {}
        for root in roots:
            for style in root.iter(q("style:style")):
                self._styles[style.get(q("style:family"), ""), style.get(q("style:name"), "")] = style
            for style in root.iter(q("style:default-style")):
                self._defaults[style.get(q("style:family"), "")] = style
            for style in (*root.iter(q("text:list-style")), *root.iter(q("text:outline-style"))):
                levels = {int(level.get(q("text:level"), "1")): level for level in style if level.get(q("text:level"))}
                self._lists[style.get(q("style:name"), "Outline")] = levels
        self.chain = cache(self._chain)

    def _chain(self, family: str, name: str | None) -> tuple[Any, ...]:
        chain: list[Any] = []
        while (style := self._styles.get((family, name or ""))) is not None and style not in chain:
            chain.append(style)
            name = style.get(q("style:parent-style-name"))
        default = self._defaults.get(family)
        return (*chain, default) if default is not None else tuple(chain)

    def value(self, family: str, name: str | None, attribute: str) -> str | None:
        """A property of letters or paragraphs: the nearest style that says it."""
        for style in self.chain(family, name):
            for properties in style:
                if (said := properties.get(q(attribute))) is not None:
                    return str(said)
        return None

    def size(self, name: str | None) -> float:
        """The size of the letters of a paragraph style, in points; a percentage is that of the style it varies."""
        factor = 1.0
        for style in self.chain("paragraph", name):
            said = next((v for properties in style if (v := properties.get(q("fo:font-size"))) is not None), None)
            if said and said.endswith("%") and said[:-1].replace(".", "", 1).isdigit():
                factor *= float(said[:-1]) / 100
            elif points := _points(said):
                return points * factor
        return _CORPS * factor

    def own(self, name: str | None, attribute: str) -> str | None:
        """An attribute of a paragraph style itself, or of one it is based on."""
        return next((said for s in self.chain("paragraph", name) if (said := s.get(q(attribute))) is not None), None)

    def shown(self, name: str | None) -> str | None:
        """The name of a paragraph style as people read it; that of the style it varies."""
        for style in self.chain("paragraph", name):
            printed = style.get(q("style:display-name")) or (style.get(q("style:name")) or "").replace("_20_", " ")
            if printed and not (printed[:1] == "P" and printed[1:].isdigit()):
                return str(printed)
        return None

    def names(self, name: str | None) -> Iterator[str]:
        """The names of a paragraph style and of those it varies, as people read them."""
        for style in self.chain("paragraph", name):
            yield str(style.get(q("style:display-name")) or (style.get(q("style:name")) or "").replace("_20_", " "))

    def level(self, list_style: str | None, depth: int) -> Any:
        """How a list marks its items at a depth, from 1."""
        return self._lists.get(list_style or "", {}).get(depth)

    def unread(self, family: str, name: str | None) -> str | None:
        """Why words of a style are not signed: hidden, or struck out."""
        if self.value(family, name, "text:display") in ("none", "true"):
            return "masqué"
        struck = self.value(family, name, "style:text-line-through-style") or self.value(
            family, name, "style:text-line-through-type"
        )
        return "barré" if struck not in (None, "none") else None


@dataclass
class _Walk:
    """The walk through the body of a text, counting its tables, its pages and the items of its lists."""

    styles: Styles
    tables: int = 0
    page: int = 1
    paged: bool = False
    unread: Counter[str] = field(default_factory=Counter)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    boxes: list[Any] = field(default_factory=list)

    def blocks(
        self, parent: Any, listed: tuple[str, int] | None = None, sommaire: bool = False
    ) -> Iterator[Paragraphe]:
        for child in parent:
            tag = child.tag
            if tag in (q("text:p"), q("text:h")):
                yield from self._paragraph(child, None, sommaire)
            elif tag == q("text:list"):
                yield from self._list(child, listed)
            elif tag == q("table:table"):
                yield from self._table(child)
            elif tag == q("text:soft-page-break"):
                self.page, self.paged = self.page + 1, True
            elif tag in _ASIDE or not isinstance(tag, str):
                continue
            else:  # sections, frames, indexes
                yield from self.blocks(child, listed, sommaire or tag == q("text:table-of-content"))

    def _list(self, element: Any, above: tuple[str, int] | None) -> Iterator[Paragraphe]:
        style = element.get(q("text:style-name")) or (above[0] if above else "")
        depth = above[1] + 1 if above else 1
        goes_on = element.get(q("text:continue-numbering")) == "true" or element.get(q("text:continue-list"))
        if above is None and not goes_on:
            self.counts[style].clear()
        for item in element:
            first = item.tag == q("text:list-item")
            for child in item:
                if child.tag == q("text:list"):
                    yield from self._list(child, (style, depth))
                elif child.tag in (q("text:p"), q("text:h")):
                    yield from self._paragraph(child, (style, depth) if first else None)
                    first = False
                elif child.tag == q("table:table"):
                    yield from self._table(child)

    def _paragraph(self, element: Any, listed: tuple[str, int] | None, sommaire: bool = False) -> Iterator[Paragraphe]:
        name = element.get(q("text:style-name"))
        text = clean("".join(self._pieces(element, name)))
        level = self._heading(element, name)
        own = self.styles.own(name, "style:list-style-name") if level is None else None
        if level is not None and listed is None and self.styles.level("Outline", level) is not None:
            mark, depth = self._mark("Outline", level, text)
        else:
            mark, depth = self._mark(listed[0] or own or "", listed[1], text) if listed else ("", None)
            depth = None if depth is None else max(depth, profondeur_du_style(self.styles.names(name)))
        weights = [self._bold(span, name) for span in self._printed(element)]
        yield Paragraphe(
            texte=f"{mark} {text.strip()}" if mark else text.rstrip(),
            page=self.page if self.paged else None,
            titre=level,
            puce=None if level else depth,
            gras=bool(weights) and all(weights),
            corps=self.styles.size(name),
            retrait=_points(self.styles.value("paragraph", name, "fo:margin-left")) or 0.0,
            style="TOC" if sommaire else self.styles.shown(name),
        )
        while self.boxes:
            yield from self.blocks(self.boxes.pop(0))

    def _heading(self, element: Any, name: str | None) -> int | None:
        if (self.styles.shown(name) or "").lower() in ("title", "titre"):
            return 1
        said = element.get(q("text:outline-level")) or self.styles.own(name, "style:default-outline-level")
        return int(said) if said and said.isdigit() and int(said) else None

    def _mark(self, style: str, depth: int, text: str) -> tuple[str, int | None]:
        """What is printed before an item, and its depth from 0."""
        level = self.styles.level(style, depth)
        if level is None or not text.strip():
            return "", depth - 1 if style and text.strip() and style != "Outline" else None
        if level.tag == q("text:list-level-style-bullet"):
            return puce_imprimee(level.get(q("text:bullet-char"), "")), depth - 1
        counts = self.counts[style]
        counts[depth] = counts.get(depth, int(level.get(q("text:start-value"), "1")) - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        shape = level.get(q("style:num-format"), "")
        if not shape:
            return "", None if style == "Outline" else depth - 1
        shown = int(level.get(q("text:display-levels"), "1"))
        ranks = [en_forme(counts.get(d, 1), shape) for d in range(depth - shown + 1, depth + 1)]
        return (
            f"{level.get(q('style:num-prefix'), '')}{'.'.join(ranks)}{level.get(q('style:num-suffix'), '')}",
            depth - 1,
        )

    def _pieces(self, element: Any, paragraph: str | None, span: str | None = None) -> Iterator[str]:
        yield self._read(element.text, paragraph, span)
        for child in element:
            tag = child.tag
            if tag == q("text:s"):
                yield " " * min(int(child.get(q("text:c"), "1")), 100)
            elif tag == q("text:tab"):
                yield "\t"
            elif tag == q("text:line-break"):
                yield "\n"
            elif tag == q("text:soft-page-break"):
                self.page, self.paged = self.page + 1, True
            elif tag == q("draw:text-box") or tag == q("draw:frame"):
                self.boxes += list(child.iter(q("draw:text-box")))
            elif isinstance(tag, str) and tag not in _ASIDE:
                yield from self._pieces(
                    child, paragraph, child.get(q("text:style-name")) if tag == q("text:span") else span
                )
            yield self._read(child.tail, paragraph, span)

    def _read(self, words: str | None, paragraph: str | None, span: str | None) -> str:
        """The words of a run, blanks as one, unless it is hidden or struck out."""
        if not words:
            return ""
        why = (self.styles.unread("text", span) if span else None) or self.styles.unread("paragraph", paragraph)
        if why:
            self.unread[why] += len(words.split())
            return ""
        joined = " ".join(words.split())
        return f"{' ' if words[:1].isspace() else ''}{joined}{' ' if joined and words[-1:].isspace() else ''}"

    @staticmethod
    def _printed(element: Any) -> Iterator[str | None]:
        """The style of each run that prints something."""
        if (element.text or "").strip():
            yield None
        for child in element:
            if child.tag == q("text:span") and "".join(child.itertext()).strip():
                yield child.get(q("text:style-name"))
            elif (child.tail or "").strip():
                yield None

    def _bold(self, span: str | None, paragraph: str | None) -> bool:
        said = self.styles.value("text", span, "fo:font-weight") if span else None
        return (said or self.styles.value("paragraph", paragraph, "fo:font-weight") or "normal") in (
            "bold",
            "700",
            "800",
            "900",
        )

    def _table(self, table: Any) -> Iterator[Paragraphe]:
        rows = [row for row in table.iter(q("table:table-row")) if next(row.iterancestors(q("table:table"))) is table]
        cells = [(r, c, cell) for r, row in enumerate(rows, start=1) for c, cell in _cells(row)]
        boxed = len(cells) == 1  # a frame around a text is no table
        self.tables += 0 if boxed else 1
        number = self.tables
        for r, c, cell in cells:
            for paragraph in self.blocks(cell):
                yield paragraph if boxed else replace(paragraph, tableau=(number, r, c))


def _cells(row: Any) -> Iterator[tuple[int, Any]]:
    """The cells of a row with their column; a covered cell holds nothing."""
    column = 1
    for cell in row:
        if cell.tag == q("table:table-cell"):
            yield column, cell
        if cell.tag in (q("table:table-cell"), q("table:covered-table-cell")):
            column += min(int(cell.get(q("table:number-columns-repeated"), "1")), 64)


def _points(said: str | None) -> float | None:
    for unit, points in (("pt", 1.0), ("cm", 28.35), ("mm", 2.835), ("in", 72.0)):
        if said and said.endswith(unit):
            try:
                return float(said.removesuffix(unit)) * points
            except ValueError:
                return None
    return None
