from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "appels-a-projets"
ECRIRE = f"{GUIDE}#écrire-un-appel"
AIDE = {
    "appels-a-projets": GUIDE,
    "appels-a-projets-publics": GUIDE,
    "appel-a-projets-public": GUIDE,
    "appel-a-projets": ECRIRE,
    "appel-a-projets-nouveau": ECRIRE,
    **dict.fromkeys(
        ("dossiers-de-demande", "dossier-de-demande", "appel-a-projets-dossier", "dossier-ouvrir"),
        f"{GUIDE}#le-dossier-de-demande",
    ),
    "dossiers-importer": f"{GUIDE}#importer-des-dossiers",
    "dossier-de-demande-compte-rendu": f"{GUIDE}#rendre-compte",
    "appel-a-projets-instruction": f"{GUIDE}#instruire-un-dossier",
    "appel-a-projets-reprendre": f"{GUIDE}#dune-année-à-lautre",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("appels-a-projets", "Appels à projets", "appel.read", 59, sous="financement-tableau", contract=True),
        Page("dossiers-de-demande", "Dossiers", "dossier.read", 60, sous="financement-tableau", contract=True),
    ]


class AppelsConfig(AppConfig):
    name = "tenir.appels"
    label = "appels"

    def ready(self) -> None:
        """Say what the room brings: its page, the desk, where its words are changed."""
        from tenir.appels import apparition, beneficiaires, oubli
        from tenir.appels.champs import LECTURE
        from tenir.appels.ecrans import bloc
        from tenir.appels.ecrans.messages import MESSAGES, NOMS
        from tenir.appels.services import liens, rappels
        from tenir.appels.services.messages import erase_unsent
        from tenir.core.emplacements import QUI_RECOIT
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache

        declare(
            Piece(
                "appels",
                urls="tenir.appels.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"appels-a-projets-publics": "appels-a-projets", "appel-a-projets-public": "appel-a-projets"},
                appears={"appel-a-projets": apparition.is_published},
                aide=AIDE,
                slots={QUI_RECOIT: beneficiaires.recipient_of},
                blocks={19: bloc.sections},
                tasks=[
                    Tache("dossiers-jamais-deposes", erase_unsent, timedelta(days=1), time(2, 35), menage=True),
                    Tache("comptes-rendus-attendus", rappels.remind, timedelta(days=1), time(7, 20)),
                ],
                messages=MESSAGES,
                message_names=NOMS,
                links={liens.SALT: liens.open_links, liens.READING: liens.open_readings},
                where=oubli.WHERE,
                personal=oubli.PERSONAL,
                forget=oubli.forget,
            )
        )
