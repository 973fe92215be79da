"""Walking the whole site as each reader, and telling which marks of a higher level show (`tests/marques.py`)."""

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http.response import ResponseHeaders
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.appels.models import DemandeDInstruction, DossierDeDemande
from tenir.core import jetons
from tenir.core.piece import by_name
from tenir.core.typographie import MOIS
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation
from tenir.habilitations.niveaux import JAMAIS, Niveau
from tenir.points.models import Destinataire
from tests import routes
from tests.marques import Marque, Semis, above
from tests.routes import Arguments

TOKEN = re.compile(
    r"(?=[m\d])(?:mq\d{5}qm|\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}|(?<!\d)\d{5,8}(?!\d)|"
    rf"\b\d{{2}} (?:{'|'.join(MOIS)}) \d{{4}})"
)
"""What a mark may look like on a page; the letter it begins with is looked at first, five times quicker."""
SPACES = re.compile(r"(?<=\d)[\s\u00a0\u202f]+(?=\d{3}(?!\d))")
ZONE = re.compile(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE", re.DOTALL)
"""The days when clocks change, which a calendar lists: nobody’s, and any of them may be that of a mark."""
TAGS = re.compile(r"<[^>]+>")

SAME: dict[Any, Any] = {}
XLSX = {"csv": "xlsx"}
OTHERS = {"O91-A01": "O01-A01", "S91-E01": "S01-E01", "S91": "S01", "I91": "I01"}
"""A thing of the contract itself, which is not the partner's, beside the one that the rooms make for her."""

WALKED = {
    "visiteur": (Niveau.PUBLIC, {routes.OUVERTE}),
    "lecture": (Niveau.PARTENAIRES, {routes.TOUS, routes.SIGNE}),
    "partenaire": (Niveau.PARTENAIRES, {routes.TOUS, routes.PARTENAIRES, routes.SIGNE}),
    "lien": (Niveau.PARTENAIRES, {routes.LIEN}),
    "equipe": (Niveau.EQUIPE, {routes.TOUS, routes.PARTENAIRES, routes.EQUIPE}),
}
"""Each reader: the level she reads, and the routes that are opened as her."""
OF_A_DOSSIER = ("dossier", "dossier-retirer", "dossier-dates", "dossier-compte-rendu", "dossier-compte-rendu-remettre")
"""The links of dossiers that are opened."""


@dataclass
class Reponse:
    """What an address answered: kept whole, so that each check reads it without asking again."""

    status_code: int
    headers: ResponseHeaders
    content: bytes

    @classmethod
    def of(cls, answer: Any) -> "Reponse":
        """Keep what an answer says, without what made it."""
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return cls(answer.status_code, answer.headers, content)

    @property
    def page(self) -> str:
        """The HTML of a page; nothing when it is another thing."""
        is_page = self.headers.get("Content-Type", "").startswith("text/html")
        return self.content.decode() if is_page else ""

    @cached_property
    def said(self) -> str:
        """What it says, once opened; nothing when it does not open."""
        return text_of(self.content) if self.status_code == 200 else ""


def text_of(content: bytes) -> str:
    """All that an answer says, whatever its format, in lower case and with plain spaces."""
    text = unzipped(content) if content.startswith(b"PK\x03\x04") else content.decode("utf-8", "replace")
    text = ZONE.sub("", html.unescape(text))
    bare = TAGS.sub("", text) if "<" in text else ""
    whole = f"{text}\n{bare}".replace("\u00a0", " ").replace("\u202f", " ")
    return SPACES.sub("", whole).lower()


def unzipped(content: bytes) -> str:
    """The texts of a spreadsheet, of a Word file or of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@dataclass
class Parcours:
    """A contract planted, and what each reader is shown of it."""

    semis: Semis
    people: dict[str, Personne]
    arguments: Arguments
    asked: Destinataire
    """Whose link is opened."""
    vus: dict[tuple[str, str], Reponse] = field(default_factory=dict)
    """What each address answered to each reader, once asked; true of the contract as it was planted."""

    changed: bool = False
    """Whether something was changed since, so that what was kept is no longer true."""
    parlantes: dict[str, None] = field(default_factory=dict)
    """The addresses that show something to anyone once the team opens every kind of fact."""

    @property
    def espace(self) -> EspaceDeContrat:
        """The contract."""
        return self.semis.espace

    def names(self, who: str) -> list[str]:
        """The routes that are opened as a reader."""
        rights = WALKED[who][1]
        return [name for name, route in routes.stated().items() if route.droit in rights and route.requetes is not None]

    def urls(self, name: str) -> Iterator[str]:
        """The addresses of a route: alone, with its other query strings, and in every format of a table."""
        wanted, given = routes.parameters(name), self.arguments.get(name, [])
        slug = [self.espace.slug] if "slug" in wanted else []
        swapped = [[other.get(one, one) for one in given] for other in (SAME, XLSX, OTHERS)]
        for query in ("", *routes.stated()[name].aussi):
            for found in dict.fromkeys(map(tuple, swapped)):
                yield reverse(name, args=[*slug, *found]) + query

    def client(self, who: str) -> Client:
        """The browser of a reader."""
        client = Client()
        if who in self.people:
            client.force_login(self.people[who].utilisateur)
        return client

    def answers(self, who: str, urls: Iterable[str]) -> Iterator[tuple[str, Reponse]]:
        """Each of some addresses with what it answers to a reader, asked the first time alone.

        Before a test changes anything: what is kept is read by the others.
        """
        client: Client | None = None  # nobody signs in to read what was kept
        for url in urls:
            if (who, url) not in self.vus:
                client = client or self.client(who)
                self.vus[who, url] = ask(client, url)
            yield url, self.vus[who, url]

    def addresses(self, names: Iterable[str]) -> Iterator[str]:
        """The addresses of some routes."""
        for name in names:
            yield from self.urls(name)

    def shown(self, who: str, names: Iterable[str] = (), *, again: bool = False) -> Iterator[tuple[str, str]]:
        """Each address that a reader may open among some routes (all hers, unless said), with what it says.

        `again`: as it is now, whatever was kept.
        """
        urls = self.addresses(names or self.names(who))
        asked = self.asked_again(who, urls) if again else self.answers(who, urls)
        yield from ((url, answer.said) for url, answer in asked)

    def asked_again(self, who: str, urls: Iterable[str]) -> Iterator[tuple[str, Reponse]]:
        """Each of some addresses with what it answers now."""
        client = self.client(who)
        yield from ((url, ask(client, url)) for url in urls)

    def leaks(self, who: str, names: Iterable[str] = (), *, again: bool = False) -> list[str]:
        """What a reader is shown that she may not read: a sentence each."""
        found = []
        for url, said in self.shown(who, names, again=again):
            found += [f"{who}, {url} : {mark}" for mark in self.marks_in(said) if not self.may_read(who, mark)]
        return sorted(found)

    def marks_in(self, said: str) -> set[Marque]:
        """The marks that a text holds."""
        marks = {self.semis.marques[token] for token in set(TOKEN.findall(said)) & self.semis.marques.keys()}
        return marks | {mark for secret, mark in self.semis.secrets.items() if secret.lower() in said}

    def may_read(self, who: str, mark: Marque) -> bool:
        """Whether a reader may be shown a mark: its level, or a thing that is hers."""
        return mark.niveau <= WALKED[who][0] or (mark.niveau < JAMAIS and self.is_theirs(who, mark))

    def is_theirs(self, who: str, mark: Marque) -> bool:
        """Whether a mark is in, or around, a thing that belongs to the body a partner acts for, or that one asks."""
        if who == "lien":
            own = mark.row == self.asked.point or isinstance(mark.row, Invitation)
            return own or any(row == self.asked or self.is_opened(row) for row in above(mark.row))
        held = Habilitation.objects.filter(personne=self.people.get(who), role="partenaire").first()
        return held is not None and any(_owns(held, row) for row in above(mark.row))

    def is_opened(self, row: object) -> bool:
        """Whether a row is a dossier whose link is opened, or that the link of a funder lets it read."""
        if not isinstance(row, DossierDeDemande):
            return False
        reading = DemandeDInstruction.objects.get(pk=jetons.number_of(self.arguments["instruction"][0]))
        links = (self.arguments[name][0] for name in OF_A_DOSSIER)
        return row.appel_id == reading.appel_id or row.pk in map(jetons.number_of, links)


def ask(client: Client, url: str) -> Reponse:
    """What an address answers."""
    try:
        return Reponse.of(client.get(url))
    except Exception as error:
        error.add_note(f"en ouvrant {url}")
        raise


def _owns(held: Habilitation, row: object) -> bool:
    """Whether one of the rooms says that a thing is theirs; each knows its own kind of things."""
    for predicate in {
        one for right, one in by_name("theirs").items() if right != "trace.read"
    }:  # that one is of persons
        with suppress(AttributeError):
            if predicate(held, row):
                return True
    return False
