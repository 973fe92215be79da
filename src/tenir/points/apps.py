from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "tenir.points"
    label = "points"

    def ready(self) -> None:
        """Say what points d’étape bring: their pages, the desk, their messages."""
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page
        from tenir.points.champs import LECTURE
        from tenir.points.ecrans import bloc
        from tenir.points.ecrans.messages import MESSAGES

        declare(
            Piece(
                "points",
                urls="tenir.points.urls",
                levels=LECTURE,
                pages=[Page("points", "Points d’étape", "point.update", 50, contract=True)],
                blocks={20: bloc.sections},
                novelties=bloc.novelties,
                messages=MESSAGES,
            )
        )
