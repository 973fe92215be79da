from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "enquetes"
AIDE = {
    "enquetes": GUIDE,
    "enquete": f"{GUIDE}#préparer-une-enquête",
    "enquete-nouvelle": f"{GUIDE}#préparer-une-enquête",
    "enquete-modifier": f"{GUIDE}#préparer-une-enquête",
    "enquete-ouvrir": f"{GUIDE}#ouvrir-et-faire-répondre",
    "enquete-affiche": f"{GUIDE}#ouvrir-et-faire-répondre",
    "enquete-papiers": f"{GUIDE}#entrer-des-papiers",
    "enquete-publier": f"{GUIDE}#publier",
    "enquete-retirer": f"{GUIDE}#publier",
    **{f"enquete-question-{name}": f"{GUIDE}#préparer-une-enquête" for name in ("nouvelle", "modifier", "retirer")},
    "enquetes-publiques": GUIDE,
    "enquete-publique": GUIDE,
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [Page("enquetes", "Enquêtes", "enquete.read", 43, sous="suivi-indicateurs", contract=True)]


class EnquetesConfig(AppConfig):
    name = "tenir.enquetes"
    label = "enquetes"

    def ready(self) -> None:
        """Say what the room brings: its pages, which have a public one, who reads it."""
        from tenir.core.piece import Piece, declare
        from tenir.enquetes import apparition, oubli
        from tenir.enquetes.champs import LECTURE

        declare(
            Piece(
                "enquetes",
                urls="tenir.enquetes.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"enquetes-publiques": "enquetes", "enquete-publique": "enquete"},
                appears={"enquete": apparition.is_public},
                aide=AIDE,
                where=oubli.WHERE,
            )
        )
