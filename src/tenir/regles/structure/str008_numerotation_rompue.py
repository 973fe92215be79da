from collections.abc import Iterator, Sequence
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.titres import Tete, niveaux, par_nom


@regle("STR008", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def numerotation_rompue(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un numéro sert deux fois, ou la numérotation saute.

    ## Ce que la règle vérifie

    Les articles, les axes, les orientations (quel que soit leur nom : piliers, priorités…) se suivent : deux titres
    voisins qui diffèrent n’ont pas le même numéro, et aucun numéro ne manque. Une numérotation qui recommence sous
    chaque axe n’est pas une faute, ni un titre répété tel quel.

    ## Pourquoi

    On cite « l’orientation 1 » ou « l’article 4 » pendant six ans : personne ne saura laquelle, ou ne le trouvera.

    ## Exemple fautif

    Article 3 : Gouvernance. Article 5 : Durée.

    ## Corrigé

    Article 3 : Gouvernance. Article 4 : Durée.

    ## Source

    Cohérence interne : un numéro désigne une seule chose.
    """
    levels = dict(par_nom(document, niveaux(contrat, document) | {"article"}))
    for nom, found in levels.items():
        heads = [one for one in found if not one.puce] or found
        parents = [other for name, others in levels.items() if name != nom for other in _above(others, heads)]
        told: set[str] = set()
        for before, after in pairwise(heads):
            if after.numero in told or any(before.ligne < parent.ligne < after.ligne for parent in parents):
                continue
            if said := _said(before, after, found):
                told.add(after.numero)
                yield Anomalie(
                    porteur(contrat, after.ligne), said, "Reprenez la numérotation, et les renvois qui la citent.",
                    source=after.source,
                )  # fmt: skip


def _above(others: Sequence[Tete], heads: Sequence[Tete]) -> Sequence[Tete]:
    """The headings of another level when it stands above: numbers may begin again under each."""
    return others if others[0].ligne < heads[0].ligne else ()


def _said(before: Tete, after: Tete, found: Sequence[Tete]) -> str:
    if before.numero == after.numero:
        one, two = comparable(before.titre), comparable(after.titre)
        if not one or not two or one.startswith(two) or two.startswith(one):
            return ""
        return (
            f"Deux titres portent le même numéro, « {after.imprime} n° {after.numero} » : "
            f"« {before.titre} » et « {after.titre} »."
        )
    if before.rang is None or after.rang is None or after.rang <= before.rang + 1:
        return ""
    missing = [str(n) for n in range(before.rang + 1, after.rang) if str(n) not in {one.numero for one in found}]
    if len(missing) != after.rang - before.rang - 1:
        return ""
    return (
        f"La numérotation saute de « {before.imprime} {before.numero} » à « {after.imprime} {after.numero} » : "
        f"il manque {accord(len(missing), 'le numéro', 'les numéros')} {', '.join(missing)}."
    )
