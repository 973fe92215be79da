"""What was acted on changed since it was read: the page that says what, with all that was typed, and the choice."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.composants import Lien
from tenir.core.envois import CHAMP, JETON
from tenir.core.marques import MARQUE, Ecart, Perime
from tenir.core.prive import private
from tenir.ecran.conflit import CONFLICT
from tenir.ecran.histoire import named, numbers_in
from tenir.ecran.navigation import context
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import names_of
from tenir.habilitations.vues import espace_or_404

OURS = (JETON, CHAMP, MARQUE)
"""What the page writes anew, whatever was sent."""


class PerimeMiddleware:
    """Answers `Perime`, whatever act raised it: 409, the difference, and what was typed, to be sent again or left."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask again for what is out of date; let everything else through."""
        return ask_again(request, exception) if isinstance(exception, Perime) else None


def ask_again(request: HttpRequest, perime: Perime) -> HttpResponse:
    """What was read, what stands, and the same act on what stands."""
    given: dict[str, Any] = {
        "cadre": "ecran/base.html",
        "ecarts": list(_named(perime.ecarts)),
        "connu": perime.connu,
        "propose": any(one.propose for one in perime.ecarts),
        "code": request.resolver_match.kwargs.get("code", "") if request.resolver_match else "",
        "lu": perime.actuel,
        "donnees": [(name, value) for name, values in request.POST.lists() if name not in OURS for value in values],
        "fichiers": [(name, [file.name for file in files]) for name, files in request.FILES.lists()],
        "retour": Lien("Tout laisser comme c’est", _back(request)),
    }
    acces: Acces | None = getattr(request, "acces", None)
    if acces is None:
        page = {**given, "cadre": "core/base.html"}
        return private(render(request, "ecran/perime.html", page, status=CONFLICT))
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    frame = context(acces, espace_or_404(acces, slug) if slug else None, **given)
    return render(request, "ecran/perime.html", frame, status=CONFLICT)


def _named(ecarts: Iterable[Ecart]) -> Iterable[Ecart]:
    """What differs, persons by their names: the mark holds their numbers alone."""
    found = list(ecarts)
    names = names_of(numbers_in(text for one in found for text in (one.nom, one.lu, one.actuel, one.propose)))
    for one in found:
        yield Ecart(*(named(text, names) for text in (one.nom, one.lu, one.actuel, one.propose)))


def _back(request: HttpRequest) -> str:
    """The page she comes from, on this site; else the one she sent to."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    return came._replace(scheme="", netloc="").geturl() if came.netloc == request.get_host() else request.path
