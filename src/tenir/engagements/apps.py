from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    name = "tenir.engagements"
    label = "engagements"

    def ready(self) -> None:
        """Say what the life of engagements brings: its pages, what is new, whose each is, one for each item loaded."""
        from tenir.contrat.ouverture import open_life
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page
        from tenir.engagements import oubli, tenue
        from tenir.engagements.champs import LECTURE
        from tenir.engagements.droits import owns_engagement
        from tenir.engagements.ecrans import blocs
        from tenir.engagements.ouverture import SORTE

        declare(
            Piece(
                "engagements",
                urls="tenir.engagements.urls",
                levels=LECTURE,
                pages=[Page("suivi-engagements", "Engagements", "fiche.read", 30, contract=True)],
                twins={
                    "engagements": "suivi-engagements",
                    "engagement": "suivi-engagement",
                    "signataire": "suivi-engagements-etat",
                },
                aide={
                    "suivi-engagement": "engagements",
                    "suivi-engagements": "engagements#la-liste",
                    "suivi-engagements-etat": "engagements#remettre-à-un-signataire-létat-de-ses-engagements",
                },
                novelties=blocs.novelties,
                where=oubli.WHERE,
                traced=tenue.held,
                theirs={"engagement.update": owns_engagement},
                after_load=[lambda espace, _contrat: open_life(espace, SORTE)],
            )
        )
