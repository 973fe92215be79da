"""No reading leaves the space of a contract: counts of people stay off the public site while small ones show."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tests.personnes import member
from tests.public.site import FIGURE, WORD, Page, read_everywhere, told


@pytest.fixture
def read(fictif: EspaceDeContrat) -> SuiviDIndicateur:
    """An indicator of a public contract that holds a marker in everything that a reading says."""
    return read_everywhere(fictif)


def test_no_public_page_and_no_file_tells_a_reading(whole: dict[str, Page], fictif: EspaceDeContrat) -> None:
    for url, page in whole.items():
        said = _unasked(page.said) if "?q=" in url else page.said
        assert WORD not in said, url
        assert FIGURE not in said, url
    marked = SuiviDIndicateur.objects.of(fictif).first()
    assert reverse("indicateur", args=[fictif.slug, marked.code]) in whole
    assert any(url.endswith("indicateurs.csv") for url in whole)
    assert any(url.endswith("indicateurs.xlsx") for url in whole)


def _unasked(said: str) -> str:
    """What a page says but for the words that were searched, which its address and its form repeat."""
    return re.sub(rf"«\s?({WORD}|{FIGURE})\s?»|q=({WORD}|{FIGURE})|value=.({WORD}|{FIGURE})", "", said)


def test_the_public_page_says_that_nothing_is_published(client: Client, read: SuiviDIndicateur) -> None:
    page = client.get(reverse("indicateur", args=[read.espace.slug, read.code])).content.decode()
    assert "pas de donnée" in page
    assert "Aucune mesure n’est publiée." in page


def test_the_closed_page_tells_what_the_public_one_hides(read: SuiviDIndicateur) -> None:
    """The marker is really there: the walk above would see it."""
    inside = Client()
    inside.force_login(member("Dan Liseur", "lecture", read.espace).utilisateur)
    page = told(inside.get(reverse("suivi-indicateur", args=[read.espace.slug, read.code])))
    assert WORD in page
    assert FIGURE in page


def test_the_spaces_of_a_contract_are_closed_to_visitors(client: Client, read: SuiviDIndicateur) -> None:
    pages = (("suivi-indicateur", [read.code]), ("suivi-indicateurs", []), ("suivi-indicateurs-export", ["csv"]))
    for name, args in pages:
        answer = client.get(reverse(name, args=[read.espace.slug, *args]))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/compte/")
