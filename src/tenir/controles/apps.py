from django.apps import AppConfig


class ControlesConfig(AppConfig):
    name = "tenir.controles"
    label = "controles"

    def ready(self) -> None:
        """Say what controls bring: their pages, and the rules, run when a contract is loaded and again each night."""
        from datetime import time, timedelta

        from tenir.controles.ecrans.a_propos import anomalies_of_item
        from tenir.controles.services import control, control_again
        from tenir.core.emplacements import A_PROPOS
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran.navigation import Page

        declare(
            Piece(
                "controles",
                urls="tenir.controles.urls",
                pages=[Page("qualite", "Qualité du contrat", "anomalie.read", 120, compte=True, contract=True)],
                aide={"qualite": "qualite-du-contrat"},
                slots={A_PROPOS: anomalies_of_item},
                tasks=[Tache("controles", control_again, timedelta(days=1), time(2, 40), menage=True)],
                after_load=[control],
            )
        )
