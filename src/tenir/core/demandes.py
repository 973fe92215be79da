"""What of a request is refused before any room reads it: characters that no text holds, more than any form takes."""

import unicodedata
from collections.abc import Callable, Iterable

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.shortcuts import render

from tenir.core.televersement import drain

ALLOWED = frozenset("\t\n\r")
"""The control characters that a text typed or pasted holds."""
NEVER = frozenset({"Cc", "Cs"})
"""Categories of Unicode that no text holds: controls and halves of a pair. PostgreSQL, XML and paper refuse them."""
UNREADABLE = (
    "Un caractère invisible s’y trouve (saut de page, tabulation verticale…), venu souvent d’un copier-coller : "
    "retirez-le, ou retapez le passage."
)
BAD, TOO_LARGE = 400, 413


class CaracteresMiddleware:
    """Refuses what no text holds, once for every page and both databases: an address is 404, the rest 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on a request whose every text can be read.

        Raises:
            Http404: no page has such an address.
            BadRequest: a value of the address, of the form or a cookie cannot be read.
        """
        if not readable([request.path_info], frozenset()):
            raise Http404
        if not all(readable(texts, ALLOWED) for texts in _texts(request)):
            raise BadRequest(UNREADABLE)
        return self.get_response(request)


def readable(texts: Iterable[str], allowed: frozenset[str]) -> bool:
    """Whether texts hold no control character but those allowed, and no half of a pair."""
    return not any(
        character not in allowed and unicodedata.category(character) in NEVER
        for text in texts
        if not text.isprintable()  # most are: nothing more to look at
        for character in text
    )


def _texts(request: HttpRequest) -> Iterable[Iterable[str]]:
    """The names and values of what was sent, as texts; files are judged by what reads them."""
    yield from request.COOKIES.items()
    for values in (request.GET, _posted(request)):
        for name, given in values.lists():
            yield [name, *given]


def _posted(request: HttpRequest) -> QueryDict:
    """What a form sends.

    Raises:
        BadRequest: whoever sent it went away before its end.
    """
    try:
        return request.POST
    except UnreadablePostError as error:
        raise BadRequest(str(error)) from error


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of a request that cannot be read (400), or is too heavy (413): what arrives of it is let through."""
    if isinstance(exception, RequestDataTooBig):
        drain(request)
        return render(request, "core/413.html", status=TOO_LARGE)
    said = UNREADABLE if str(exception) == UNREADABLE else ""
    return render(request, "400.html", {"phrase": said}, status=BAD)
