"""Where one may go from a screen of the team: the pages of a contract, or of the platform, that she may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tenir.core.composants import Lien
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu. `theirs`: those who hold the right only on what is theirs open it too."""

    name: str
    text: str
    right: str
    theirs: bool = False


PAGES = (
    Page("mes-droits", "Ce que je peux faire", "contrat.read"),
    Page("droits", "Droits", "droits.read"),
    Page("habilitations", "Personnes et rôles", "habilitation.update"),
    Page("trace", "Trace", "trace.read"),
)
"""The menu, in its order. Each page exists in a contract and, as `plateforme-…`, for the platform."""


def address(name: str, espace: EspaceDeContrat | None, *args: object) -> str:
    """The address of a page in a contract, or of its twin for the platform."""
    return reverse(name, args=[espace.slug, *args]) if espace else reverse(f"plateforme-{name}", args=args)


def context(acces: Acces, espace: EspaceDeContrat | None, page: str = "", **more: Any) -> dict[str, Any]:
    """The context of a page; `page` is the entry of the menu it belongs to."""
    return {"acces": acces, "espace": espace, "onglets": _menu(acces, espace, page), **more}


def own_context(acces: Acces, **more: Any) -> dict[str, Any]:
    """The context of a page that belongs to no contract: her own."""
    return {"acces": acces, "espace": None, "onglets": [], **more}


def _menu(acces: Acces, espace: EspaceDeContrat | None, current: str) -> list[Lien]:
    return [
        Lien(page.text, address(page.name, espace), current=page.name == current)
        for page in PAGES
        if reach(acces, page.right, espace) >= (Portee.SIENNE if page.theirs else Portee.TOUTE)
    ]
