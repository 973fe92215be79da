from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.ecran.navigation import Page

GUIDE = "reunions"
AIDE = {
    "reunions": GUIDE,
    "reunion": f"{GUIDE}#tenir-une-réunion",
    "mon-agenda": f"{GUIDE}#les-réunions-dans-mon-agenda",
    "reunion-construire": f"{GUIDE}#convoquer",
    "reunion-porte": f"{GUIDE}#tenir-une-réunion",
    "porte": f"{GUIDE}#tenir-une-réunion",
    "reunion-dossier": f"{GUIDE}#le-dossier-de-la-réunion",
    "reunion-convoquer": f"{GUIDE}#convoquer",
    "reunion-reponse-d-agenda": f"{GUIDE}#une-réponse-venue-dun-agenda",
    "convocation": f"{GUIDE}#convoquer",
    "convocation-correction": f"{GUIDE}#le-compte-rendu",
    "reunion-compter": f"{GUIDE}#ce-quune-réunion-compte",
    "instance-compter": f"{GUIDE}#ce-quune-réunion-compte",
    "reunion-diffuser": f"{GUIDE}#le-compte-rendu",
    "instances": f"{GUIDE}#les-instances",
    "instance-suivie": f"{GUIDE}#les-instances",
    "decisions": f"{GUIDE}#les-décisions",
    "decision": f"{GUIDE}#les-décisions",
    "propositions": f"{GUIDE}#les-propositions",
    "proposition": f"{GUIDE}#les-propositions",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("reunions", "Réunions", "reunion.read", 45, contract=True),
        Page("decisions", "Décisions", "reunion.read", 46, sous="reunions", contract=True),
        Page("propositions", "Propositions", "reunion.read", 47, sous="reunions", contract=True),
        Page("instances", "Instances", "reunion.read", 48, sous="reunions", contract=True),
    ]


class GouvernanceConfig(AppConfig):
    name = "tenir.gouvernance"
    label = "gouvernance"

    def ready(self) -> None:
        """Say what the room brings: its pages, the desk, its messages, its links, one life for each body loaded."""
        from tenir.contrat.ouverture import open_life
        from tenir.core.emplacements import DECIDE, VIENT_DE
        from tenir.core.piece import Piece, declare
        from tenir.gouvernance import apparition, dossier, oubli
        from tenir.gouvernance.champs import LECTURE
        from tenir.gouvernance.droits import owns_decision
        from tenir.gouvernance.ecrans import bloc
        from tenir.gouvernance.ecrans.messages import MESSAGES, NOMS
        from tenir.gouvernance.ouverture import SORTE
        from tenir.gouvernance.services import agendas, liens, ordre_du_jour, portes, sondages

        declare(
            Piece(
                "gouvernance",
                urls="tenir.gouvernance.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={"gouvernance": "instances", "instance": "instance-suivie", "reunion-publique": "reunion"},
                appears={"instance-suivie": apparition.is_signed, "reunion": apparition.is_published},
                aide=AIDE,
                blocks={18: bloc.sections},
                slots={DECIDE: bloc.decided, VIENT_DE: bloc.emitted_by},
                messages=MESSAGES,
                message_names=NOMS,
                links={
                    liens.SALT: liens.open_links,
                    agendas.SALT: agendas.open_links,
                    portes.SALT: portes.open_links,
                    sondages.SALT: sondages.open_links,
                },
                where=oubli.WHERE,
                known=oubli.known,
                forget=oubli.forget,
                struck=oubli.STRUCK,
                a_inscrire={10: ordre_du_jour.decisions, 20: ordre_du_jour.propositions, 30: ordre_du_jour.obligations},
                dossier={10: dossier.agenda, 20: dossier.documents, 40: dossier.decisions, 50: dossier.obligations},
                subjects=("reprend", "proposition"),
                theirs={"decision.update": owns_decision},
                after_load=[lambda espace, _contrat: open_life(espace, SORTE)],
            )
        )
