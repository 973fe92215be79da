"""A sign never begins a line alone: at the output, each is joined to its word by the space that French puts there.

Whoever writes a sentence, of the product or of a contract, types an ordinary space before « : » or « ; »; put by hand,
the other one lacked in some 700 texts of 500 pages (2026-12). What a form holds, what is shown as typed and what a tag
carries are left as they are: a value sent back is the value that was sent.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tenir.core.typographie import NBSP, NNBSP

_SIGN = re.compile(
    r"<(?P<kept>script|style|textarea|pre|code|kbd)\b.*?</(?P=kept)\s*>|<[^>]*>"
    r"|(?P<narrow> (?=[;!?]))|(?P<wide> (?=:[\s<]|»)|(?<=«) |(?<=\d) (?=[%€]))",
    re.DOTALL,
)


class EspacesMiddleware:
    """Joins the signs of every page to their words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; mend the page that comes back, not a file."""
        response = self.get_response(request)
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            response.content = joined(response.content.decode(response.charset)).encode(response.charset)
        return response


def joined(page: str) -> str:
    """The same page, its signs joined: « ; », « ! » and « ? » by a narrow space, the others by a wide one."""
    return _SIGN.sub(_space, page)


def _space(found: re.Match[str]) -> str:
    if found["narrow"]:
        return NNBSP
    return NBSP if found["wide"] else found[0]
