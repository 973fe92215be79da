"""No reading leaves the space of a contract: counts of people stay off the public site while small ones show."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tests.mesures import cible, releve
from tests.personnes import member
from tests.public.test_tout_le_site import Page, is_page

FIGURE, WORD = "98765", "marqueur-de-releve"
FILE = re.compile(r"\.(csv|xlsx|yaml|json|zip)(\?|$)")


@pytest.fixture
def read(fictif: EspaceDeContrat) -> SuiviDIndicateur:
    """An indicator of a public contract that holds a marker in everything that a reading says."""
    of = SuiviDIndicateur.objects.of(fictif).select_related("espace", "indicateur").first()
    of.unite = of.reference_source = WORD
    of.reference, of.reference_le = Decimal(FIGURE), date(2023, 12, 31)
    of.save()
    given = {"source": WORD, "commentaire": WORD, "ventilation": WORD, "statut": "valide"}
    releve(of, FIGURE, **given)
    releve(of, FIGURE, date(2025, 12, 31), **given, corrige=releve(of, FIGURE, date(2025, 12, 31), **given))
    cible(of, FIGURE, source=WORD)
    return of


def told(answer: HttpResponse) -> str:
    """All that an answer says, its compressed parts unfolded, its figures without the spaces of thousands."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return re.sub(r"(?<=\d)[\s\u202f\u00a0](?=\d)", "", content.decode(errors="replace"))


def test_no_public_page_and_no_file_tells_a_reading(client: Client, read: SuiviDIndicateur) -> None:
    slug = read.espace.slug
    found: set[str] = set()
    waiting = ["/", f"/contrats/{slug}/", *(f"/contrats/{slug}/recherche?q={word}" for word in (WORD, FIGURE))]
    while waiting:
        url = waiting.pop()
        if url in found:
            continue
        found.add(url)
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, url
        said = _unasked(told(answer)) if "?q=" in url else told(answer)
        assert WORD not in said, url
        assert FIGURE not in said, url
        if not FILE.search(url):
            links = Page(answer.content.decode()).targets(url)
            waiting += [link for link in links if is_page(link, slug) or (slug in link and FILE.search(link))]
    assert reverse("indicateur", args=[slug, read.code]) in found
    assert any(url.endswith("indicateurs.csv") for url in found)
    assert any(url.endswith("indicateurs.xlsx") for url in found)


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
