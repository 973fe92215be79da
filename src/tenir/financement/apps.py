from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from tenir.core.models import Travail
    from tenir.core.travaux.chantier import Fin, Pas, Suivi
    from tenir.ecran.navigation import Page

LEASE = timedelta(minutes=15)
"""More than writing two thousand rows in one transaction ever takes, during which nothing else is said."""
GUIDE = "argent"
AIDE = {
    "financements": f"{GUIDE}#le-registre",
    "financement": f"{GUIDE}#une-ligne",
    "financement-dire": f"{GUIDE}#une-ligne",
    "financement-nouveau": f"{GUIDE}#une-ligne",
    "financements-importer": f"{GUIDE}#par-un-tableur",
    "financements-comparer": f"{GUIDE}#comparer-un-fichier-de-subventions",
    "financement-subventions": f"{GUIDE}#publier-les-subventions",
    "financement-publier": f"{GUIDE}#publier-les-subventions",
    "financement-rapprochement": f"{GUIDE}#comparer-un-fichier-de-subventions",
    "financement-tableau": f"{GUIDE}#le-tableau-des-financeurs",
    "financement-budget": f"{GUIDE}#le-tableau-des-financeurs",
    "financement-enveloppe": f"{GUIDE}#le-tableau-des-financeurs",
    "financement-images": f"{GUIDE}#le-registre",
    "financement-scenarios": f"{GUIDE}#comparer-des-scénarios",
    "financement-scenario": f"{GUIDE}#comparer-des-scénarios",
    "financement-dispositifs": f"{GUIDE}#les-dispositifs",
    "financement-dispositif": f"{GUIDE}#les-dispositifs",
    "financement-figer": f"{GUIDE}#figer-une-version",
    "financement-demandes": f"{GUIDE}#interroger-les-financeurs",
    "financement-interroger": f"{GUIDE}#interroger-les-financeurs",
    "financement-inscrire": f"{GUIDE}#interroger-les-financeurs",
    "financement-ecarter": f"{GUIDE}#interroger-les-financeurs",
    "financement-decider": f"{GUIDE}#une-ligne",
    "financement-detacher": f"{GUIDE}#une-ligne",
    "decision-argent": f"{GUIDE}#une-ligne",
    "financement-version": f"{GUIDE}#figer-une-version",
}
"""Where the guide explains each page."""


def _pages() -> "list[Page]":
    """What the navigation shows of it."""
    from tenir.ecran.navigation import Page

    return [
        Page("financement-tableau", "Argent", "financement.read", 55, vue="Tableau", contract=True),
        Page("financements", "Registre", "financement.read", 56, sous="financement-tableau", contract=True),
        Page("financement-scenarios", "Scénarios", "financement.read", 57, sous="financement-tableau", contract=True),
        Page("financement-images", "En images", "financement.read", 58, sous="financement-tableau", contract=True),
        Page(
            "financement-dispositifs", "Dispositifs", "financement.read", 59, sous="financement-tableau", contract=True
        ),
        Page(
            "financement-subventions", "Subventions", "financement.read", 59, sous="financement-tableau", contract=True
        ),
        Page("financement-demandes", "Demandes", "financement.define", 60, sous="financement-tableau", contract=True),
    ]


def _read(travail: "Travail", suivi: "Suivi") -> "Pas | Fin":
    """Imported when it serves, as are the two that follow."""
    from tenir.financement.ecrans.travaux import read_some

    return read_some(travail, suivi)


def _amounts(travail: "Travail", suivi: "Suivi") -> "Fin":
    from tenir.financement.ecrans.travaux import write_amounts

    return write_amounts(travail, suivi)


def _take_up(travail: "Travail", suivi: "Suivi") -> "Fin":
    from tenir.financement.ecrans.travaux import take_up_all

    return take_up_all(travail, suivi)


class FinancementConfig(AppConfig):
    name = "tenir.financement"
    label = "financement"

    def ready(self) -> None:
        """Say what the room brings: its pages, the desk, its links, a line for each one that the contract prints."""
        from tenir.contrat.ouverture import open_life
        from tenir.core.emplacements import APPORTS, REGLE
        from tenir.core.piece import Piece, declare
        from tenir.core.taches import Tache
        from tenir.core.travaux.chantier import Chantier
        from tenir.financement import oubli
        from tenir.financement.catalogue import open_schemes
        from tenir.financement.champs import LECTURE
        from tenir.financement.droits import owns_line
        from tenir.financement.ecrans import bloc, decisions
        from tenir.financement.ecrans.messages import MESSAGES, NOMS
        from tenir.financement.ouverture import SORTE
        from tenir.financement.services import commun, liens
        from tenir.financement.services.rapprochements import clean
        from tenir.financement.travaux import AMOUNTS, READING, TAKING

        declare(
            Piece(
                "financement",
                urls="tenir.financement.urls",
                levels=LECTURE,
                pages=_pages(),
                twins={
                    "credits": "financements",
                    "argent-du-contrat": "financement-tableau",
                    "dispositifs": "financement-dispositifs",
                },
                aide=AIDE,
                blocks={19: bloc.sections},
                slots={APPORTS: bloc.brought, REGLE: decisions.settled},
                tasks=[Tache("menage-des-fichiers-de-subventions", clean, timedelta(days=1), time(2, 35), menage=True)],
                works={
                    READING: Chantier(_read, right=commun.DEFINE),
                    AMOUNTS: Chantier(_amounts, right="financement.read", lease=LEASE),
                    TAKING: Chantier(_take_up, right=commun.DEFINE, lease=LEASE),
                },
                messages=MESSAGES,
                message_names=NOMS,
                links={liens.SALT: liens.open_links},
                where=oubli.WHERE,
                forget=oubli.forget,
                theirs={"financement.update": owns_line},
                after_load=[
                    lambda espace, _contrat: open_life(espace, SORTE),
                    lambda espace, _contrat: open_schemes(espace),
                ],
            )
        )
