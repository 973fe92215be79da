from django.apps import AppConfig


class EcranConfig(AppConfig):
    name = "tenir.ecran"
    label = "ecran"

    def ready(self) -> None:
        """Say what undoing brings: its pages, the cleaning of each night, what it drops of an erased person."""
        from datetime import time, timedelta

        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran.annulation import menage

        declare(
            Piece(
                "ecran",
                urls="tenir.ecran.urls",
                tasks=[Tache("menage-des-gestes", menage.clean, timedelta(days=1), time(2, 10))],
                forget=menage.forget,
            )
        )
