from django.apps import AppConfig

AIDE = {
    "fiches": "tableau-des-fiches",
    "fiches-lot": "tableau-des-fiches#changer-plusieurs-fiches",
    "fiches-deposer": "tableau-des-fiches#remplir-dans-un-tableur",
    "fiches-import": "tableau-des-fiches#remplir-dans-un-tableur",
    "fiches-imports": "tableau-des-fiches#remplir-dans-un-tableur",
    "frise": "bureau#la-frise",
    "fiche": "fiches-action",
    "fiche-nouvelle": "fiches-action#donner-des-nouvelles",
    "fiche-qui-lit-quoi": "fiches-action#qui-lit-qui-change",
}
"""Where each page is explained in the guide."""


class FichesConfig(AppConfig):
    name = "tenir.fiches"
    label = "fiches"

    def ready(self) -> None:
        """Say what fiches bring: their pages, the desk, who carries what, a fiche for each action loaded."""
        from datetime import time, timedelta

        from tenir.contrat.emplacements import ACTIONS
        from tenir.contrat.ouverture import open_life
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.ecran.navigation import Page
        from tenir.fiches import oubli, tenue
        from tenir.fiches.champs import LECTURE
        from tenir.fiches.droits import is_theirs
        from tenir.fiches.ecrans import blocs
        from tenir.fiches.ecrans.page.commun import linked_actions
        from tenir.fiches.ecrans.tableau import bloc as imports
        from tenir.fiches.ecrans.tableau import lecture
        from tenir.fiches.ouverture import SORTE
        from tenir.fiches.services.imports import clean
        from tenir.fiches.services.passation import count_fiches, transfer_fiches
        from tenir.habilitations.passation import Charge

        declare(
            Piece(
                "fiches",
                urls="tenir.fiches.urls",
                levels=LECTURE,
                pages=[
                    Page("fiches", "Actions", "fiche.read", 20, vue="Liste", contract=True),
                    Page("frise", "Frise", "fiche.read", 21, sous="fiches", contract=True),
                ],
                twins={"actions": "fiches", "action": "fiche"},
                aide=AIDE,
                blocks={10: blocs.sections, 40: imports.sections},
                novelties=blocs.novelties,
                theirs={"fiche.update": is_theirs, "fiche.confide": is_theirs},
                charges=[
                    Charge("fiche action", count_fiches, transfer_fiches, plural="fiches action", genre="f"),
                ],
                tasks=[Tache("menage-des-imports", clean, timedelta(days=1), time(2, 20), menage=True)],
                works={lecture.KIND: lecture.CHANTIER},
                slots={ACTIONS: linked_actions},
                forget=oubli.forget,
                where=oubli.WHERE,
                traced=tenue.held,
                after_load=[lambda espace, _contrat: open_life(espace, SORTE)],
            )
        )
