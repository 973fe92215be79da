import re
from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

AMOUNT = re.compile(r"\d[\d\s\u202f]*(?:€|euros?\b|k€|M€)", re.IGNORECASE)


@regle("FIN005", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.CREDITS,))
def montant_dans_le_nom_d_un_dispositif(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Un montant est glissé dans le nom d’un dispositif.

    ## Ce que la règle vérifie

    Le nom d’un dispositif ne contient pas de somme d’argent.

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
    for orientation in contrat.orientations:
        for line in orientation.credits:
            for scheme in line.dispositifs:
                if found := AMOUNT.search(scheme.nom):
                    yield Anomalie(
                        line,
                        f"« {scheme.nom} » contient une somme ({found[0].strip()}).",
                        "Gardez le nom, et dites la somme à part : qui, pour quoi, quelle année.",
                    )
