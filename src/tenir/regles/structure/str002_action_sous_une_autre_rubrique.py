from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("STR002", gravite=Gravite.A_CORRIGER, depuis="0.1")
def action_sous_une_autre_rubrique(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une action est imprimée sous une autre rubrique.

    ## Ce que la règle vérifie

    Chaque action est imprimée sous la rubrique des actions de son orientation, pas sous celle des objectifs ou
    du constat.

    ## Pourquoi

    Rangée ailleurs, elle échappe à qui fait la liste des actions : personne ne la pilote, personne ne la suit.

    ## Exemple fautif

    Sous « Objectifs » : ouvrir une permanence chaque mardi à la maison du projet.

    ## Corrigé

    La même ligne, sous « Actions ».

    ## Source

    Méthode : un élément est rangé avec les siens.
    """
    for orientation in contrat.orientations:
        for action in orientation.actions:
            if action.imprimee_sous:
                yield Anomalie(
                    action,
                    f"L’action « {action.titre} » est imprimée sous « {action.imprimee_sous} ».",
                    "Déplacez-la parmi les actions.",
                )
