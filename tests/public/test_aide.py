"""The guide on the site: every page, every anchor, every picture; and the way to it from each page."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tenir.core.piece import by_name, each
from tenir.ecran.tete import help_page
from tenir.public.aide.guide import FOLDER, INDEX, anchor_of, names, read_page


def anchors(name: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', read_page(name).html))


def leads_to_the_guide(url: str) -> bool:
    """Whether an address is that of a page of the guide, at a title that exists."""
    path, _, anchor = unquote(url).partition("#")
    name = resolve(path).kwargs.get("nom", INDEX)
    return name in names() and (not anchor or anchor in anchors(name))


def url_of(page: str) -> str:
    name, _, anchor = page.partition("#")
    return f"{reverse('aide-page', args=[name])}#{anchor}"


def test_the_site_shows_every_page_of_the_guide() -> None:
    assert {f"{name}.md" for name in names()} == {path.name for path in FOLDER.glob("*.md")}


@pytest.mark.parametrize("name", names())
def test_a_page_of_the_guide_is_read_and_leads_somewhere(client: Client, name: str, db: None) -> None:
    answer = client.get(reverse("aide") if name == INDEX else reverse("aide-page", args=[name]))
    html = unescape(answer.content.decode())
    assert answer.status_code == 200
    body = html.partition("<main")[2].partition("</main>")[0]
    assert "style=" not in body
    assert ".md" not in re.sub(r"<code>.*?</code>", "", body, flags=re.S)
    for url in re.findall(r'href="(/[^"]*|#[^"]+)"', body):
        assert leads_to_the_guide(url if url.startswith("/") else answer.request["PATH_INFO"] + url) or (
            client.get(url.partition("#")[0]).status_code == 200
        ), url


@pytest.mark.parametrize("name", names())
def test_the_pictures_of_a_page_are_served_by_the_site_with_their_size(name: str) -> None:
    pictures = re.findall(r"<img ([^>]*)/?>", read_page(name).html)
    for attributes in pictures:
        given = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        assert finders.find(given["src"].removeprefix("/statique/")), given["src"]
        assert given["alt"]
        assert int(given["width"]) > 0
        assert int(given["height"]) > 0
    assert len(pictures) == (FOLDER / f"{name}.md").read_text().count("![")


def test_a_page_that_does_not_exist_is_not_found(client: Client, db: None) -> None:
    assert client.get("/aide/une-page-absente/").status_code == 404
    assert client.get("/aide/index/").url == "/aide/"


def test_links_out_of_the_guide_are_words_and_its_typography_is_french() -> None:
    html = read_page(INDEX).html
    assert "Installer Tenir" in html
    assert "installation.md" not in html
    assert anchor_of("Qui lit, qui change") == "qui-lit-qui-change"
    assert "«\xa0J’ai tout lu\xa0»" in read_page("bureau").html


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_what_is_said_to_explain_a_page_exists_and_the_page_too() -> None:
    told = by_name("aide")
    assert [page for page in told.values() if not leads_to_the_guide(url_of(page))] == []
    known = set(routes(get_resolver().url_patterns))
    prefixes = {name.rsplit("-", cut)[0] for name in known for cut in range(name.count("-") + 1)}
    assert told.keys() - known - prefixes == set()


def test_every_page_of_the_navigation_leads_to_its_page_of_the_guide() -> None:
    for page in each("pages"):
        request = RequestFactory().get("/")
        request.resolver_match = resolve(reverse(page.name, args=[] if page.platform else ["vallon"]))
        assert leads_to_the_guide(help_page(request, "")), page.name
        assert page.name in by_name("aide"), page.name


def test_every_public_page_has_its_help() -> None:
    opened = {
        "accueil", "contrat", "axe", "orientation", "actions", "action", "signataires", "engagements", "credits",
        "indicateurs", "gouvernance", "quartier", "document", "recherche", "histoire", "verifier", "regles",
    }  # fmt: skip
    assert opened - by_name("aide").keys() == set()


def test_a_small_page_is_explained_where_its_thing_is() -> None:
    request = RequestFactory().get("/")
    request.resolver_match = resolve("/espace/vallon/actions/O01-A01/modifier/")
    assert help_page(request, "fiches") == "/aide/fiches-action/"
    request.resolver_match = resolve("/plateforme/trace/")
    assert help_page(request, "trace") == "/aide/acces/#la-trace"
    request.resolver_match = resolve("/sante")
    assert help_page(request, "") == "/aide/"
