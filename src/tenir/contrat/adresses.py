"""The address of every item, from its code alone."""

import re
from collections.abc import Callable

from tenir.core.adresses import route
from tenir.fichier import codes
from tenir.fichier.codes import owner


def _page(name: str) -> Callable[[str, str], str]:
    return lambda slug, code: route(name, slug, code)


def _on_owner(slug: str, code: str) -> str:
    """An item without a page of its own stands on the page of the item its code is written under."""
    return f"{address(slug, owner(code) or code)}#{code}"


def _on(name: str) -> Callable[[str, str], str]:
    return lambda slug, code: f"{route(name, slug)}#{code}"


ADDRESSES: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    (codes.AXE, _page("axe")),
    (codes.ORIENTATION, _page("orientation")),
    (codes.ACTION, _page("action")),
    (codes.SOUS_ACTION, _on_owner),
    (codes.SIGNATAIRE, _page("signataire")),
    (codes.ENGAGEMENT, _page("engagement")),
    (codes.INDICATEUR, _page("indicateur")),
    (codes.INSTANCE, _page("instance")),
    (r"^T\d{2,}$", _on("quartier")),
    (codes.LIEU, _on("quartier")),
    (codes.ENSEIGNEMENT, _on("quartier")),
    (codes.ARTICLE, _on("gouvernance")),
    (codes.PARTIE, _on("document")),
    (r"^[OS]\d{2,}-[A-Z]\d{2,}$", _on_owner),
)
"""Which page shows which code; the first pattern that fits decides."""


def address(slug: str, code: str) -> str:
    """The address of an item of a contract.

    Raises:
        LookupError: the code has no known form.
    """
    for pattern, make in ADDRESSES:
        if re.match(pattern, code):
            return make(slug, code)
    raise LookupError(code)
