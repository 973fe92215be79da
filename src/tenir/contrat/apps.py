from django.apps import AppConfig


class ContratConfig(AppConfig):
    name = "tenir.contrat"
    label = "contrat"

    def ready(self) -> None:
        """Say who reads the signed contract."""
        from tenir.contrat.champs import LECTURE
        from tenir.core.piece import Piece, declare

        declare(Piece("contrat", levels=LECTURE))
