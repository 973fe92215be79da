from django.apps import AppConfig


class ControlesConfig(AppConfig):
    name = "tenir.controles"
    label = "controles"

    def ready(self) -> None:
        """Put each contract through the rules when it is loaded, and again each night when the rules have changed."""
        from datetime import time, timedelta

        from tenir.contrat.chargement import after_load
        from tenir.controles.services import control, control_again
        from tenir.core.taches import Tache, declare

        after_load(control)
        declare(Tache("controles", control_again, timedelta(days=1), time(2, 40)))
