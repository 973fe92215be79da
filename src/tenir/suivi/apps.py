from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "tenir.suivi"
    label = "suivi"

    def ready(self) -> None:
        """Open a fiche for each action as soon as its contract is loaded; say which fiches are a partner's; give the
        loop its task."""
        from datetime import time, timedelta

        from tenir.contrat.chargement import after_load
        from tenir.core.taches import Tache, declare
        from tenir.habilitations.rights import theirs
        from tenir.suivi.droits import is_theirs
        from tenir.suivi.ouverture import open_fiches
        from tenir.suivi.services.imports import clean

        after_load(open_fiches)
        theirs("fiche.update", is_theirs)
        theirs("fiche.confide", is_theirs)
        declare(Tache("menage-des-imports", clean, timedelta(days=1), time(2, 20)))
