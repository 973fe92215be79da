"""Where one may go from a screen of the team: the pages of a contract, or of the platform, that she may open."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse

from tenir.core.composants import Lien
from tenir.core.piece import each
from tenir.habilitations.middleware import acces_of_request
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu, at its rank. `theirs`: those who hold the right only on what is theirs open it too;
    `platform`: it exists for the platform alone; `contract`: in a contract alone."""

    name: str
    text: str
    right: str
    rang: int
    theirs: bool = False
    platform: bool = False
    contract: bool = False


IN_THE_HEAD = frozenset({"Aujourd’hui", "Ce que je peux faire", "Trace"})
"""The pages that the head of a public page of the contract leads to; the screens of the team have their menu."""

LIST = "liste"
"""In the address of « Mes contrats »: the list is asked for, by whoever has one contract alone too."""


def address(name: str, espace: EspaceDeContrat | None, *args: object) -> str:
    """The address of a page in a contract, or of its twin for the platform."""
    return reverse(name, args=[espace.slug, *args]) if espace else reverse(f"plateforme-{name}", args=args)


def context(acces: Acces, espace: EspaceDeContrat | None, page: str = "", **more: Any) -> dict[str, Any]:
    """The context of a page; `page` is the entry of the menu it belongs to."""
    return {"acces": acces, "espace": espace, "onglets": _menu(acces, espace, page), **more}


def own_context(acces: Acces, **more: Any) -> dict[str, Any]:
    """The context of a page that belongs to no contract: her own."""
    return {"acces": acces, "espace": None, "onglets": [], **more}


def account_links(request: HttpRequest, espace: EspaceDeContrat | None) -> list[Lien]:
    """The head of every page: the way to sign in; or who is signed in, her contracts, and the pages of this one."""
    user = getattr(request, "user", None)
    if user is None:
        return []
    if not user.is_authenticated:
        return [Lien("Se connecter", resolve_url(settings.LOGIN_URL))]
    acces = acces_of_request(request)
    contracts = Lien("Mes contrats", f"{reverse('bureau')}?{LIST}=oui")
    if acces is None:
        return [contracts]
    elsewhere = espace and not hasattr(getattr(request.resolver_match, "func", None), "decision")
    here = [page for page in _menu(acces, espace, "") if page.text in IN_THE_HEAD] if elsewhere else []
    return [Lien(str(acces.personne), reverse("mes-donnees")), contracts, *here]


def _menu(acces: Acces, espace: EspaceDeContrat | None, current: str) -> list[Lien]:
    return [
        Lien(
            page.text, reverse(page.name) if page.platform else address(page.name, espace), current=page.name == current
        )
        for page in sorted(each("pages"), key=lambda page: page.rang)
        if not (page.contract if espace is None else page.platform)
        and reach(acces, page.right, espace) >= (Portee.SIENNE if page.theirs else Portee.TOUTE)
    ]
