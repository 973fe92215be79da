from django.apps import AppConfig


class AbonnementsConfig(AppConfig):
    name = "tenir.abonnements"
    label = "abonnements"

    def ready(self) -> None:
        """Say what subscriptions bring: the way to follow what a public page shows, messages, what the loop does."""
        from datetime import time, timedelta

        from tenir.abonnements import oubli
        from tenir.abonnements.champs import LECTURE
        from tenir.abonnements.ecrans.chemin import way_to_follow
        from tenir.abonnements.ecrans.messages import MESSAGES, NOMS
        from tenir.abonnements.services import abonnements
        from tenir.core.emplacements import SUIVRE
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache

        day, guide = timedelta(days=1), "lire-un-contrat#suivre-par-courriel"
        declare(
            Piece(
                "abonnements",
                urls="tenir.abonnements.urls",
                levels=LECTURE,
                aide={"abonnement-nouveau": guide, "suivi": guide},
                slots={SUIVRE: way_to_follow},
                messages=MESSAGES,
                message_names=NOMS,
                links={abonnements.SALT: abonnements.open_links},
                tasks=[
                    Tache("abonnements", abonnements.tell_news, day, time(8)),
                    Tache("menage-des-abonnements", abonnements.sweep, day, time(2, 25), menage=True),
                ],
                known=oubli.known,
                personal=oubli.PERSONAL,
                forget=oubli.forget,
            )
        )
