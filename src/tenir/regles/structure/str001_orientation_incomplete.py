from collections.abc import Iterator

from tenir.fichier.enums import NatureDePartie
from tenir.fichier.modeles import ContratDeVille, Orientation
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

PARTS = (
    ("objectifs", "aucun objectif"),
    ("actions", "aucune action"),
    ("pilotes", "aucun pilote"),
    ("donnees", "aucun chiffre"),
    ("credits", "aucune ligne de crédits"),
)
PRINTED = (("constat", "ni constat ni enjeux"), ("services_associes", "aucun service associé"))
"""The parts that an orientation must have only if another one of the contract has them."""
SITUATION = {NatureDePartie.CONSTAT, NatureDePartie.ENJEUX}
"""The parts that tell where an orientation starts from."""


@regle("STR001", gravite=Gravite.A_CORRIGER, depuis="0.1")
def orientation_incomplete(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une orientation n’a pas tout ce qu’il faut pour être suivie.

    ## Ce que la règle vérifie

    Chaque orientation a au moins un objectif, une action, un pilote, un chiffre de départ et une ligne de crédits ;
    et un constat (ou des enjeux) et un service associé, si une autre orientation du contrat en a.

    ## Pourquoi

    Sans pilote, personne n’appelle personne. Sans chiffre, on ne mesurera rien. Sans action, l’orientation est
    un vœu.

    ## Exemple fautif

    Une orientation avec six actions et personne pour les piloter.

    ## Corrigé

    La même, où un organisme connu est nommé pilote.

    ## Source

    Loi 2014-173, article 6 : le contrat définit des objectifs, des actions, leurs signataires et leurs moyens.
    """
    parts = [*PARTS, *((name, said) for name, said in PRINTED if _is_printed(contrat, name))]
    for orientation in contrat.orientations:
        missing = [said for name, said in parts if not _held(orientation, name)]
        if missing:
            yield Anomalie(
                orientation,
                f"L’orientation « {orientation.titre} » n’a {', '.join(missing)}.",
                "Complétez-la, ou dites pourquoi cette part manque.",
            )


def _is_printed(contrat: ContratDeVille, name: str) -> bool:
    """Whether this contract gives that part to some orientation: one that has none anywhere chose to."""
    return any(_held(orientation, name) for orientation in contrat.orientations)


def _held(orientation: Orientation, name: str) -> bool:
    if name == "constat":
        return any(partie.nature in SITUATION for partie in orientation.parties)
    return bool(getattr(orientation, name))
