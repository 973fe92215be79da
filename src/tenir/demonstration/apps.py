from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "tenir.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        """Say where the demonstration stands, on a site that shows it."""
        from django.conf import settings

        from tenir.core.piece import Piece, declare

        declare(Piece("demonstration", urls="tenir.demonstration.urls" if settings.DEMONSTRATION else ""))
