from collections.abc import Iterator
from itertools import combinations

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Orientation
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import some
from tenir.regles.registre import regle

FEWEST, ALIKE = 8, 0.7
"""From how many schemes in common, and from which share of the smaller block, one block is a copy of the other."""


@regle("FIN002", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.CREDITS,))
def bloc_de_credits_recopie(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Deux orientations ont le même bloc de crédits.

    ## Ce que la règle vérifie

    Deux orientations n’ont pas en commun huit dispositifs ou plus, des mêmes financeurs, quand c’est au moins
    sept dixièmes du plus petit des deux blocs.

    ## Pourquoi

    Un bloc recopié d’une orientation à l’autre oublie les vrais financeurs de la seconde, et compte deux fois
    les premiers.

    ## Exemple fautif

    Les crédits de la tranquillité publique, repris tels quels sous le logement.

    ## Corrigé

    Chaque orientation avec ses propres dispositifs.

    ## Source

    Cohérence interne.
    """
    blocks = [(orientation, _schemes(orientation)) for orientation in contrat.orientations]
    for (first, known), (second, schemes) in combinations(blocks, 2):
        common = schemes & known
        if len(common) >= max(FEWEST, ALIKE * min(len(known), len(schemes))):
            yield Anomalie(
                second,
                f"{len(common)} de ses {len(schemes)} dispositifs sont parmi les {len(known)} de l’orientation "
                f"{first.code}, par les mêmes financeurs ; {_own(schemes - known)}.",
                "Vérifiez lequel des deux blocs est à sa place, et gardez pour chacun les siens.",
                source=second.credits[0].source,
            )


def _schemes(orientation: Orientation) -> set[tuple[str, str]]:
    return {
        (line.organisme or line.financeur, (scheme.nom_usuel or scheme.nom).casefold())
        for line in orientation.credits
        for scheme in line.dispositifs
    }


def _own(schemes: set[tuple[str, str]]) -> str:
    """What the second block alone announces."""
    named = some(f"« {name} »" for _, name in sorted(schemes, key=lambda one: one[1]))
    return f"en propre, il n’a que {named}" if named else "il n’a rien en propre"
