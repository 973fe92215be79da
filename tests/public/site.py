"""The public site, walked once link by link, files included, with a marker in every reading that no one publishes."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin

from django.http import HttpResponse
from django.test import Client

from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import SuiviDIndicateur
from tests.mesures import cible, releve

FIGURE, WORD = "98765", "marqueur-de-releve"
FILE = re.compile(r"\.(csv|xlsx|yaml|json|zip)(\?|$)")


def read_everywhere(fictif: EspaceDeContrat) -> SuiviDIndicateur:
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


class Page(HTMLParser):
    """What the walk needs of a page: its links, its ids, its headings, all that it says."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.said = told(answer)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        if answer["Content-Type"].startswith("text/html"):
            self.feed(answer.content.decode())

    def targets(self, url: str) -> set[str]:
        """Where the links of the page at `url` lead, anchors apart."""
        return {urldefrag(urljoin(url, link)).url for link in self.links}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def is_page(link: str, slug: str) -> bool:
    """Whether to walk to a link: the contract's pages, and those of no contract but the gallery of examples."""
    wanted = f"/contrats/{slug}/" in link or "/contrats/" not in link
    return wanted and not re.search(r"\?|\.(csv|xlsx|yaml|ics)$|^/composants/|^[^/]", link)


def walked(fictif: EspaceDeContrat) -> dict[str, Page]:
    """Every page and file of a contract that can be reached from the home page; sorted lists are not followed."""
    found: dict[str, Page] = {}
    searches = (f"/contrats/{fictif.slug}/recherche?q={word}" for word in (WORD, FIGURE))
    waiting = ["/", "/plan-du-site/", f"/contrats/{fictif.slug}/", *searches]
    client = Client()
    while waiting:
        url = waiting.pop()
        if url not in found:
            answer = client.get(url, follow=True)
            assert answer.status_code == 200, url
            found[url] = Page(answer)
            links = found[url].targets(url)
            waiting += [link for link in links if is_page(link, fictif.slug) or is_more(link, fictif.slug)]
    return found


def is_more(link: str, slug: str) -> bool:
    """Whether to read what is no page of its own: a file of the contract, the rest of one of its lists."""
    return slug in link and (FILE.search(link) is not None or "page=" in link)
