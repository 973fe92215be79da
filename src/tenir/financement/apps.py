from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "argent"
AIDE = {
    "financements": f"{GUIDE}#le-registre",
    "financement": f"{GUIDE}#une-ligne",
    "financement-dire": f"{GUIDE}#une-ligne",
    "financement-nouveau": f"{GUIDE}#une-ligne",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("financements", "Argent", "financement.read", 49, contract=True),
    ]


class FinancementConfig(AppConfig):
    name = "tenir.financement"
    label = "financement"

    def ready(self) -> None:
        """Say what the room brings: its pages, whose a line is, one line for each one that the contract prints."""
        from tenir.contrat.ouverture import open_life
        from tenir.core.piece import Piece, declare
        from tenir.financement import oubli
        from tenir.financement.champs import LECTURE
        from tenir.financement.droits import owns_line
        from tenir.financement.ouverture import SORTE

        declare(
            Piece(
                "financement",
                urls="tenir.financement.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"credits": "financements"},
                aide=AIDE,
                where=oubli.WHERE,
                theirs={"financement.update": owns_line},
                after_load=[lambda espace, _contrat: open_life(espace, SORTE)],
            )
        )
