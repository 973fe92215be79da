from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord, compte
from tenir.regles.registre import regle


@regle("FIN001", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.CREDITS,))
def ligne_de_credits_vide(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un financeur est nommé, et rien n’est écrit derrière.

    ## Ce que la règle vérifie

    Chaque ligne de crédits nomme au moins un dispositif. La règle fait une remarque par orientation.

    ## Pourquoi

    Une ligne vide laisse croire que le financeur s’engage. Il n’a rien écrit.

    ## Exemple fautif

    Crédits de droit commun : Département :

    ## Corrigé

    Crédits de droit commun : Département : fonds d’aide aux jeunes ; ou la ligne retirée.

    ## Source

    Loi 2014-173, article 6 : les signataires mobilisent d’abord leurs moyens de droit commun.
    """
    for orientation in contrat.orientations:
        empty = [line for line in orientation.credits if line.vide]
        if empty:
            funders = ", ".join(dict.fromkeys(line.financeur for line in empty))
            yield Anomalie(
                orientation,
                f"{compte(len(empty), 'ligne')} de crédits sur {len(orientation.credits)} "
                f"{accord(len(empty), 'est restée vide', 'sont restées vides')} : {funders}.",
                "Demandez au financeur ce qu’il apporte, ou retirez la ligne.",
                source=empty[0].source,
            )
