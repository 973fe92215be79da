"""What the site answers when it fails: a number that the person quotes and that one line of the log carries."""

import secrets
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from tenir.core.disque import is_full

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Those that no one takes for another when reading them aloud."""
SOON = 30
"""Seconds after which a browser, or a monitor, may ask again."""
OF_A_MONITOR = ("/sante", "/sante.json")


class SanteSansCompte:
    """Health is told to anyone: without her cookies, so that no account is looked for in a database that is down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, nobody's when it asks for the health of the site."""
        if request.path_info in OF_A_MONITOR:
            request.COOKIES.clear()
        return self.get_response(request)


def en_panne(request: HttpRequest) -> HttpResponse:
    """The page of an error: 503 when the database is away or busy or the disk full, 500 otherwise; neither is asked."""
    full = is_full(sys.exception())
    away = full or base_away(sys.exception())
    given = {"numero": number_of(request), "plein": full}
    said = render_to_string("503.html" if away else "500.html", given)
    answer = HttpResponse(said, status=503 if away else 500)
    if away:
        answer["Retry-After"] = str(SOON)
    answer["Cache-Control"] = "no-store"
    return answer


def base_away(error: BaseException | None) -> bool:
    """Whether an error comes of a database that does not answer, restarts, is locked or full: asking again may do."""
    while error:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False


def number_of(request: HttpRequest) -> str:
    """The number of the failure of a request, drawn once: « 7K3F-92QM »."""
    if not hasattr(request, "numero_de_panne"):
        drawn = "".join(secrets.choice(SIGNS) for _ in range(8))
        request.numero_de_panne = f"{drawn[:4]}-{drawn[4:]}"  # type: ignore[attr-defined]
    return str(request.numero_de_panne)  # type: ignore[attr-defined]
