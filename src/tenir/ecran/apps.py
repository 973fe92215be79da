from django.apps import AppConfig


class EcranConfig(AppConfig):
    name = "tenir.ecran"
    label = "ecran"

    def ready(self) -> None:
        """Say what every room leans on: the page of a long work, and those under way on the desk."""
        from tenir.core.piece import Piece, declare
        from tenir.ecran import travaux

        declare(Piece("ecran", urls="tenir.ecran.urls", blocks={5: travaux.sections}))
