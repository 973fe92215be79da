"""The list that a named view is of: its page, its name, who opens it."""

from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from tenir.core.listes.adresse import NAMED
from tenir.core.piece import each
from tenir.core.typographie import capital
from tenir.ecran.models import VueNommee
from tenir.ecran.navigation import address
from tenir.ecran.tete import OF_THE_PLATFORM
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import opens

WHOLE = f"?{NAMED}="
"""The query string of a list whole, whatever view it opens on."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """A list: the name of its route, less what tells the platform’s, and the page that shows it."""

    liste: str
    page: str


def list_of(route: str) -> str:
    """The name of the list that a route shows, the same in a contract and on the platform."""
    return route.removeprefix(OF_THE_PLATFORM)


def place_or_404(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, liste: str) -> Lieu:
    """A list of this place that she may open, on the page she comes from, or the one it has when it is alone."""
    for page in (request.GET.get("page", ""), page_of_list(espace, liste)):
        with suppress(Http404):
            match = resolve(page)
            here = match.kwargs.get("slug") == (espace.slug if espace else None)
            if here and _is_the_list(match.url_name or "", liste) and opens(acces, match.func, espace):
                return Lieu(liste, page)
    raise Http404


def page_of(request: HttpRequest, acces: Acces, vue: VueNommee) -> str:
    """The page of the list of a view, to come back to."""
    try:
        return place_or_404(request, acces, vue.espace, vue.liste).page
    except Http404:
        return reverse("mes-contrats")


def page_of_list(espace: EspaceDeContrat | None, liste: str) -> str:
    """The page of a list that is alone of its kind; nothing, for one that belongs to a thing."""
    for name, args in ((liste, [espace.slug] if espace else []), (f"{OF_THE_PLATFORM}{liste}", [])):
        with suppress(NoReverseMatch):
            return reverse(name, args=args)
    return ""


def title_of(liste: str) -> str:
    """What the navigation calls a list, or the page it hangs on: « Actions, liste »."""
    pages = {page.name: f"{page.text}, {page.vue.lower()}" if page.vue else page.text for page in each("pages")}
    name = liste
    while name and name not in pages:
        name = name.rpartition("-")[0]
    return pages.get(name) or capital(liste)


def query_of(vue: VueNommee) -> str:
    """The query string that opens a view."""
    return f"?{vue.adresse}{'&' if vue.adresse else ''}{NAMED}={vue.pk}"


def url_of(route: str, vue: VueNommee, page: str) -> str:
    """The address of a small page of a view, which comes back to a list."""
    return f"{address(route, vue.espace, vue.pk)}?{urlencode({'page': page})}"


def _is_the_list(route: str, liste: str) -> bool:
    """Whether a route shows a list: its files have a route of their own."""
    return list_of(route) == liste and bool(get_resolver().reverse_dict.getlist(f"{route}-export"))
