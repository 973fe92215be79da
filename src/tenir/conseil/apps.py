from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

DAY = timedelta(days=1)
GUIDE = "conseil-citoyen"
AIDE = {
    "conseil": GUIDE,
    "membre-nouveau": f"{GUIDE}#les-membres",
    "mandat-finir": f"{GUIDE}#les-membres",
    "appel": f"{GUIDE}#lappel-à-candidatures",
    "appel-nouveau": f"{GUIDE}#lappel-à-candidatures",
    "appel-figer": f"{GUIDE}#le-tirage-au-sort",
    "appel-tirer": f"{GUIDE}#le-tirage-au-sort",
    "candidature-nouvelle": f"{GUIDE}#lappel-à-candidatures",
    "candidature-corriger": f"{GUIDE}#lappel-à-candidatures",
    "avis-liste": f"{GUIDE}#les-avis",
    "avis-demande": f"{GUIDE}#les-avis",
    "avis-nouveau": f"{GUIDE}#les-avis",
    "avis-corriger": f"{GUIDE}#les-avis",
    "avis": f"{GUIDE}#les-avis",
    "conseil-piece-nouvelle": f"{GUIDE}#les-pièces-et-les-moyens",
    "conseil-bibliotheque": f"{GUIDE}#la-bibliothèque-des-conseils",
    "conseil-question-nouvelle": f"{GUIDE}#les-questions",
    "conseil-question-repondre": f"{GUIDE}#les-questions",
    "conseil-presences": f"{GUIDE}#les-membres",
    "conseil-moyen-nouveau": f"{GUIDE}#les-pièces-et-les-moyens",
    "candidature-retirer": f"{GUIDE}#lappel-à-candidatures",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("conseil", "Conseil citoyen", "conseil.read", 49, vue="Le conseil", contract=True),
        Page("avis-liste", "Avis", "conseil.read", 50, sous="conseil", contract=True),
    ]


class ConseilConfig(AppConfig):
    name = "tenir.conseil"
    label = "conseil"

    def ready(self) -> None:
        """Say what the room brings: its page, the desk, what it erases."""
        from tenir.conseil import dossier, oubli
        from tenir.conseil.calculs import computed
        from tenir.conseil.champs import LECTURE
        from tenir.conseil.droits import answers, sits_in_the_council
        from tenir.conseil.ecrans import bloc
        from tenir.conseil.ecrans.messages import MESSAGES, NOMS
        from tenir.conseil.services import avis, liens
        from tenir.conseil.services.effacement import erase_due
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache

        declare(
            Piece(
                "conseil",
                urls="tenir.conseil.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"conseil-public": "conseil"},
                aide=AIDE,
                blocks={19: bloc.sections},
                computes={"conseil": computed},
                dossier={70: dossier.parts},
                where=oubli.WHERE,
                forget=oubli.forget,
                theirs={
                    "conseil.name": sits_in_the_council,
                    "conseil.file": sits_in_the_council,
                    "conseil.answer": answers,
                },
                links={avis.SALT: avis.open_links, liens.SALT: liens.open_links},
                messages=MESSAGES,
                message_names=NOMS,
                tasks=[
                    Tache("conseil-coordonnees", erase_due, DAY, time(2, 5), menage=True),
                    Tache("conseil-silences", avis.record_silences, DAY, time(0, 20)),
                ],
            )
        )
