from collections.abc import Iterator
from itertools import combinations

from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Orientation
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import some
from tenir.regles.registre import regle

FEWEST, ALIKE = 8, 0.7
"""From how many schemes in common, and from which share of the smaller block, one block is a copy of the other."""
WHOLE = 3
"""From how many schemes on two blocks that hold the same ones are one block printed twice."""

Schemes = set[tuple[str, str]]
"""The schemes of a block, each with who funds it."""


@regle("FIN002", gravite=Gravite.A_CORRIGER, depuis="0.1", de=(Contenu.CREDITS,))
def bloc_de_credits_recopie(contrat: ContratDeVille) -> Iterator[Anomalie]:
    """Deux orientations ont le même bloc de crédits.

    ## Ce que la règle vérifie

    Deux orientations n’ont pas en commun huit dispositifs ou plus, des mêmes financeurs, quand c’est au moins sept
    dixièmes du plus petit des deux blocs ; ni le même bloc entier, dès qu’il a trois lignes. Un bloc que la plupart
    des orientations reprennent est une façon d’écrire : la règle le laisse.

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
        if _copied(known, schemes) and 2 * sum(known == other for _, other in blocks) <= max(len(blocks), WHOLE + 1):
            yield Anomalie(
                second,
                f"Bloc de crédits recopié : {len(schemes & known)} de ses {len(schemes)} dispositifs sont parmi les "
                f"{len(known)} de l’orientation {first.code}, par les mêmes financeurs ; {_own(schemes - known)}.",
                "Vérifiez lequel des deux blocs est à sa place, et gardez pour chacun les siens.",
                source=(*_block(second), *_block(first)),
            )


def _block(orientation: Orientation) -> tuple[Plage, ...]:
    """The lines of a block, from its first to its last."""
    lines = [number for line in orientation.credits for plage in line.source for number in plage.lignes]
    return (Plage(min(lines), max(lines)),) if lines else ()


def _copied(known: Schemes, schemes: Schemes) -> bool:
    """Whether two blocks hold much of each other, or are the same."""
    common = len(schemes & known)
    return common >= max(FEWEST, ALIKE * min(len(known), len(schemes))) or (schemes == known and common >= WHOLE)


def _schemes(orientation: Orientation) -> Schemes:
    return {
        (line.organisme or line.financeur, (scheme.nom_usuel or scheme.nom).casefold())
        for line in orientation.credits
        for scheme in line.dispositifs
    }


def _own(schemes: Schemes) -> str:
    """What the second block alone announces."""
    named = some(f"« {name} »" for _, name in sorted(schemes, key=lambda one: one[1]))
    return f"en propre, il n’a que {named}" if named else "il n’a rien en propre"
