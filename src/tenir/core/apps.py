from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tenir.core"
    label = "core"

    def ready(self) -> None:
        """Give the loop its nightly tasks."""
        from tenir.core.courriels import SENDING
        from tenir.core.nuit import nightly
        from tenir.core.piece import Piece, declare

        declare(Piece("core", tasks=[*nightly(), SENDING]))
