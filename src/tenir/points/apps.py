from django.apps import AppConfig

BEHIND_A_LINK = (
    "reponse",
    "repondre",
    "fichier",
    "rien-de-nouveau",
    "terminer",
    "fin",
    "transmettre",
    "pas-moi",
    "ne-plus",
)
"""The pages that the link of someone asked opens."""
AIDE = {
    "points": "points-d-etape",
    "etats": "engagements#remettre-à-tous-létat-de-leurs-engagements",
    "etat-remis": "engagements#remettre-à-tous-létat-de-leurs-engagements",
    "point": "points-d-etape#louvrir-et-lenvoyer",
    "point-reponses": "points-d-etape#lire-les-réponses",
    "point-lire": "points-d-etape#lire-les-réponses",
    "point-synthese": "points-d-etape#la-synthèse",
    **{f"point-{one}": "points-d-etape#ce-que-reçoit-la-personne" for one in BEHIND_A_LINK},
}
"""Where each page is explained in the guide."""


class PointsConfig(AppConfig):
    name = "tenir.points"
    label = "points"

    def ready(self) -> None:
        """Say what points d’étape bring: their pages, the desk, their messages."""
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page
        from tenir.equipe.services.relances import REFUS
        from tenir.points import oubli
        from tenir.points.champs import LECTURE
        from tenir.points.ecrans import bloc
        from tenir.points.ecrans.etats.message import write_statement
        from tenir.points.ecrans.messages import MESSAGES, NOMS
        from tenir.points.services import etats, liens
        from tenir.points.services.destinataires import unwilling

        declare(
            Piece(
                "points",
                urls="tenir.points.urls",
                levels=LECTURE,
                pages=[
                    Page("points", "Échanges", "point.update", 50, vue="Points d’étape", contract=True),
                    Page("etats", "États des engagements", "point.update", 51, sous="points", contract=True),
                ],
                aide=AIDE,
                blocks={20: bloc.sections},
                novelties=bloc.novelties,
                messages={**MESSAGES, etats.ETAT: write_statement},
                slots={REFUS: unwilling},
                forget=oubli.forget,
                where=oubli.WHERE,
                struck=oubli.STRUCK,
                links={liens.SALT: liens.open_links, etats.SALT: etats.open_links},
                message_names={**NOMS, etats.ETAT: "État des engagements"},
            )
        )
