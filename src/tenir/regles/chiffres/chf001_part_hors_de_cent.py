from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import YEAR, donnees, is_share, printed
from tenir.regles.registre import regle


@regle("CHF001", gravite=Gravite.BLOQUANTE, depuis="0.1", de=(Contenu.DONNEES,))
def part_hors_de_cent(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Une part dépasse 100 %, ou est négative.

    ## Ce que la règle vérifie

    Chaque chiffre en pour cent qui dit la part d’un ensemble est compris entre 0 et 100. Une évolution (« hausse de
    120 % ») n’est pas une part : la règle la laisse, comme une valeur où une année a été prise pour un nombre.

    ## Pourquoi

    Une virgule déplacée passe inaperçue à la relecture, puis se recopie dans chaque bilan. L’évaluation part
    alors d’un point qui n’a jamais existé.

    ## Exemple fautif

    Part des femmes parmi les bénéficiaires du RSA : 332,9 %.

    ## Corrigé

    Part des femmes parmi les bénéficiaires du RSA : 32,9 %, après vérification dans la source citée.

    ## Source

    Arithmétique.
    """
    for donnee in donnees(contrat):
        if YEAR.search(donnee.imprime or ""):
            continue
        if is_share(donnee) and donnee.valeur is not None and not 0 <= (donnee.valeur_max or donnee.valeur) <= 100:
            yield Anomalie(
                donnee,
                f"« {donnee.libelle} » vaut {printed(donnee)} : une part est comprise entre 0 et 100 %.",
                "Vérifiez la virgule dans la source du chiffre.",
            )
