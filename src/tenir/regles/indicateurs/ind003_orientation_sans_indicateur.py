from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle


@regle("IND003", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.INDICATEURS,))
def orientation_sans_indicateur(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Aucun indicateur ne mesure une orientation.

    ## Ce que la règle vérifie

    Quand le contrat imprime des indicateurs, chaque orientation en a au moins un qui la couvre.

    ## Pourquoi

    Ce qu’aucun indicateur ne mesure disparaîtra du bilan, quoi qu’on ait fait.

    ## Exemple fautif

    Seize orientations, et des indicateurs pour quinze.

    ## Corrigé

    Un indicateur ajouté pour la seizième, ou rattaché à elle.

    ## Source

    Circulaire du 31 août 2023 : un suivi et une évaluation prévus dès la signature.
    """
    covered = {code for one in contrat.indicateurs for code in one.orientations}
    for orientation in contrat.orientations if contrat.indicateurs else ():
        if orientation.code not in covered:
            yield Anomalie(
                orientation,
                f"Aucun des {len(contrat.indicateurs)} indicateurs ne couvre l’orientation « {orientation.titre} ».",
                "Ajoutez un indicateur, ou rattachez-en un.",
            )
