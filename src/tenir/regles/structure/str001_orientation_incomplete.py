from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

PARTS = (
    ("objectifs", "aucun objectif"),
    ("actions", "aucune action"),
    ("pilotes", "aucun pilote"),
    ("donnees", "aucun chiffre"),
    ("credits", "aucune ligne de crédits"),
)


@regle("STR001", gravite=Gravite.A_CORRIGER, depuis="0.1")
def orientation_incomplete(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une orientation n’a pas tout ce qu’il faut pour être suivie.

    ## Ce que la règle vérifie

    Chaque orientation a au moins un objectif, une action, un pilote, un chiffre de départ et une ligne de crédits.

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
    for orientation in contrat.orientations:
        missing = [said for name, said in PARTS if not getattr(orientation, name)]
        if missing:
            yield Anomalie(
                orientation,
                f"L’orientation « {orientation.titre} » n’a {', '.join(missing)}.",
                "Complétez-la, ou dites pourquoi cette part manque.",
            )
