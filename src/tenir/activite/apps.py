from django.apps import AppConfig


class ActiviteConfig(AppConfig):
    name = "tenir.activite"
    label = "activite"

    def ready(self) -> None:
        """Say what the register brings: its pages, who reads it, whose each entry is, its sums, its trace."""
        from tenir.activite import oubli, tenue
        from tenir.activite.champs import LECTURE
        from tenir.activite.droits import owns_entree
        from tenir.activite.models import Entree
        from tenir.activite.services.cumuls import kept_right
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page

        declare(
            Piece(
                "activite",
                urls="tenir.activite.urls",
                levels=LECTURE,
                pages=[
                    Page("activite", "Activité", "activite.read", 35, vue="Entrées", contract=True),
                    Page("natures", "Natures", "nature.update", 36, sous="activite", contract=True),
                ],
                aide={
                    "activite": "activite",
                    "entree": "activite#lire-une-entrée",
                    "natures": "natures",
                    "nature": "natures#la-page-dune-nature",
                },
                theirs={"entree.update": owns_entree, "serie.update": owns_entree},
                where=oubli.WHERE,
                traced=tenue.held,
                undone={Entree._meta.label: kept_right},
            )
        )
