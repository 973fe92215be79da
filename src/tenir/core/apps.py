from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tenir.core"
    label = "core"

    def ready(self) -> None:
        """Give the loop its nightly tasks and its works."""
        from datetime import time, timedelta

        from tenir.core import alphabet, envoi_des_releves, retrait
        from tenir.core.courriels import SENDING
        from tenir.core.nuit import nightly
        from tenir.core.piece import Piece, declare
        from tenir.core.sauvegarde.travail import CHANTIER, KIND
        from tenir.core.taches import Tache
        from tenir.core.travaux.fichiers import clean

        alphabet.install()
        cleaning = Tache("menage-des-travaux", clean, timedelta(days=1), time(2, 10), menage=True)
        declare(
            Piece(
                "core",
                at_once={"essai-d-installation": "le message d’essai de l’installation"},
                tasks=[*nightly(), SENDING, cleaning],
                works={KIND: CHANTIER},
                messages={envoi_des_releves.GENRE: envoi_des_releves.write},
                message_names={envoi_des_releves.GENRE: "Relevés de la trace"},
                personal=retrait.PERSONAL,
                forget=retrait.forget,
            )
        )
