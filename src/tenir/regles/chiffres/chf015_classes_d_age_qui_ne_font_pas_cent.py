from collections.abc import Iterator
from decimal import Decimal

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.ages import ROUNDING, classes_of_ages, cover
from tenir.regles.chiffres.commun import decimal, in_per_cent, lines_of
from tenir.regles.mots import some
from tenir.regles.registre import regle


@regle("CHF015", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def classes_d_age_qui_ne_font_pas_cent(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Des classes d’âge qui couvrent tout ne font pas cent.

    ## Ce que la règle vérifie

    Quand une liste donne les parts d’une même population par classes d’âge qui se suivent, de zéro an à la plus
    âgée, leur somme est cent, à l’arrondi près. Des classes qui ne se suivent pas relèvent de la règle CHF003.

    ## Pourquoi

    Une des parts est fausse, ou n’est pas de la même population.

    ## Exemple fautif

    0-24 ans : 28,9 % ; 25-59 ans : 43,7 % ; plus de 60 ans : 37,4 %.

    ## Corrigé

    0-24 ans : 28,9 % ; 25-59 ans : 43,7 % ; plus de 60 ans : 27,4 %.

    ## Source

    Définition d’une partition : chaque personne est dans une classe et une seule.
    """
    for classes in classes_of_ages(contrat):
        shares = [donnee for _, _, donnee in classes]
        if not cover(classes) or not all(_is_share(one) for one in shares):
            continue
        total = sum((one.valeur or Decimal() for one in shares), Decimal())
        if abs(total - 100) > ROUNDING * len(shares):
            yield Anomalie(
                shares[0],
                f"{some(one.code for one in shares)} couvrent tous les âges et font {decimal(total)} %.",
                "Vérifiez chaque part dans sa source.",
                source=lines_of(*shares),
            )


def _is_share(donnee: Donnee) -> bool:
    """Whether a figure is a share that may be added: one beyond a hundred is for another rule."""
    return in_per_cent(donnee) and donnee.valeur is not None and 0 <= donnee.valeur <= 100
