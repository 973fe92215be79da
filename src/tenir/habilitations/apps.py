from django.apps import AppConfig
from django.core import checks


class HabilitationsConfig(AppConfig):
    name = "tenir.habilitations"
    label = "habilitations"

    def ready(self) -> None:
        """Say what is a partner's in this room; the rooms above say what is in theirs."""
        from datetime import time, timedelta

        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.habilitations import mentions, oubli
        from tenir.habilitations.champs import LECTURE
        from tenir.habilitations.checks import every_right_on_theirs_has_a_predicate
        from tenir.habilitations.mots import MOTS

        checks.register(every_right_on_theirs_has_a_predicate)
        declare(
            Piece(
                "habilitations",
                levels=LECTURE,
                words=MOTS,
                tasks=[Tache("menage-des-mentions", mentions.settle, timedelta(days=1), time(2, 10), menage=True)],
                personal=oubli.PERSONAL,
                forget=oubli.forget,
                theirs={
                    "contact.read": lambda held, referent: referent.organisation_id == held.organisation_id,
                    "contact.update": lambda held, referent: referent.organisation_id == held.organisation_id,
                    "trace.read": lambda held, personne: personne.pk == held.personne_id,
                },
            )
        )
