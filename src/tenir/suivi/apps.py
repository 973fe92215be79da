from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "tenir.suivi"
    label = "suivi"

    def ready(self) -> None:
        """Open follow-up as soon as a contract is loaded; say what of it is a partner's."""
        from tenir.contrat.chargement import after_load
        from tenir.habilitations.rights import theirs
        from tenir.suivi.droits import is_theirs, owns_indicateur, owns_promise
        from tenir.suivi.ouverture import open_follow_up

        after_load(open_follow_up)
        theirs("fiche.update", is_theirs)
        theirs("fiche.confide", is_theirs)
        theirs("engagement.update", owns_promise)
        theirs("releve.create", owns_indicateur)
