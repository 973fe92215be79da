from collections.abc import Iterator

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.commun import lines_of, parts_of_a_subject, printed
from tenir.regles.registre import regle


@regle("CHF008", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.DONNEES,))
def meme_valeur_sous_deux_annees(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """La même valeur est donnée sous deux années.

    ## Ce que la règle vérifie

    Deux parts de même valeur, dont les libellés disent la même chose aux mots de liaison près, et qui portent
    toutes deux une année (celle de la mesure, à défaut celle de la source citée), portent la même.

    ## Pourquoi

    Un taux ne reste presque jamais le même au dixième près d’une année à l’autre : c’est un seul chiffre, daté
    deux fois. On ne saura pas de quelle année part l’évolution.

    ## Exemple fautif

    Page 6 : 47,4 % des 15-64 ans en emploi en 2017. Page 30 : part des 15-64 ans en emploi, 47,4 %, source 2020.

    ## Corrigé

    Une seule année, aux deux endroits.

    ## Source

    Cohérence interne : une mesure a une date.
    """
    for (first, before), (second, after) in parts_of_a_subject(contrat):
        same = first.valeur == second.valeur and first.valeur_max == second.valeur_max
        if same and before != after:
            yield Anomalie(
                second,
                f"« {second.libelle} » vaut {printed(second)} en {after}, comme « {first.libelle} » en {before} "
                f"({first.code}).",
                "Retrouvez l’année de la mesure, et gardez-la aux deux endroits.",
                source=lines_of(second, first),
            )
