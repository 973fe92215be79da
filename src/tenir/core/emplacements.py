"""Named slots: a lower room shows links that an upper room knows. The upper one fills the slot when the site starts."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

from tenir.core.composants import Lien

Fill = Callable[[HttpRequest, Any], Sequence[Lien]]

COMPTE = "compte"
"""In the head of every page: who is signed in, and where she may go from its contract, if it has one."""

A_PROPOS = "à propos"
"""At the end of the page of one item: what the team should know of it."""

_fills: dict[str, Fill] = {}


def fill(slot: str, links: Fill) -> None:
    """Say what a slot shows, for a request and the thing that its page is about."""
    _fills[slot] = links


def links_of(slot: str, request: HttpRequest, thing: Any) -> Sequence[Lien]:
    """What a slot shows; nothing while no room has filled it."""
    return _fills[slot](request, thing) if slot in _fills else ()
