"""A code that moved leads where the item stands now; one that was withdrawn says what became of it.

The acronyms of a contract are told in the pages of its request alone.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from tenir.contrat.retires import Moved, Withdrawn
from tenir.core import abreges
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran import navigation
from tenir.public.espace import context

GONE = 410


class MovedItemMiddleware:
    """Turns `Moved`, raised anywhere below a view, into a permanent redirect, and `Withdrawn` into its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect for `Moved`, tell for `Withdrawn`; let everything else through."""
        if isinstance(exception, Withdrawn):
            return _told(request, exception)
        return HttpResponsePermanentRedirect(exception.url) if isinstance(exception, Moved) else None


def _told(request: HttpRequest, gone: Withdrawn) -> HttpResponse:
    said = {"code": gone.code, "nom": gone.nom or gone.code, "motif": typo(gone.motif)}
    if gone.working:
        given = navigation.context(request.acces, gone.espace, **said)  # type: ignore[attr-defined]  # a closed page
        return private(render(request, "public/retire_au_travail.html", given, status=GONE))
    return render(request, "public/retire.html", context(gone.espace, **said), status=GONE)


class SiglesMiddleware:
    """Ends with each request the glossary that its page entered (`core.abreges`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, with no glossary of another."""
        with abreges.apart():
            return self.get_response(request)
