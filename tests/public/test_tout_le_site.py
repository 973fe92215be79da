"""The whole public site, walked link by link: nothing leads nowhere, every page is a page."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from tenir.habilitations.models import EspaceDeContrat
from tests.exemples import drawn
from tests.public.site import FILE, Page


@pytest.fixture
def site(whole: dict[str, Page]) -> dict[str, Page]:
    """Its pages alone."""
    return {url: page for url, page in whole.items() if "?" not in url and not FILE.search(url)}


def test_the_walk_reaches_every_kind_of_page(site: dict[str, Page], fictif: EspaceDeContrat) -> None:
    base = f"/contrats/{fictif.slug}/"
    for part in ("orientations/O01", "actions/O01-A01", "signataires/S01", "engagements/", "indicateurs/I01",
                 "gouvernance/G01", "quartier/", "document/", "credits/", "histoire/", "axes/A"):  # fmt: skip
        assert base + part in site


def test_every_page_has_one_title_and_headings_in_order(site: dict[str, Page]) -> None:
    for url, page in site.items():
        assert page.headings.count(1) == 1, url
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (url, page.headings)


def test_no_page_gives_the_same_id_twice(site: dict[str, Page]) -> None:
    twice = {url: [name for name, n in Counter(page.ids).items() if n > 1] for url, page in site.items()}
    assert {url: names for url, names in twice.items() if names} == {}


def test_every_anchor_exists_on_its_page(site: dict[str, Page]) -> None:
    lost = []
    for url, page in site.items():
        for link in page.links:
            target, anchor = urldefrag(urljoin(url, link))
            if anchor and target in site and unquote(anchor) not in site[target].ids:
                lost.append((url, link))
    assert lost == []


def kind_of(link: str) -> tuple[str, ...]:
    """What an address asks: its route, and the names of what follows its question mark."""
    asked = urlsplit(link)
    return (str(resolve(asked.path).url_name), *sorted(parse_qs(asked.query, keep_blank_values=True)))


def some_of_each_kind(links: Iterable[str]) -> list[str]:
    """A few links of each kind by day, ten times as many at night."""
    of_a_kind: dict[tuple[str, ...], list[str]] = {}
    for link in sorted(links):
        of_a_kind.setdefault(kind_of(link), []).append(link)
    return [link for found in of_a_kind.values() for link in found[: drawn(3)]]


def test_addresses_with_a_question_answer(client: Client, site: dict[str, Page], fictif: EspaceDeContrat) -> None:
    asked = {link for url, page in site.items() for link in page.targets(url) if "?" in link}
    for link in some_of_each_kind(asked):
        assert client.get(link).status_code == 200, link


def test_every_file_offered_can_be_downloaded(client: Client, site: dict[str, Page], fictif: EspaceDeContrat) -> None:
    links = {link for url, page in site.items() for link in page.targets(url)}
    files = sorted(link for link in links if re.search(r"\.(csv|xlsx|yaml)(\?|$)", link))
    assert files
    for link in files:
        response = client.get(link)
        assert response.status_code == 200, link
        assert "attachment" in response["Content-Disposition"], link


def test_every_row_of_every_export_says_that_the_contract_is_fictitious(
    client: Client, site: dict[str, Page], fictif: EspaceDeContrat
) -> None:
    links = {link for url, page in site.items() for link in page.targets(url)}
    for link in sorted(link for link in links if link.endswith(".csv") and fictif.slug in link):
        lines = client.get(link).content.decode("utf-8-sig").splitlines()
        for row in list(csv.reader(lines, delimiter=";"))[1:]:
            assert "fictif" in " ".join(row), link
