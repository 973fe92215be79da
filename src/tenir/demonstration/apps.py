from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "tenir.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        """Say where the demonstration stands, on a site that shows it."""
        from django.conf import settings

        from tenir.core.piece import Piece, declare

        if settings.DEMONSTRATION:
            from tenir.core.emplacements import ENTREE
            from tenir.demonstration.vues import way_in

            declare(Piece("demonstration", urls="tenir.demonstration.urls", slots={ENTREE: way_in}))
        else:
            declare(Piece("demonstration"))
