import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.mots import accord
from tenir.regles.passages import porteur
from tenir.regles.registre import Lit, regle
from tenir.regles.titres import ACTIONS, Tete, niveaux, par_nom

_SERIE = re.compile(r"(?P<serie>(?:.*[.A-Z])?)(?P<rang>\d+)")


@regle("STR008", gravite=Gravite.A_CORRIGER, depuis="0.1", lit=Lit.MOTS)
def numerotation_rompue(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Un numéro sert deux fois, ou la numérotation saute.

    ## Ce que la règle vérifie

    Les articles, les axes, les orientations (quel que soit leur nom : piliers, priorités…) se suivent : deux titres
    voisins qui diffèrent n’ont pas le même numéro, et aucun numéro ne manque, ni sous un autre (1.1, 1.3). Les fiches
    d’actions et les annexes ne sautent pas non plus. Une numérotation qui recommence sous chaque axe n’est pas une
    faute, ni un titre répété tel quel.

    ## Pourquoi

    On cite « l’orientation 1 » ou « l’article 4 » pendant six ans : personne ne saura laquelle, ou ne le trouvera.

    ## Exemple fautif

    Article 3 : Gouvernance. Article 5 : Durée.

    ## Corrigé

    Article 3 : Gouvernance. Article 4 : Durée.

    ## Source

    Cohérence interne : un numéro désigne une seule chose.
    """
    levels = dict(par_nom(document, niveaux(contrat, document) | ACTIONS | {"article", "annexe"}))
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
        if before.nom in ACTIONS:
            return ""  # RED006 tells of a sheet's number that serves twice
        if not one or not two or one.startswith(two) or two.startswith(one):
            return ""
        return (
            f"Deux titres portent le même numéro, « {after.imprime} n° {after.numero} » : "
            f"« {before.titre} » et « {after.titre} »."
        )
    (serie, first), (other, last) = _rank(before), _rank(after)
    if serie != other or last <= first + 1:
        return ""
    printed = {one.numero for one in found}
    missing = [number for number in (f"{serie}{n}" for n in range(first + 1, last)) if number not in printed]
    if len(missing) != last - first - 1:
        return ""
    return (
        f"La numérotation saute de « {before.imprime} {before.numero} » à « {after.imprime} {after.numero} » : "
        f"il manque {accord(len(missing), 'le numéro', 'les numéros')} {', '.join(missing)}."
    )


def _rank(tete: Tete) -> tuple[str, int]:
    """The series of a number, and its rank there: 3 is the third of all, B.2 the second under B; no rank, no series."""
    cut = _SERIE.fullmatch(tete.numero)
    return (cut["serie"], int(cut["rang"])) if cut else (tete.numero, 0)
