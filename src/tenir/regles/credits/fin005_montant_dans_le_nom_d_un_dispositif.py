from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.credits.commun import AMOUNT, lines
from tenir.regles.registre import regle

RARE = 10
"""One scheme in how many may carry a sum for that sum to be stray."""


@regle("FIN005", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.CREDITS,))
def montant_dans_le_nom_d_un_dispositif(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un montant est glissé dans le nom d’un dispositif.

    ## Ce que la règle vérifie

    Le nom d’un dispositif ne contient pas de somme d’argent, quand presque aucun autre n’en porte (moins d’un sur
    dix). Un contrat qui chiffre ses lignes le fait partout : la règle le laisse.

    ## Pourquoi

    Une somme dans une liste de noms n’engage personne et sera lue comme une promesse. On ne sait ni pour qui, ni
    pour quand.

    ## Exemple fautif

    Région : aide au lancement 20 000 €.

    ## Corrigé

    Région : aide au lancement ; le montant dans la maquette financière, avec son année.

    ## Source

    Loi 2014-173, article 6 : le contrat dit les moyens que chacun engage.
    """
    named = [(line, scheme.nom, AMOUNT.search(scheme.nom)) for line in lines(contrat) for scheme in line.dispositifs]
    found = [(line, name, amount[0].strip()) for line, name, amount in named if amount]
    if RARE * len(found) > len(named):
        return
    for line, name, amount in found:
        yield Anomalie(
            line,
            f"« {name} » contient une somme ({amount}), et presque aucun autre n’en porte.",
            "Gardez le nom, et dites la somme à part : qui, pour quoi, quelle année.",
        )
