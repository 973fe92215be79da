from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.credits.commun import filled, left_empty
from tenir.regles.mots import accord, compte
from tenir.regles.registre import regle


@regle("FIN001", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.CREDITS,))
def ligne_de_credits_vide(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un financeur est nommé, et rien n’est écrit derrière.

    ## Ce que la règle vérifie

    Chaque ligne de crédits dit quelque chose derrière son financeur, quand la plupart des lignes du contrat le font
    : un contrat qui ne fait que nommer ses financeurs n’en laisse aucune vide. Un nom dans une énumération («
    financé par la CAF, la Région ») n’est pas une ligne. La règle fait une remarque par orientation.

    ## Pourquoi

    Une ligne vide laisse croire que le financeur s’engage. Il n’a rien écrit.

    ## Exemple fautif

    Crédits de droit commun : Département :

    ## Corrigé

    Crédits de droit commun : Département : fonds d’aide aux jeunes ; ou la ligne retirée.

    ## Source

    Loi 2014-173, article 6 : les signataires mobilisent d’abord leurs moyens de droit commun.
    """
    if not filled(contrat):
        return
    for orientation in contrat.orientations:
        empty = [line for line in orientation.credits if left_empty(line)]
        if empty:
            funders = ", ".join(dict.fromkeys(line.financeur for line in empty))
            yield Anomalie(
                orientation,
                f"{compte(len(empty), 'ligne')} de crédits sur {len(orientation.credits)} "
                f"{accord(len(empty), 'est restée vide', 'sont restées vides')} : {funders}.",
                "Demandez au financeur ce qu’il apporte, ou retirez la ligne.",
                source=tuple(plage for line in empty for plage in line.source),
            )
