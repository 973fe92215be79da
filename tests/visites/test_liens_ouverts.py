"""No page leads a reader to where she may not go: a link that answers « est réservé » is a door drawn on a wall."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from lxml import html

from tests.parcours import WALKED, Parcours
from tests.visites.test_html import answers

WALL = (403, 404)
EACH = 3
"""How many links to one route are followed, as one reader."""


def links_of(parcours: Parcours, who: str) -> dict[str, str]:
    """Where the pages of a reader lead, and one page that leads there: a few addresses of each route."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for url, answer in answers(parcours, who):
        for href in html.fromstring(answer.page).xpath("//a/@href") if answer.page else ():
            path = urlsplit(str(href))
            if path.scheme or path.netloc or not path.path.startswith("/"):
                continue
            if path.path.startswith(settings.STATIC_URL):
                continue
            name = route_of(path.path)
            if len(found[name]) < EACH:
                found[name].setdefault(f"{path.path}?{path.query}".rstrip("?"), url)
    return {path: url for paths in found.values() for path, url in paths.items()}


@cache
def route_of(path: str) -> str:
    """The route of an address; pages lead to the same ones, over and over."""
    try:
        return str(resolve(path).url_name)
    except Resolver404:  # leads nowhere: asked too, and told
        return "nulle part"


@pytest.mark.parametrize("who", WALKED)
def test_a_link_leads_where_its_reader_may_go(parcours: Parcours, who: str) -> None:
    found = links_of(parcours, who)
    walls = [
        f"{path} ({status}), depuis {found[path]}" for path, status in statuses(parcours, who, found) if status in WALL
    ]
    assert walls == [], "\n".join(walls)


def statuses(parcours: Parcours, who: str, paths: Iterable[str]) -> Iterator[tuple[str, int]]:
    """What each address answers a reader, as long as it can: the files that are planted are no files."""
    for path in paths:
        with suppress(KeyError):
            yield from ((path, answer.status_code) for _, answer in parcours.answers(who, [path]))
