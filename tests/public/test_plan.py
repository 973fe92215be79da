"""The map of the site leads to that of each contract; neither grows with what it does not list."""

from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.contrat.adresses import address
from tenir.contrat.models import Axe, Orientation
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.pages import CONTRACTS_OF_THE_MAP
from tenir.public.plan import PARTS
from tests.public.routes import ROUTES
from tests.routes import FICHIER, parameters

pytestmark = pytest.mark.deux_bases
SITE = reverse("plan-du-site")


class Links(HTMLParser):
    """Where the content of a page leads, and where its footer does."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside = ""
        self.content: list[str] = []
        self.footer: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag if tag in ("main", "footer") else self.inside
        if tag == "a" and self.inside:
            (self.content if self.inside == "main" else self.footer).append(str(dict(attrs)["href"]))

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside


def links(client: Client, url: str) -> Links:
    return Links(client.get(url).content.decode())


def more_contracts(count: int) -> None:
    public = EspaceDeContrat.Etat.PUBLIE
    EspaceDeContrat.objects.bulk_create(
        EspaceDeContrat(slug=f"autre-{n}", titre=f"Contrat {n:04}", debut=2024, fin=2030, etat=public)
        for n in range(count)
    )


def map_of(slug: str) -> str:
    return reverse("plan-du-contrat", args=[slug])


def test_the_site_map_leads_once_to_the_map_of_each_contract(client, fictif, petit, vide) -> None:
    content = links(client, SITE).content
    wanted = {map_of(slug) for slug in EspaceDeContrat.objects.public().values_list("slug", flat=True)}
    assert {map_of(one.slug) for one in (fictif, petit, vide)} <= wanted
    assert sorted(url for url in content if "/contrats/" in url) == sorted(wanted)


def test_every_contract_is_on_one_page_of_the_site_map_and_no_page_grows(client, fictif) -> None:
    more_contracts(2 * CONTRACTS_OF_THE_MAP)
    pages = [
        {url for url in links(client, f"{SITE}?page={number}").content if url.endswith("/plan/")}
        for number in (1, 2, 3)
    ]
    assert max(map(len, pages)) <= CONTRACTS_OF_THE_MAP
    assert sum(map(len, pages)) == len(set.union(*pages)) == EspaceDeContrat.objects.public().count()
    assert f"{SITE}?page=2" in {SITE + url for url in links(client, SITE).content if url.startswith("?")}


def test_the_site_map_takes_as_many_queries_whatever_the_contracts(client, fictif) -> None:
    def taken() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(SITE)
        return len(caught)

    before = taken()
    more_contracts(3 * CONTRACTS_OF_THE_MAP)
    assert taken() == before


def test_the_map_of_a_contract_leads_to_its_parts_axes_and_orientations(client, fictif, petit) -> None:
    for espace in (fictif, petit):
        codes = [one.code for model in (Axe, Orientation) for one in model.objects.of(espace)]
        wanted = {reverse(name, args=[espace.slug]) for name in PARTS}
        wanted |= {address(espace.slug, code) for code in codes}
        content = links(client, map_of(espace.slug)).content
        assert wanted <= set(content)
        assert all(client.get(url).status_code == 200 for url in content)


def test_every_page_of_every_contract_that_names_nothing_else_is_in_its_map(fictif) -> None:
    pages = {name for name, stated in ROUTES.items() if parameters(name) == ["slug"] and stated.axe != FICHIER}
    assert pages - PARTS.keys() == {"plan-du-contrat"}


def test_the_map_of_a_contract_takes_as_many_queries_whatever_its_items(fictif, petit, vide, queries) -> None:
    assert queries(fictif, "plan/") == queries(petit, "plan/") == queries(vide, "plan/")


def test_an_empty_contract_says_so_on_its_map(vide, page) -> None:
    assert "ne contient encore aucune orientation" in page(vide, "plan/")


def test_the_footer_of_each_page_of_a_contract_leads_to_its_map_and_to_that_of_the_site(client, fictif) -> None:
    for name in PARTS:
        footer = links(client, reverse(name, args=[fictif.slug])).footer
        assert {map_of(fictif.slug), SITE} <= set(footer), name
    assert not [url for url in links(client, SITE).footer if url.endswith("/plan/")]
