from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.engagements.commun import promises
from tenir.regles.registre import regle


@regle("ENG004", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.ENGAGEMENTS,))
def orientation_que_personne_ne_promet(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Aucun signataire ne s’engage pour une orientation.

    ## Ce que la règle vérifie

    Chaque orientation est servie par l’engagement d’un signataire au moins. La règle ne parle que si le fichier
    rapproche déjà des engagements et des orientations.

    ## Pourquoi

    L’orientation est dans le contrat, et personne n’a promis d’y travailler.

    ## Exemple fautif

    Une orientation sur la mobilité, et dix-neuf signataires qui n’en disent rien.

    ## Corrigé

    L’autorité organisatrice des transports promet une fréquence.

    ## Source

    Loi 2014-173, article 6 : le contrat dit ses signataires et ce qu’ils engagent.
    """
    served = {code for one in contrat.signataires for promise in promises(one) for code in promise.orientations}
    if not served:
        return
    for orientation in contrat.orientations:
        if orientation.code not in served:
            yield Anomalie(
                orientation,
                f"Aucun signataire ne s’engage pour « {orientation.titre} ».",
                "Demandez un engagement à son pilote, ou rattachez-lui ceux qui la servent.",
            )
