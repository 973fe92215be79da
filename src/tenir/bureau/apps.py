from django.apps import AppConfig


class BureauConfig(AppConfig):
    name = "tenir.bureau"
    label = "bureau"

    def ready(self) -> None:
        """Say what joins rooms: the desk, figures, the summary, persons, the platform, the head of every page."""
        from datetime import time, timedelta

        from tenir.bureau.ecrans import nouveau
        from tenir.bureau.ecrans.resume.message import write_summary
        from tenir.bureau.services.resumes import GENRE, ask_for_summaries
        from tenir.core.emplacements import COMPTE
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran.navigation import Page, account_links

        declare(
            Piece(
                "bureau",
                urls="tenir.bureau.urls",
                pages=[
                    Page("espace", "Aujourd’hui", "fiche.read", 10, contract=True),
                    Page("chiffres", "Chiffres", "fiche.read", 70, contract=True),
                    Page("personnes", "Personnes", "personne.erase", 130, platform=True),
                    Page("fonctionnement", "Fonctionnement", "plateforme.update", 160, platform=True),
                ],
                blocks={50: nouveau.sections},
                slots={COMPTE: account_links},
                tasks=[Tache("resumes", ask_for_summaries, timedelta(days=1), time(7, 30))],
                messages={GENRE: write_summary},
            )
        )
