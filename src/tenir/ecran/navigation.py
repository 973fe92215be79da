"""The pages of a contract, or of the platform, that one may go to from any other: where each stands, who opens it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tenir.core.adresses import route
from tenir.core.composants import Lien
from tenir.core.piece import each
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach


@dataclass(frozen=True, slots=True)
class Page:
    """A page that others lead to, at its rank.

    It is an entry of the bar; or, with `compte`, of the account menu; or, with `sous`, a view of the entry whose
    address it names. `vue` is what an entry is called among its own views. `theirs`: those who hold the right only on
    what is theirs open it too; `platform`: it exists for the platform alone; `contract`: in a contract alone.
    """

    name: str
    text: str
    right: str
    rang: int
    sous: str = ""
    vue: str = ""
    compte: bool = False
    theirs: bool = False
    platform: bool = False
    contract: bool = False


LIST = "liste"
"""In the address of « Mes contrats »: the list is asked for, by whoever has one contract alone too."""


def address(name: str, espace: EspaceDeContrat | None, *args: object) -> str:
    """The address of a page in a contract, or of its twin for the platform."""
    return route(name, espace.slug, *args) if espace else route(f"plateforme-{name}", *args)


def context(acces: Acces, espace: EspaceDeContrat | None, page: str = "", **more: Any) -> dict[str, Any]:
    """The context of a page; `page` is the page of the navigation that it belongs to."""
    return {"acces": acces, "espace": espace, "onglet": page, **more}


def own_context(acces: Acces, **more: Any) -> dict[str, Any]:
    """The context of a page that belongs to no contract: her own."""
    return context(acces, None, **more)


@dataclass(frozen=True, slots=True)
class Entree:
    """An entry, and those of its views that someone may open: at least one, the first of which it leads to."""

    page: Page
    vues: Sequence[Page]

    def link(self, espace: EspaceDeContrat | None, current: str) -> Lien:
        """The entry, marked when the page we are on is one of its views."""
        within = any(vue.name == current for vue in self.vues)
        return Lien(self.page.text, _url(self.vues[0], espace), current=within)

    def links(self, espace: EspaceDeContrat | None, current: str) -> list[Lien]:
        """Its views, when there is a choice."""
        named = [Lien(one.vue or one.text, _url(one, espace), current=one.name == current) for one in self.vues]
        return named if len(named) > 1 else []


def entries(acces: Acces, espace: EspaceDeContrat | None) -> Iterator[Entree]:
    """The entries of which someone may open a view, in a contract or on the platform, in the order of their ranks."""
    pages = sorted(each("pages"), key=lambda page: page.rang)
    opened = [page for page in pages if _opens(acces, espace, page)]
    for entry in pages:
        views = [page for page in opened if entry.name in (page.name, page.sous)]
        if not entry.sous and views:
            yield Entree(entry, views)


def _opens(acces: Acces, espace: EspaceDeContrat | None, page: Page) -> bool:
    if page.contract and espace is None:
        return False
    return reach(acces, page.right, espace) >= (Portee.SIENNE if page.theirs else Portee.TOUTE)


def _url(page: Page, espace: EspaceDeContrat | None) -> str:
    return route(page.name) if page.platform else address(page.name, espace)
