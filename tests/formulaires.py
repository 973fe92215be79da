"""Filling a form of a page as a browser does: all that it holds is sent, hidden fields and what was not touched too."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from lxml import html

from tenir.core.envois import CHAMP, JETON
from tenir.core.marques import MARQUE

OURS = (JETON, CHAMP, MARQUE)
REFUSED = {403, 404}


class Lectrice(Client):
    """A browser that reads the page of a form before it sends it: what it sends carries the mark of what was shown."""

    def post(self, path: str, data: Any = None, *args: Any, **more: Any) -> Any:
        """Send, with the mark of the page; a test of a stale one says which it sends."""
        given = {} if data is None else data
        if isinstance(given, dict) and MARQUE not in given:
            given = given | self.mark_for(path, given)
        return super().post(path, given, *args, **more)

    def mark_for(self, path: str, given: dict[str, Any]) -> dict[str, str]:
        """The mark that the form to an address carries, on its own page or on one above it; nothing when none does.

        Nor does any where the address does not open: what is refused, or does not exist, is so before a mark is read.
        """
        place = urlsplit(path).path
        for above in (place, *_above(place)):
            page = self.get(above)
            if above == place and page.status_code in REFUSED:
                break
            if page.status_code == 200 and (found := mark_in(page, place, given, above)) is not None:
                return {MARQUE: found} if found else {}
        return {}


def mark_in(page: HttpResponse, place: str, given: dict[str, Any], at: str = "") -> str | None:
    """The mark of the form of a page that is sent to an address, empty when it carries none; none without a form.

    Of several, the one whose hidden fields say what is sent.
    """
    if not page["Content-Type"].startswith("text/html"):
        return None
    whole = html.fromstring(page.content)
    for button in whole.iterfind(f".//button[@formaction='{place}']"):
        return str(button.get("value")) if button.get("name") == MARQUE else ""
    for form in whole.forms:
        hidden = {one.name: one.value for one in form.iterfind(".//input[@type='hidden']") if one.name not in OURS}
        meant = "question" not in hidden or str(given.get("question")) == hidden["question"]
        if form.method == "POST" and urlsplit(form.action or at).path == place and meant:
            return str(dict(form.form_values()).get(MARQUE) or "")
    return None


def _above(place: str) -> list[str]:
    parts = place.strip("/").split("/")
    return [f"/{'/'.join(parts[:end])}/" for end in range(len(parts) - 1, max(len(parts) - 4, 1), -1)]


def held(answer: HttpResponse) -> dict[str, str]:
    """What the main form of a page would send as it stands; a browser drops the first end of line of a text area."""
    form = main_form(answer)
    sent = {name: (value or "").removeprefix("\n") for name, value in form.form_values()}
    empty = form.xpath(".//input[@type='radio'][@checked][@value='']/@name")
    return sent | dict.fromkeys(map(str, empty), "")  # lxml would send « on », as for a button without a value


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


def main_form(answer: HttpResponse) -> html.FormElement:
    """The one form that a page is for."""
    (form,) = (form for form in html.fromstring(answer.content).forms if "formulaire" in form.get("class", ""))
    return form
