"""What the styles and the numbering of a Word file say of a paragraph: heading, list, bold, size."""

import re
from collections import defaultdict
from functools import cache
from typing import Any

from docx.oxml.ns import qn

from tenir.lecteur.numeros import en_forme, profondeur_du_style, puce_imprimee
from tenir.lecteur.paragraphes import Paragraphe

_HEADING = re.compile(r"(?:heading|titre)\s*(\d)$", re.IGNORECASE)
_DEFAULT_SIZE = 22  # half-points


class Styles:
    """The styles and lists of one document; counts the items of its numbered lists as it describes them."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iter(qn("w:style"))}
        self._default = next((i for i, s in self._styles.items() if _is_default(s)), None)
        self._numbering = _numbering(document)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.chain = cache(self._chain)

    def describe(self, element: Any, text: str) -> Paragraphe:
        """The paragraph as the reader sees it, its number or bullet in front."""
        properties = element.find(qn("w:pPr"))
        style = _value(properties, "pStyle") or self._default
        level = self._heading(properties, style)
        mark, depth, numbered = self._mark(properties, style) if text.strip() else ("", None, False)
        return Paragraphe(
            texte=f"{mark} {text.strip()}" if mark else text.rstrip(),
            titre=level,
            puce=None if level else depth,
            gras=self._bold(element, style),
            corps=self._size(element, style),
            retrait=self._indent(properties),
            numerote=numbered,
            style=self._name(style),
        )

    def _name(self, style: str | None) -> str | None:
        return _value(self._styles[style], "name") if style in self._styles else None

    def _chain(self, style: str | None) -> tuple[Any, ...]:
        chain: list[Any] = []
        while style in self._styles and self._styles[style] not in chain:
            chain.append(self._styles[style])
            style = _value(chain[-1], "basedOn")
        return tuple(chain)

    def _heading(self, properties: Any, style: str | None) -> int | None:
        outline = _value(properties, "outlineLvl")
        for ancestor in self.chain(style):
            found = _HEADING.match(_value(ancestor, "name") or "")
            if found:
                return int(found[1])
            if (_value(ancestor, "name") or "").lower() in ("title", "titre"):
                return 1
            outline = outline or _value(ancestor.find(qn("w:pPr")), "outlineLvl")
        return int(outline) + 1 if outline and int(outline) < 9 else None

    def _bold(self, element: Any, style: str | None) -> bool:
        """Whether every visible run is bold."""
        runs = [run for run in element.iter(qn("w:r")) if any((t.text or "").strip() for t in run.iter(qn("w:t")))]
        return bool(runs) and all(self.flag(run, "b", style) for run in runs)

    def unread(self, run: Any) -> str | None:
        """Why the words of a run are not signed: hidden, or struck out; None when they are read."""
        style = _value(run.getparent().find(qn("w:pPr")), "pStyle") or self._default
        if self.flag(run, "vanish", style):
            return "masqué"
        return "barré" if self.flag(run, "strike", style) or self.flag(run, "dstrike", style) else None

    def flag(self, run: Any, name: str, style: str | None) -> bool:
        """Whether a run is bold (« b »), hidden (« vanish »)…: by itself, its style, or that of its paragraph."""
        properties = run.find(qn("w:rPr"))
        named = [s.find(qn("w:rPr")) for s in self.chain(_value(properties, "rStyle"))]
        of_paragraph = [s.find(qn("w:rPr")) for s in self.chain(style)]
        for candidate in (properties, *named, *of_paragraph):
            said = candidate.find(qn(f"w:{name}")) if candidate is not None else None
            if said is not None:
                return said.get(qn("w:val"), "1") not in ("0", "false", "off")
        return False

    def _size(self, element: Any, style: str | None) -> float:
        """The size of the first visible run, in points."""
        for run in element.iter(qn("w:r")):
            size = _value(run.find(qn("w:rPr")), "sz")
            if size:
                return float(size) / 2
            break
        sizes = (_value(ancestor.find(qn("w:rPr")), "sz") for ancestor in self.chain(style))
        return float(next((size for size in sizes if size), _DEFAULT_SIZE)) / 2

    @staticmethod
    def _indent(properties: Any) -> float:
        indent = properties.find(qn("w:ind")) if properties is not None else None
        if indent is None:
            return 0.0
        left = indent.get(qn("w:left")) or indent.get(qn("w:start")) or "0"
        return float(left) / 20 if re.fullmatch(r"-?\d+(\.\d+)?", left) else 0.0

    def _mark(self, properties: Any, style: str | None) -> tuple[str, int | None, bool]:
        """What is printed before the text, the depth in the list, and whether it is a number."""
        number, level = self._list(properties, style)
        definition = self._numbering.get((number, level))
        if definition is None:
            return "", None, False
        shape, pattern, start = definition
        if shape in ("bullet", "none"):
            glyph = puce_imprimee(pattern)
            return glyph, max(level, self._rank(style)), False
        counts = self._counts[number]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            del counts[deeper]
        return self._printed(number, pattern), level, True

    def _rank(self, style: str | None) -> int:
        """The depth that the names of its styles tell."""
        return profondeur_du_style(_value(ancestor, "name") or "" for ancestor in self.chain(style))

    def _printed(self, number: str, pattern: str) -> str:
        def one(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            shape, _pattern, start = self._numbering.get((number, level), ("decimal", "", 1))
            return en_forme(self._counts[number].setdefault(level, start), shape)

        return re.sub(r"%(\d)", one, pattern)

    def _list(self, properties: Any, style: str | None) -> tuple[str, int]:
        sources = [properties, *(ancestor.find(qn("w:pPr")) for ancestor in self.chain(style))]
        level = None
        for source in sources:
            found = source.find(qn("w:numPr")) if source is not None else None
            if found is None:
                continue
            level = level or _value(found, "ilvl")
            number = _value(found, "numId")
            if number:
                return number, int(level or 0)
        return "0", 0


def _is_default(style: Any) -> bool:
    return style.get(qn("w:default")) in ("1", "true") and style.get(qn("w:type")) == "paragraph"


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(qn(f"w:{name}")) if parent is not None else None
    return child.get(qn("w:val")) if child is not None else None


def _numbering(document: Any) -> dict[tuple[str, int], tuple[str, str, int]]:
    """For each list and level: the shape of its numbers, its pattern (« %1. »), its first number."""
    parts = [r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")]
    if not parts:
        return {}
    root = parts[0].element
    abstract = {node.get(qn("w:abstractNumId")): node for node in root.iter(qn("w:abstractNum"))}
    result: dict[tuple[str, int], tuple[str, str, int]] = {}
    for number in root.iter(qn("w:num")):
        base = abstract.get(_value(number, "abstractNumId"))
        overrides = list(number.iter(qn("w:lvl")))
        for level in [*(base.iter(qn("w:lvl")) if base is not None else ()), *overrides]:
            shape, text = _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
            key = (number.get(qn("w:numId")), int(level.get(qn("w:ilvl"))))
            result[key] = (shape, text, int(_value(level, "start") or 1))
    return result
