"""Filling a form of a page as a browser does: all that it holds is sent, hidden fields and what was not touched too."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from lxml import html


def held(answer: HttpResponse) -> dict[str, str]:
    """What the main form of a page would send as it stands; a browser drops the first end of line of a text area."""
    return {name: (value or "").removeprefix("\n") for name, value in _form(answer).form_values()}


def send(client: Client, url: str, page: HttpResponse, **typed: object) -> HttpResponse:
    """Send the main form of a page with some fields typed over; « choix__statut » stands for « choix-statut »."""
    data = held(page) | {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(urlsplit(url).path, data)


def fill(client: Client, url: str, **typed: object) -> HttpResponse:
    """Open the page of a form, type, send."""
    page = client.get(url)
    assert page.status_code == 200, url
    return send(client, url, page, **typed)


def text(answer: HttpResponse) -> str:
    """The page as it reads, with plain spaces."""
    return " ".join(" ".join(html.fromstring(answer.content).itertext()).split())


def _form(answer: HttpResponse) -> html.FormElement:
    (form,) = (form for form in html.fromstring(answer.content).forms if "formulaire" in form.get("class", ""))
    return form
