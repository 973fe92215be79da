from collections.abc import Iterator
from itertools import combinations

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Indicateur
from tenir.fichier.mots import ungendered
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.indicateurs.commun import content_words
from tenir.regles.indicateurs.releves import measure
from tenir.regles.registre import regle

NEUTRAL = frozenset(
    {"recu", "tenu", "realise", "organise", "effectue", "mene", "propose", "concerne", "identifie", "constate"}
    | {"enregistre", "recense", "obtenu", "mis", "place", "oeuvre", "total", "global", "enfin", "differente"}
)
"""The words, without gender or number, that an indicator may take or leave and still count the same things."""
FEWEST = 3
"""How many words two indicators share, at least."""


@regle("IND004", gravite=Gravite.A_AMELIORER, depuis="0.1", de=(Contenu.INDICATEURS,))
def indicateur_presque_identique(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Deux indicateurs ne diffèrent presque pas.

    ## Ce que la règle vérifie

    L’un de deux indicateurs ne dit pas la même chose que l’autre avec des mots qui n’ajoutent rien : un mot de
    liaison, un participe que tout indicateur peut prendre (« reçues », « organisées »). Leurs valeurs ne comptent
    pas. Un mot qui choisit (« sociaux », « femmes ») les distingue ; la règle IND001 dit ceux qui sont le même.

    ## Pourquoi

    Deux libellés pour une mesure donnent deux valeurs, et deux personnes pour les chercher.

    ## Exemple fautif

    « Nombre de personnes relais formées » et « Nombre de personnes relais identifiées et formées ».

    ## Corrigé

    Un seul des deux, ou deux libellés qui disent ce qui les distingue.

    ## Source

    Cohérence interne.
    """
    known = [(one, content_words(one.libelle)) for one in contrat.indicateurs if not one.repete]
    for (first, before), (second, after) in combinations(known, 2):
        alike = len(before & after) >= FEWEST and (before ^ after) <= NEUTRAL
        if alike and (added := _words(first) ^ _words(second)):
            yield Anomalie(
                second,
                f"« {second.libelle} » ne diffère de {first.code} que par {_shown(added)}.",
                "Gardez l’un des deux, ou dites ce qui les distingue.",
                source=(*second.source, *first.source),
            )


def _words(indicateur: Indicateur) -> frozenset[str]:
    return frozenset(ungendered(measure(indicateur.libelle)).split())


def _shown(different: frozenset[str]) -> str:
    return ", ".join(f"« {word} »" for word in sorted(different))
