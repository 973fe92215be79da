from collections.abc import Iterator, Sequence

from tenir.fichier.enums import NatureDePartie
from tenir.fichier.modeles import ContratDeVille, Orientation, ProjetDeQuartier
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

PARTS = (
    ("objectifs", "aucun objectif"),
    ("actions", "aucune action"),
    ("pilotes", "aucun pilote"),
    ("donnees", "aucun chiffre"),
    ("credits", "aucune ligne de crédits"),
    ("constat", "ni constat ni enjeux"),
    ("services_associes", "aucun service associé"),
)
"""What an orientation is made of, and how its absence is said."""
SITUATION = {NatureDePartie.CONSTAT, NatureDePartie.ENJEUX}
"""The parts that tell where an orientation starts from."""


@regle("STR001", gravite=Gravite.A_CORRIGER, depuis="0.1")
def orientation_incomplete(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une orientation n’a pas tout ce qu’il faut pour être suivie.

    ## Ce que la règle vérifie

    Chaque orientation a ce que la moitié au moins des orientations du contrat ont : un objectif, une action, un pilote,
    un chiffre de départ, une ligne de crédits, un constat ou des enjeux, un service associé. Un contrat qui nomme ses
    pilotes dans ses actions, ou qui met ses chiffres ailleurs, n’est pas en faute. Les projets de quartier se comparent
    entre eux.

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
    projets = [one for one in contrat.orientations if isinstance(one, ProjetDeQuartier)]
    communes = [one for one in contrat.orientations if not isinstance(one, ProjetDeQuartier)]
    for group in (communes, projets):
        asked = [(name, said) for name, said in PARTS if _is_usual(group, name)]
        for orientation in group:
            missing = [said for name, said in asked if not _held(orientation, name)]
            if missing and len(missing) < len(asked):
                yield Anomalie(
                    orientation,
                    f"L’orientation « {orientation.titre} » n’a {', '.join(missing)}.",
                    "Complétez-la, ou dites pourquoi cette part manque.",
                )


def _is_usual(orientations: Sequence[Orientation], name: str) -> bool:
    """Whether half of the orientations have that part: a contract that seldom prints one chose to."""
    return 2 * sum(_held(one, name) for one in orientations) >= max(len(orientations), 1)


def _held(orientation: Orientation, name: str) -> bool:
    if name == "constat":
        return any(partie.nature in SITUATION for partie in orientation.parties)
    if name == "credits" and any(partie.nature is NatureDePartie.CREDITS for partie in orientation.parties):
        return True  # a part that says « Néant » says it
    return bool(getattr(orientation, name))
