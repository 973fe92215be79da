from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "reperage-des-droits"
AIDE = {
    "reperage": GUIDE,
    "reperage-comptes": f"{GUIDE}#ce-qui-se-compte",
    "reperage-devenir": f"{GUIDE}#ce-qui-se-compte",
    "reperage-corriger": f"{GUIDE}#ce-qui-se-compte",
    "reperage-droits": f"{GUIDE}#les-droits-et-les-aides-dici",
    "reperage-droit": f"{GUIDE}#les-droits-et-les-aides-dici",
    **{f"aide-locale-{name}": f"{GUIDE}#les-droits-et-les-aides-dici" for name in ("nouvelle", "modifier", "retirer")},
    "mes-droits-ici": f"{GUIDE}#sans-compte",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("reperage", "Guichet", "reperage.read", 43, vue="Repérage des droits", contract=True),
        Page("reperage-comptes", "Comptes", "reperage.read", 44, sous="reperage", contract=True),
        Page("reperage-droits", "Droits et aides", "reperage.read", 45, sous="reperage", contract=True),
    ]


class DroitsConfig(AppConfig):
    name = "tenir.droits"
    label = "droits"

    def ready(self) -> None:
        """Say what the room brings: its pages, whose a count is, who reads it."""
        from tenir.core.piece import Piece, declare
        from tenir.droits import oubli
        from tenir.droits.champs import LECTURE
        from tenir.droits.droits import counts
        from tenir.droits.services.commun import COUNT

        declare(
            Piece(
                "droits",
                urls="tenir.droits.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"mes-droits-ici": "reperage"},
                aide=AIDE,
                theirs={COUNT: counts},
                where=oubli.WHERE,
            )
        )
