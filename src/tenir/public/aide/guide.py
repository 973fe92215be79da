"""The guide of the site, read from its Markdown files: titles with anchors, tables, pictures; no HTML of theirs."""

import re
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tenir.core.composants import Lien
from tenir.core.typographie import typo

FOLDER = Path(__file__).resolve().parents[1] / "guide"
PICTURES = Path(__file__).resolve().parents[1] / "static" / "public" / "guide"
INDEX = "index"
ON_THE_SITE = {"regles.md": "regles"}
"""The documents outside the guide that are pages of the site, by the names of their addresses."""


@dataclass(frozen=True, slots=True)
class PageDuGuide:
    """A page of the guide: its title, its second titles with their anchors, the rest as HTML."""

    titre: str
    sommaire: Sequence[Lien]
    html: SafeString


@cache
def names() -> tuple[str, ...]:
    """The pages of the guide, in the order in which the first leads to them."""
    led = re.findall(r"\]\(([\w-]+)\.md", (FOLDER / f"{INDEX}.md").read_text())
    return tuple(dict.fromkeys([INDEX, *led]))


@cache
def read_page(name: str) -> PageDuGuide:
    """A page of the guide, by its name.

    Raises:
        FileNotFoundError: no such page.
    """
    tokens = _parser().parse((FOLDER / f"{name}.md").read_text())
    (_, title, _), rest = tokens[:3], tokens[3:]
    anchored = list(_anchored(rest))
    for token in rest:
        _prepare(token)
    html = _parser().renderer.render(rest, _parser().options, {})
    return PageDuGuide(typo(title.content), anchored, mark_safe(html))  # noqa: S308 - made from our own files, HTML escaped


def anchor_of(title: str) -> str:
    """The anchor of a title, as forges make it: « Lire, changer » → `lire-changer`."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    rules: dict[str, Callable[..., str]] = {"table_open": _table_open, "table_close": _table_close}
    for name, rule in rules.items():
        parser.add_render_rule(name, rule)
    return parser


def _anchored(tokens: Sequence[Token]) -> Iterator[Lien]:
    """Give each title its anchor; the second titles, as links to them."""
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open":
            anchor = anchor_of(inline.content)
            opened.attrSet("id", anchor)
            if opened.tag == "h2":
                yield Lien(typo(re.sub(r"[*`]", "", inline.content)), f"#{anchor}")


def _prepare(token: Token) -> None:
    """Bring a token, and those inside it, from the file to the site."""
    if "style" in token.attrs:  # the content policy refuses it
        del token.attrs["style"]
    for child in token.children or ():
        if child.type == "text":
            child.content = typo(child.content)
        elif child.type == "image":
            _show(child)
    if token.children:
        token.children = list(_followed(token.children))


def _followed(children: Sequence[Token]) -> Iterator[Token]:
    """The links, leading where they stand on the site; those to what is not there, as plain words."""
    dropped = False
    for child in children:
        if child.type == "link_open":
            url = _url(str(child.attrs["href"]))
            dropped = not url
            child.attrs["href"] = url
        if not (dropped and child.type in ("link_open", "link_close")):
            yield child


def _url(href: str) -> str:
    if "://" in href or href.startswith("#"):
        return href
    path, _, anchor = href.partition("#")
    file = PurePosixPath(path)
    if file.name in ON_THE_SITE:
        return reverse(ON_THE_SITE[file.name])
    if len(file.parts) > 1:
        return ""
    url = reverse("aide") if file.stem == INDEX else reverse("aide-page", args=[file.stem])
    return f"{url}#{anchor}" if anchor else url


def _show(image: Token) -> None:
    """Serve a picture as a static file, with its size, so that nothing moves when it comes."""
    name = PurePosixPath(str(image.attrs["src"])).name
    width, height = struct.unpack(">II", (PICTURES / name).read_bytes()[16:24])
    image.attrs |= {"src": static(f"public/guide/{name}"), "width": width, "height": height, "loading": "lazy"}


def _table_open(*_: object) -> str:
    return '<div class="defilement" role="group" aria-label="Tableau" tabindex="0"><table>\n'


def _table_close(*_: object) -> str:
    return "</table></div>\n"
