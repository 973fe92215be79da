"""Named slots: a lower room shows what an upper room knows, and brings by its `Piece(slots=…)`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from tenir.core.composants import Lien, Tete
from tenir.core.piece import by_name

if TYPE_CHECKING:
    from tenir.core.listes.nommees import VuesNommees
    from tenir.core.listes.vue import Vue

Fill = Callable[[HttpRequest, Any], Sequence[Lien]]
"""What a slot shows, for a request and the thing that its page is about."""

TETE = "tête"
"""At the top of every page: who is signed in, and where she may go from its contract, if it has one."""

ENTREE = "entrée"
"""On the home of the site: where one may enter without an account."""

A_PROPOS = "à propos"
"""At the end of the page of one item: what the team should know of it."""

VUES = "vues nommées"
"""Above a list: the views of it that people named."""

FAIT = "ce qui est fait"
"""In the working page of a thing of a contract: what is really done for it, or by it."""

DECIDE = "ce qui est décidé"
"""In the working page of an action, of a promise, of an avenant: what meetings decided of it."""

PRECONISE = "ce qui en est demandé"
"""In the working page of an action or of a decision: the préconisations that are about it."""

REGLE = "ce qui en est réglé"
"""In the working page of a decision: the money that it settles."""

VIENT_DE = "d’où cela vient"
"""In the page of an entry of the register: the meeting that emitted it."""

SUIVRE = "suivre"
"""In a public page: the way to follow what it is about (the contract, and a code of it) by e-mail."""

APPORTS = "ce qui est apporté"
"""In the working page of an action: what others bring to it."""

COMMENTAIRES = "commentaires"
"""In the working page of an action, of a promise, of an answer: what those who read it say to one another."""

QUI_RECOIT = "qui reçoit"
"""In the form of what is published of a thing: what an upper room knows of who receives it, by field."""

CALCUL, CALCUL_PUBLIC = "calcul", "calcul public"
"""In the working page of an indicator, in its public page: what it computes to, from what is recorded."""


AU_CARNET = "au carnet"
"""On the first page behind the link of a carnet of a person: what else may be done by it."""


@dataclass(frozen=True, slots=True)
class Bloc:
    """A part of a page that an upper room writes: its template, which reads `bloc`."""

    gabarit: str
    contenu: Any


def links_of(slot: str, request: HttpRequest, thing: Any) -> Sequence[Lien]:
    """The links that a slot shows; nothing where no room fills it."""
    fill: Fill | None = by_name("slots").get(slot)
    return fill(request, thing) if fill else ()


def block_of(slot: str, acces: Any, espace: Any, thing: Any) -> Bloc | None:
    """The part of a page that a slot shows someone, of a thing of a contract; none where no room fills it."""
    fill: Callable[[Any, Any, Any], Bloc | None] | None = by_name("slots").get(slot)
    return fill(acces, espace, thing) if fill else None


def facts_of(slot: str, thing: Any) -> Mapping[str, Any]:
    """What an upper room knows of a thing, by name; nothing where no room fills the slot."""
    fill: Callable[[Any], Mapping[str, Any]] | None = by_name("slots").get(slot)
    return fill(thing) if fill else {}


def head_of(request: HttpRequest, espace: Any, page: str) -> Tete:
    """The head of a page: of its contract, if it has one, and under the page whose name is given."""
    fill: Callable[[HttpRequest, Any, str], Tete] | None = by_name("slots").get(TETE)
    return fill(request, espace, page) if fill else Tete()


def named_views(request: HttpRequest, vue: "Vue", context: Mapping[str, Any]) -> "VuesNommees | None":
    """The named views of a list, given the context of its page; none where no room keeps any."""
    fill: Callable[[HttpRequest, Vue, Mapping[str, Any]], VuesNommees | None] | None = by_name("slots").get(VUES)
    return fill(request, vue, context) if fill else None


def word(name: str) -> str:
    """What an upper room calls something of the pages below it; nothing where no room says it."""
    return str(by_name("words").get(name, ""))
