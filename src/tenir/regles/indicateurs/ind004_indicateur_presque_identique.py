from collections.abc import Iterator
from itertools import combinations

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import ARTICLES, words
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.registre import regle

ALIKE = 0.8


@regle("IND004", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateur_presque_identique(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Deux indicateurs ne diffèrent presque pas.

    ## Ce que la règle vérifie

    Deux indicateurs n’ont pas en commun quatre mots sur cinq ou plus, dans le même ordre ou non, sans être le
    même (la règle IND001 dit ceux-là).

    ## Pourquoi

    Deux libellés pour une mesure donnent deux valeurs, et deux personnes pour les chercher.

    ## Exemple fautif

    « Nombre de personnes relais formées » et « Nombre de personnes relais identifiées et formées ».

    ## Corrigé

    Un seul des deux, ou deux libellés qui disent ce qui les distingue.

    ## Source

    Cohérence interne ; quatre mots sur cinq est un seuil de Tenir.
    """
    known = [(one, frozenset(words(one.libelle)) - ARTICLES) for one in contrat.indicateurs if not one.repete]
    for (first, before), (second, after) in combinations(known, 2):
        if before != after and len(before & after) >= ALIKE * len(before | after):
            yield Anomalie(
                second,
                f"« {second.libelle} » ne diffère de {first.code} que par {_shown(before ^ after)}.",
                "Gardez l’un des deux, ou dites ce qui les distingue.",
            )


def _shown(different: frozenset[str]) -> str:
    return ", ".join(f"« {word} »" for word in sorted(different))
