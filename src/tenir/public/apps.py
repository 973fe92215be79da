from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "tenir.public"
    label = "public"

    def ready(self) -> None:
        """Say where the public pages stand."""
        from tenir.core.piece import Piece, declare

        declare(Piece("public", urls="tenir.public.urls"))
