from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "evaluation"
AIDE = {
    "evaluations": GUIDE,
    "evaluation": GUIDE,
    "evaluation-nouvelle": f"{GUIDE}#préparer",
    "evaluation-modifier": f"{GUIDE}#préparer",
    "question-d-evaluation": f"{GUIDE}#préparer",
    "evaluation-figer": f"{GUIDE}#figer-la-situation",
    "instantane": f"{GUIDE}#figer-la-situation",
    "evaluation-comparaison": f"{GUIDE}#lire-ce-qui-a-bougé",
    "evaluation-orientation": f"{GUIDE}#apprécier-et-actualiser-les-besoins",
    "evaluation-apprecier": f"{GUIDE}#apprécier-et-actualiser-les-besoins",
    "evaluation-chiffre": f"{GUIDE}#apprécier-et-actualiser-les-besoins",
    "evaluation-contributions": f"{GUIDE}#demander-aux-organismes",
    "evaluation-solliciter": f"{GUIDE}#demander-aux-organismes",
    "evaluation-contribution": f"{GUIDE}#demander-aux-organismes",
    "evaluation-dossier": f"{GUIDE}#le-dossier",
    "evaluation-partager": f"{GUIDE}#partager-puis-publier",
    "evaluation-publier": f"{GUIDE}#partager-puis-publier",
    "evaluation-retirer": f"{GUIDE}#partager-puis-publier",
    "evaluations-publiques": GUIDE,
    "evaluation-publique": GUIDE,
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [Page("evaluations", "Évaluations", "evaluation.read", 42, sous="suivi-indicateurs", contract=True)]


class EvaluationConfig(AppConfig):
    name = "tenir.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Say what the room brings: its pages, the desk, its message and its link, whose an évaluation is."""
        from tenir.core.piece import Piece, declare
        from tenir.evaluation import apparition, oubli
        from tenir.evaluation.champs import LECTURE
        from tenir.evaluation.droits import leads
        from tenir.evaluation.ecrans import bloc
        from tenir.evaluation.ecrans.messages import MESSAGES, NOMS
        from tenir.evaluation.services import liens
        from tenir.evaluation.services.commun import RIGHT

        declare(
            Piece(
                "evaluation",
                urls="tenir.evaluation.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"evaluations-publiques": "evaluations", "evaluation-publique": "evaluation"},
                appears={"evaluation": apparition.is_published},
                aide=AIDE,
                blocks={21: bloc.sections},
                messages=MESSAGES,
                message_names=NOMS,
                links={liens.CONTRIBUTION: liens.open_links},
                where=oubli.WHERE,
                forget=oubli.forget,
                theirs={RIGHT: leads},
            )
        )
