"""Charts: a Vega-Lite specification becomes SVG in the page, drawn by the server.

The drawing is an image with a name and a description (`title`, `desc`); its figures are always in a table beside it.
Two sizes come out, for a wide and for a narrow screen, so that letters keep their size: `docs/adr/0022-graphiques.md`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import vl_convert
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from tenir.core.typographie import writable, writable_all

Spec = dict[str, Any]

LARGE, ETROIT = 620, 225
"""The widths of the two drawings, in pixels, axes apart."""

ENCRE, ENCRE_2, FILET, FILET_FORT, FEUILLE = "#1c2733", "#51606e", "#d9d3c7", "#857f72", "#ffffff"
SERIES = ("#0d6a6f", "#9a5a00", "#7a2e62", "#2b4f9e", "#4d6810", "#8f3a22", "#5a42a0", "#35566b")
"""The house palette: the inks and the axes of base.css, in their order."""
TRAITS = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 2], [1, 4], [6, 2, 2, 2])
"""The dashes that go with the colours: a series is never told by its colour alone."""

_POLICE = "Source Sans 3"
_CONFIG: Spec = {
    "font": _POLICE,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": ENCRE_2,
        "labelFontSize": 13,
        "titleColor": ENCRE_2,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "domainColor": ENCRE,
        "tickColor": ENCRE,
        "gridColor": FILET,
        "labelPadding": 6,
    },
    "legend": {
        "orient": "bottom",
        "direction": "horizontal",
        "labelColor": ENCRE,
        "labelFontSize": 13,
        "titleColor": ENCRE_2,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "symbolStrokeColor": ENCRE,
        "labelLimit": 200,
    },
    "text": {"fontSize": 13, "color": ENCRE},
    "line": {"strokeWidth": 2},
}

_ELEMENTS = frozenset({"svg", "g", "path", "rect", "line", "circle", "text", "tspan", "title", "desc"})
_ATTRIBUTES = frozenset({
    "width", "height", "viewBox", "transform", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r",
    "fill", "stroke", "fill-opacity", "stroke-opacity", "opacity",
    "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "text-anchor", "font-family", "font-size", "font-weight", "font-style",
})  # fmt: skip
"""What a drawing may hold: shapes and letters. No style, no script, no link, no role of its own."""

_SVG = "{http://www.w3.org/2000/svg}"
KEPT = 512
"""How many drawings a process keeps, some 10 kB each."""


@dataclass(frozen=True, slots=True)
class Graphique:
    """A drawing for a wide screen, and the same for a narrow one; what its signs mean, in words."""

    large: SafeString
    etroit: SafeString
    legende: str = ""


def draw(spec_of: Callable[[int], Spec], *, name: str, titre: str, description: str, legende: str = "") -> Graphique:
    """Both drawings of a chart; `spec_of` gives its specification for a width, `name` is unique in the page."""
    large, etroit = (
        to_svg({"width": width, **spec_of(width)}, name=f"{name}-{width}", titre=titre, description=description)
        for width in (LARGE, ETROIT)
    )
    return Graphique(large, etroit, legende)


def to_svg(spec: Spec, *, name: str, titre: str, description: str) -> SafeString:
    """The SVG of a specification, to write in a page as it is: an image that a screen reader names and describes."""
    root = etree.fromstring(_drawn(json.dumps(writable_all(spec), sort_keys=True, ensure_ascii=False)), _parser())
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-titre {name}-desc")
    for rank, (tag, text) in enumerate((("title", titre), ("desc", description))):
        told = etree.Element(f"{_SVG}{tag}", id=f"{name}-{'titre' if tag == 'title' else tag}")
        told.text = writable(text)
        root.insert(rank, told)
    return mark_safe(_written(root))  # noqa: S308 (only what `_clean` lets through)


@lru_cache(maxsize=KEPT)
def _drawn(spec: str) -> str:
    """The cleaned SVG of a specification; the same content is drawn once, for it costs some 20 ms."""
    raw = vl_convert.vegalite_to_svg(
        {**json.loads(spec), "config": _CONFIG},
        allowed_base_urls=[],
        format_locale="fr-FR",
        time_format_locale="fr-FR",
    )
    root = etree.fromstring(raw, _parser())
    _clean(root)
    return _written(root)


def _clean(element: Any) -> None:
    """Leave shapes and letters alone, and nothing that is not shown."""
    for child in list(element):
        unknown = not isinstance(child.tag, str) or child.tag.removeprefix(_SVG) not in _ELEMENTS
        if unknown or child.get("display") == "none":
            element.remove(child)
        else:
            _clean(child)
    for attribute in set(element.attrib) - _ATTRIBUTES:
        del element.attrib[attribute]


def _written(root: Any) -> str:
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
