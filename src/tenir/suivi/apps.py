from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "tenir.suivi"
    label = "suivi"

    def ready(self) -> None:
        """Open follow-up with each contract; say what is a partner's, what one hands over, what each day brings."""
        from datetime import time, timedelta

        from tenir.contrat.chargement import after_load
        from tenir.core.taches import Tache, declare
        from tenir.habilitations.passation import holds
        from tenir.habilitations.rights import theirs
        from tenir.suivi.droits import is_theirs, owns_indicateur, owns_promise
        from tenir.suivi.ouverture import open_follow_up
        from tenir.suivi.services.imports import clean
        from tenir.suivi.services.passation import count_fiches, transfer_fiches
        from tenir.suivi.services.resumes import ask_for_summaries

        after_load(lambda espace, _contrat: open_follow_up(espace))
        theirs("fiche.update", is_theirs)
        theirs("fiche.confide", is_theirs)
        theirs("engagement.update", owns_promise)
        theirs("releve.create", owns_indicateur)
        holds("fiche action", plural="fiches action", genre="f", count=count_fiches, transfer=transfer_fiches)
        declare(Tache("menage-des-imports", clean, timedelta(days=1), time(2, 20)))
        declare(Tache("resumes", ask_for_summaries, timedelta(days=1), time(7, 30)))
