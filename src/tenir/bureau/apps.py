from django.apps import AppConfig

AIDE = {
    "aujourdhui": "bureau",
    "copilotage": "copilotage",
    "chiffres": "bureau#le-contrat-en-chiffres",
    "demarrage": "bureau#bien-commencer",
    "papier": "bureau#le-papier-du-comité",
    "personnes": "personnes#effacer-une-personne-à-sa-demande",
    "personne": "personnes#effacer-une-personne-à-sa-demande",
    "personne-mentions": "personnes#les-textes-qui-la-nomment",
    "fonctionnement": "acces#la-plateforme",
    "mes-contrats": "bureau",
    "mes-donnees": "personnes#ce-que-tenir-sait-de-moi",
    "mon-resume": "personnes#le-résumé-de-mes-contrats",
    "resume": "personnes#le-résumé-de-mes-contrats",
}
"""Where each page is explained in the guide."""


class BureauConfig(AppConfig):
    name = "tenir.bureau"
    label = "bureau"

    def ready(self) -> None:
        """Say what joins rooms: the desk, figures, the summary, persons, the platform, the head of every page."""
        from datetime import timedelta

        from tenir.bureau import oubli
        from tenir.bureau.ecrans import nouveau
        from tenir.bureau.ecrans.resume.message import write_summary
        from tenir.bureau.papier import reunion
        from tenir.bureau.services.resumes import GENRE, HOUR, SALT, ask_for_summaries, open_links
        from tenir.core.emplacements import TETE
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran.navigation import Page
        from tenir.ecran.tete import head

        declare(
            Piece(
                "bureau",
                urls="tenir.bureau.urls",
                pages=[
                    Page("aujourdhui", "Aujourd’hui", "fiche.read", 10, contract=True),
                    Page("copilotage", "Copilotage", "copilotage.read", 15, contract=True),
                    Page("chiffres", "Chiffres", "fiche.read", 22, sous="fiches", contract=True),
                    Page("papier", "Pour le comité", "fiche.read", 23, sous="fiches", contract=True),
                    Page("demarrage", "Bien commencer", "point.update", 135, compte=True, contract=True),
                    Page("personnes", "Personnes", "personne.erase", 150, compte=True, platform=True),
                    Page("fonctionnement", "Fonctionnement", "plateforme.update", 160, compte=True, platform=True),
                ],
                twins={"contrat": "aujourdhui"},
                aide=AIDE,
                blocks={50: nouveau.sections},
                dossier={30: reunion.difficulties},
                a_inscrire={40: reunion.late_actions},
                slots={TETE: head},
                tasks=[Tache("resumes", ask_for_summaries, timedelta(days=1), HOUR)],
                forget=oubli.forget,
                messages={GENRE: write_summary},
                links={SALT: open_links},
                message_names={GENRE: "Résumé"},
                at_once={
                    "nouvelle-adresse": "le code d’une nouvelle adresse",
                    "adresse-changee": "le changement d’adresse, dit à l’ancienne",
                },
            )
        )
