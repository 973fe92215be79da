from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "marches"
AIDE = {
    "marches": GUIDE,
    "marche": f"{GUIDE}#une-marche",
    "marche-nouvelle": f"{GUIDE}#inscrire-une-marche",
    "marche-modifier": f"{GUIDE}#une-marche",
    "marche-publier": f"{GUIDE}#publier",
    "marche-retirer": f"{GUIDE}#publier",
    "arret-nouveau": f"{GUIDE}#noter-un-arrêt",
    "arret-modifier": f"{GUIDE}#revoir-un-arrêt",
    "arret-photographier": f"{GUIDE}#noter-un-arrêt",
    "arret-demander": f"{GUIDE}#demander-une-réponse",
    "marches-publiques": GUIDE,
    "marche-publique": GUIDE,
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [Page("marches", "Marches", "marche.read", 50, sous="reunions", contract=True)]


class MarchesConfig(AppConfig):
    name = "tenir.marches"
    label = "marches"

    def ready(self) -> None:
        """Say what the room brings: its pages, whose a walk is, who reads it."""
        from tenir.core.piece import Piece, declare
        from tenir.marches import apparition, oubli
        from tenir.marches.champs import LECTURE
        from tenir.marches.droits import leads
        from tenir.marches.services.commun import RIGHT

        declare(
            Piece(
                "marches",
                urls="tenir.marches.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"marches-publiques": "marches", "marche-publique": "marche"},
                appears={"marche": apparition.is_published},
                aide=AIDE,
                where=oubli.WHERE,
                theirs={RIGHT: leads},
            )
        )
