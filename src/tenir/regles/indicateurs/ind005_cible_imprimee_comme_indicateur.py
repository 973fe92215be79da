from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import is_aim
from tenir.regles.registre import regle


@regle("IND005", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.INDICATEURS,))
def cible_imprimee_comme_indicateur(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une cible ou une action est imprimée comme un indicateur.

    ## Ce que la règle vérifie

    Le libellé d’un indicateur ne commence pas par un verbe à l’infinitif : ce serait un but ou une action.

    ## Pourquoi

    On ne sait plus ce qui se mesure, ni si la cible est tenue : « réduire de 10 % » ne dit pas quoi, ni depuis
    quand.

    ## Exemple fautif

    Réduire de 10 % les écarts de réussite scolaire.

    ## Corrigé

    Écart de réussite au brevet entre le quartier et l’académie (cible : 10 % de moins qu’en 2023).

    ## Source

    Instruction du 4 janvier 2024 : des indicateurs de suivi réalistes.
    """
    for indicateur in contrat.indicateurs:
        if is_aim(indicateur):
            yield Anomalie(
                indicateur,
                f"« {indicateur.libelle} » dit un but ou une action, pas une mesure.",
                "Dites ce que l’on compte, et mettez le but dans la cible.",
            )
