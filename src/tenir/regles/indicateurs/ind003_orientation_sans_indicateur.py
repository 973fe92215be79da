from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Orientation, ProjetDeQuartier
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import covered
from tenir.regles.registre import regle


@regle("IND003", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.INDICATEURS,))
def orientation_sans_indicateur(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Aucun indicateur ne mesure une orientation.

    ## Ce que la règle vérifie

    Chaque orientation a au moins un indicateur qui la couvre, quand la plupart des autres en ont un, et que chaque
    indicateur a son orientation. Sinon un lien n’a pas été lu : la règle se tait. Les projets de quartier se
    comparent entre eux.

    ## Pourquoi

    Ce qu’aucun indicateur ne mesure disparaîtra du bilan, quoi qu’on ait fait.

    ## Exemple fautif

    Seize orientations, et des indicateurs pour quinze.

    ## Corrigé

    Un indicateur ajouté pour la seizième, ou rattaché à elle.

    ## Source

    Circulaire du 31 août 2023 : un suivi et une évaluation prévus dès la signature.
    """
    links = [covered(contrat, one) for one in contrat.indicateurs]
    if not all(links):
        return
    reached = frozenset().union(*links)
    for kind in (Orientation, ProjetDeQuartier):
        alike = [one for one in contrat.orientations if type(one) is kind]
        bare = [one for one in alike if one.code not in reached]
        if len(bare) > max(1, (len(alike) - 1) // 2) or len(bare) == len(alike):
            continue
        for orientation in bare:
            yield Anomalie(
                orientation,
                f"Aucun des {len(contrat.indicateurs)} indicateurs ne couvre l’orientation « {orientation.titre} ».",
                "Ajoutez un indicateur, ou rattachez-en un.",
            )
