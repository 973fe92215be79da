from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "tarifs"
AIDE = {
    "tarifs": GUIDE,
    "tarif": f"{GUIDE}#un-service",
    "tarif-nouveau": f"{GUIDE}#un-service",
    "tarif-modifier": f"{GUIDE}#un-service",
    "tarif-retirer": f"{GUIDE}#un-service",
    "grille-tarifaire-nouvelle": f"{GUIDE}#la-grille",
    "grille-tarifaire-modifier": f"{GUIDE}#la-grille",
    "grille-tarifaire-retirer": f"{GUIDE}#la-grille",
    "frequentation": f"{GUIDE}#la-fréquentation",
    "frequentation-importer": f"{GUIDE}#la-fréquentation",
    "scenarios-tarifaires": f"{GUIDE}#comparer",
    "scenario-tarifaire-nouveau": f"{GUIDE}#essayer-dautres-prix",
    "scenario-tarifaire": f"{GUIDE}#essayer-dautres-prix",
    "scenario-tarifaire-modifier": f"{GUIDE}#essayer-dautres-prix",
    "scenario-tarifaire-feuille": f"{GUIDE}#décider",
    "scenario-tarifaire-proposer": f"{GUIDE}#décider",
    "scenario-tarifaire-retenir": f"{GUIDE}#décider",
    "scenario-tarifaire-retirer": f"{GUIDE}#essayer-dautres-prix",
    "tarifs-publics": GUIDE,
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [Page("tarifs", "Tarifs", "tarif.read", 48, sous="reperage", contract=True)]


class TarifsConfig(AppConfig):
    name = "tenir.tarifs"
    label = "tarifs"

    def ready(self) -> None:
        """Say what the room brings: its pages, whose a service is, who reads it."""
        from tenir.core.piece import Piece, declare
        from tenir.tarifs import oubli
        from tenir.tarifs.champs import LECTURE
        from tenir.tarifs.droits import runs
        from tenir.tarifs.services.commun import COUNT

        declare(
            Piece(
                "tarifs",
                urls="tenir.tarifs.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"tarifs-publics": "tarifs"},
                aide=AIDE,
                where=oubli.WHERE,
                theirs={COUNT: runs},
            )
        )
