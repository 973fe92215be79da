from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "preconisations"
AIDE = {
    "preconisations": GUIDE,
    "preconisation": f"{GUIDE}#suivre-une-préconisation",
    "preconisation-nouvelle": f"{GUIDE}#noter-une-préconisation",
    "preconisation-publier": f"{GUIDE}#lire-avant-de-publier",
    "preconisation-repondre": f"{GUIDE}#répondre",
    "preconisation-reponse": f"{GUIDE}#répondre",
    "preconisation-rouvrir": f"{GUIDE}#rouvrir",
    "preconisations-publiques": GUIDE,
    "preconisation-publique": GUIDE,
    "preconisation-deposer": f"{GUIDE}#envoyer-une-préconisation",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [Page("preconisations", "Préconisations", "preconisation.read", 49, sous="reunions", contract=True)]


class PreconisationsConfig(AppConfig):
    name = "tenir.preconisations"
    label = "preconisations"

    def ready(self) -> None:
        """Say what the room brings: its page, the desk, its messages and its links, whose each is."""
        from tenir.core.emplacements import PRECONISE
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.preconisations import apparition, dossier, oubli
        from tenir.preconisations.calculs import computed
        from tenir.preconisations.champs import LECTURE
        from tenir.preconisations.droits import answers, asked_it
        from tenir.preconisations.ecrans import bloc
        from tenir.preconisations.ecrans.messages import MESSAGES, NOMS
        from tenir.preconisations.services import liens
        from tenir.preconisations.services.messages import forget_addresses, remind

        declare(
            Piece(
                "preconisations",
                urls="tenir.preconisations.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"preconisations-publiques": "preconisations", "preconisation-publique": "preconisation"},
                appears={"preconisation": apparition.is_published},
                aide=AIDE,
                blocks={19: bloc.sections},
                tasks=[
                    Tache("rappels-des-preconisations", remind, timedelta(days=1), time(8, 40)),
                    Tache("adresses-des-preconisations", forget_addresses, timedelta(days=1), time(2, 20), menage=True),
                ],
                messages=MESSAGES,
                message_names=NOMS,
                links={liens.SUIVI: liens.open_followed, liens.REPONSE: liens.open_asked},
                slots={PRECONISE: bloc.about},
                a_inscrire={50: dossier.offers},
                subjects=("preconisation_inscrite__preconisation",),
                dossier={60: dossier.parts},
                where=oubli.WHERE,
                personal=oubli.PERSONAL,
                forget=oubli.forget,
                theirs={"preconisation.answer": answers, "preconisation.reopen": asked_it},
                computes={"preconisations": computed},
            )
        )
