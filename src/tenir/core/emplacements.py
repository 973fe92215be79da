"""Named slots: a lower room shows what an upper room knows, and brings by its `Piece(slots=…)`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from tenir.core.composants import Lien, Tete
from tenir.core.piece import by_name

Fill = Callable[[HttpRequest, Any], Sequence[Lien]]
"""What a slot shows, for a request and the thing that its page is about."""

TETE = "tête"
"""At the top of every page: who is signed in, and where she may go from its contract, if it has one."""

A_PROPOS = "à propos"
"""At the end of the page of one item: what the team should know of it."""


def links_of(slot: str, request: HttpRequest, thing: Any) -> Sequence[Lien]:
    """The links that a slot shows; nothing where no room fills it."""
    fill: Fill | None = by_name("slots").get(slot)
    return fill(request, thing) if fill else ()


def head_of(request: HttpRequest, espace: Any, page: str) -> Tete:
    """The head of a page: of its contract, if it has one, and under the page whose name is given."""
    fill: Callable[[HttpRequest, Any, str], Tete] | None = by_name("slots").get(TETE)
    return fill(request, espace, page) if fill else Tete()
