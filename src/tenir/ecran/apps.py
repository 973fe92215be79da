from django.apps import AppConfig


class EcranConfig(AppConfig):
    name = "tenir.ecran"
    label = "ecran"

    def ready(self) -> None:
        """Say what every room leans on: the undo of gestures, cleaned each night, and long works."""
        from datetime import time, timedelta

        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran import travaux
        from tenir.ecran.annulation import menage

        declare(
            Piece(
                "ecran",
                urls="tenir.ecran.urls",
                blocks={5: travaux.sections},
                tasks=[Tache("menage-des-gestes", menage.clean, timedelta(days=1), time(2, 10))],
                forget=menage.forget,
            )
        )
