from django.apps import AppConfig


class EcranConfig(AppConfig):
    name = "tenir.ecran"
    label = "ecran"

    def ready(self) -> None:
        """Say what every room leans on: named views of lists, the undo of gestures, long works."""
        from datetime import time, timedelta

        from tenir.core.emplacements import VUES
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran import oubli, travaux
        from tenir.ecran.annulation import menage
        from tenir.ecran.ecrans.vues.barre import named_views
        from tenir.ecran.lecture import LECTURE

        declare(
            Piece(
                "ecran",
                urls="tenir.ecran.urls",
                blocks={5: travaux.sections},
                tasks=[Tache("menage-des-gestes", menage.clean, timedelta(days=1), time(2, 10), menage=True)],
                slots={VUES: named_views},
                levels=LECTURE,
                theirs={"vue.update": oubli.is_herself},
                known=oubli.known,
                personal=oubli.PERSONAL,
                forget=oubli.forget,
                where={"ecran.VueNommee": oubli.where_is_a_view},
            )
        )
