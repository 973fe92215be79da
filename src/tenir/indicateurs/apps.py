from django.apps import AppConfig


class IndicateursConfig(AppConfig):
    name = "tenir.indicateurs"
    label = "indicateurs"

    def ready(self) -> None:
        """Say what the life of indicators brings: its pages, whose each is, one for each item loaded."""
        from tenir.contrat.ouverture import open_life
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page
        from tenir.indicateurs import oubli, tenue
        from tenir.indicateurs.champs import LECTURE
        from tenir.indicateurs.droits import owns_indicateur
        from tenir.indicateurs.ouverture import SORTE

        declare(
            Piece(
                "indicateurs",
                urls="tenir.indicateurs.urls",
                levels=LECTURE,
                pages=[Page("suivi-indicateurs", "Mesures", "fiche.read", 40, vue="Indicateurs", contract=True)],
                twins={"indicateurs": "suivi-indicateurs", "indicateur": "suivi-indicateur"},
                aide={
                    "suivi-indicateurs": "indicateurs",
                    "suivi-indicateur": "indicateurs#lire-la-page-dun-indicateur",
                    "suivi-indicateur-definir": "indicateurs#définir-le-suivi",
                    "suivi-indicateur-relever": "indicateurs#donner-un-relevé",
                },
                theirs={"releve.create": owns_indicateur},
                where=oubli.WHERE,
                traced=tenue.held,
                after_load=[lambda espace, _contrat: open_life(espace, SORTE)],
            )
        )
