"""Send random requests to the site of this database and count the answers; run by `benchmarks.fuzz`.

What is known of the site is read from its own pages: the addresses they lead to, the forms they hold. A request takes
one of them and spoils it: a segment, a value, a name, the method, the kind of its body. Addresses that no page leads
to come from the routes, with codes of the contract or hostile words.
"""

import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, get_resolver, reverse  # noqa: E402

from tenir.acteurs.models import Utilisateur  # noqa: E402
from tenir.contrat.models import ActionPrevue, Engagement, Signataire  # noqa: E402
from tenir.habilitations.models import EspaceDeContrat  # noqa: E402

Sent = dict[str, Any]

HOSTILE = (
    "", " ", "\0", "a\0b", "zzz", "-1", "0", "1", "99999999999999999999", "1e400", "NaN", "٣", "é" * 300, "x" * 5000,
    "2026-02-30", "0000-00-00", "9999-12-31", "32/13/2027", "'", "\"'><script>alert(1)</script>", "%", "%00", "%ff",
    "{{ 7 }}", "{% x %}", "../../etc/passwd", "..\\..\\x", "=1+1", "\u202e", "😀", "%ED%A0%BD", "\u0301" * 40, "//",
    "true", "null", "[]", "{}", "O01-A01", "O99-A99", "\r\nX-Intrus: oui", "\x1b[2J", "\ufeff", "\u2028", "a" * 100_000,
)  # fmt: skip
NAMES = ("q", "page", "sort", "colonnes", "groupe", "vue", "depuis", "statut", "pilote", "format", "next", "horizon")
TYPES = (
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "",
    "a/b; boundary=",
)
READ = 120
SHOWN, SIGN_IN = 20, 7
HEALTH = "/sante"
"""503 is its true answer here: no loop runs beside."""


@dataclass(slots=True)
class Formulaire:
    """A form that a page holds: where it goes, how, and what it would send."""

    action: str
    method: str
    fields: Sent = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


class Reading(HTMLParser):
    """The addresses and the forms of a page."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.urls, self.forms = here, set[str](), list[Formulaire]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link, a form, or a field of the form that is open."""
        given = {name: value or "" for name, value in attrs}
        if given.get("href", "").startswith("/"):
            self.urls.add(given["href"].split("#")[0])
        if tag == "form":
            self.forms.append(Formulaire(given.get("action") or self.here, given.get("method", "get").lower()))
        elif self.forms and given.get("name"):
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        if given.get("type") == "file":
            self.forms[-1].files.append(given["name"])
        elif tag in {"input", "select", "textarea", "button"}:
            self.forms[-1].fields[given["name"]] = given.get("value", "")


@dataclass(slots=True)
class Personnage:
    """One of those who send requests, with what the site showed to her."""

    nom: str
    client: Client
    user: Utilisateur | None = None
    urls: list[str] = field(default_factory=list)
    forms: list[Formulaire] = field(default_factory=list)

    def read(self, start: str, rng: random.Random) -> None:
        """Follow the links of the site from its first page, at random, each once, until enough were read."""
        seen, todo = {start}, [start]
        while todo and len(self.urls) < READ:
            url = todo.pop(rng.randrange(len(todo)))
            answer = self.client.get(url)
            self.urls.append(url)
            if answer.status_code != 200 or "html" not in answer.get("Content-Type", "") or answer.streaming:
                continue
            page = Reading(url)
            page.feed(answer.content.decode())
            self.forms += page.forms
            new = sorted(page.urls - seen)
            seen.update(new)
            todo += new


def main() -> int:
    """Draw and send the requests; print the count of each answer, and how to send again those that failed."""
    count, rng = int(sys.argv[1]), random.Random(sys.argv[2])  # noqa: S311 - no secret
    people = cast_of_the_site(rng)
    kinds, failures = Counter[int](), []
    for rank in range(count):
        who = rng.choice(people)
        if who.user and rank % SIGN_IN == 0:  # some requests end a session
            who.client.force_login(who.user)
        told, answer = shot(rng, who)
        kinds[answer.status_code] += 1
        if answer.status_code >= 500 and not answer.request["PATH_INFO"].startswith(HEALTH):
            failures.append(f"{rank} {who.nom} {told[:300]}")
    print(" ".join(f"{status}:{number}" for status, number in sorted(kinds.items())), f"{len(failures)} failures")
    print("\n".join(failures[:SHOWN]))
    return int(bool(failures))


def cast_of_the_site(rng: random.Random) -> list[Personnage]:
    """A visitor and everyone of the demonstration, each having read the site."""
    espace = EspaceDeContrat.objects.get()
    people = [Personnage("visiteur", browser())]
    for user in Utilisateur.objects.order_by("pk"):
        people.append(Personnage(user.email, browser(), user))
        people[-1].client.force_login(user)
    for one in people:
        one.read(reverse("accueil"), rng)
        one.urls += drawn_from_routes(espace)
    return people


def browser() -> Client:
    """A client to whom a failure is an answer, as to a browser."""
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


def drawn_from_routes(espace: EspaceDeContrat) -> list[str]:
    """An address of each route and each kind of what it may take: a code, a number, a word."""
    codes = [model.objects.of(espace).first().code for model in (ActionPrevue, Engagement, Signataire)]
    known = get_resolver().reverse_dict
    taken = {name: list(known.getlist(name)[0][0][0][1]) for name in known if isinstance(name, str)}
    return [
        url for name in sorted(taken) for one in (*codes, 1, "csv") for url in address(name, taken[name], espace, one)
    ]


def address(name: str, taken: list[str], espace: EspaceDeContrat, one: Any) -> list[str]:
    """The address of a route when it takes that."""
    try:
        return [reverse(name, kwargs={key: espace.slug if key == "slug" else one for key in taken})]
    except NoReverseMatch:
        return []


def shot(rng: random.Random, who: Personnage) -> tuple[str, HttpResponse]:
    """Send one request; return what it was beside its answer."""
    who.client.defaults["REMOTE_ADDR"] = f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(256)}"
    if who.forms and rng.random() < 0.45:
        return submit(rng, who)
    url = spoiled_address(rng, rng.choice(who.urls))
    method = rng.choices(("get", "head", "post", "put", "delete", "options"), (70, 8, 15, 3, 2, 2))[0]
    if method in {"post", "put"}:
        kind, body = rng.choice(TYPES), rng.choice(HOSTILE).encode("utf-8", "replace")
        return f"{method} {url!r} {kind}", who.client.generic(method.upper(), url, body, kind)
    return f"{method} {url!r}", getattr(who.client, method)(url)


def submit(rng: random.Random, who: Personnage) -> tuple[str, HttpResponse]:
    """Send a form of the site, some of its values spoiled, or left out."""
    form = rng.choice(who.forms)
    sent = {name: value for name, value in form.fields.items() if rng.random() < 0.95}
    for name in rng.sample(sorted(sent), min(len(sent), rng.randrange(3))):
        sent[name] = rng.choice(HOSTILE)
    for name in form.files:
        content = rng.choice(HOSTILE).encode("utf-8", "replace")
        sent[name] = SimpleUploadedFile(rng.choice(("x.csv", "x.xlsx", "x.pdf", "x.docx", "x")), content)
    url = form.action if rng.random() < 0.8 else spoiled_address(rng, form.action)
    if form.method == "post":
        return f"post {url!r} {sent!r}", who.client.post(url, sent)
    return f"get {url!r} {sent!r}", who.client.get(url, sent)


def spoiled_address(rng: random.Random, url: str) -> str:
    """An address with a segment, a value of its query, or nothing at all changed."""
    parts = urlsplit(url)
    path, query = parts.path, parse_qsl(parts.query, keep_blank_values=True)
    if rng.random() < 0.3:
        segments = path.split("/")
        segments[rng.randrange(len(segments))] = quote(rng.choice(HOSTILE)[:2000], safe="", errors="replace")
        path = "/" + "/".join(segments).lstrip("/")
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        query.append((rng.choice([*NAMES, *(name for name, _ in query)]), rng.choice(HOSTILE)))
    return path + ("?" + "&".join(f"{quote(k)}={quote(v[:5000], errors='replace')}" for k, v in query) if query else "")


if __name__ == "__main__":
    sys.exit(main())
