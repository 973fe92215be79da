import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.mots import plain, words
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.ages import classes_of_ages
from tenir.regles.chiffres.commun import PLACE, decimal, in_per_cent, lines_of, lists_of
from tenir.regles.chiffres.ensembles import of_everyone, side
from tenir.regles.mots import some
from tenir.regles.registre import Lit, regle

SPREAD = re.compile(r"\b(?:repartition|se repartissent|se repartit|ventilation|composition|structure)\b")
"""What announces, without accents, shares that cover everything."""
ROUNDING = Decimal("0.5")
"""How far from the truth a share without decimals may be."""


@regle("CHF018", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS, de=(Contenu.DONNEES,))
def repartition_qui_ne_fait_pas_cent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Les parts d’une répartition ne font pas cent.

    ## Ce que la règle vérifie

    La part des femmes et celle des hommes font cent, à l’arrondi près ; de même les parts d’une liste que le document
    annonce comme une répartition (« répartition des ménages », « se répartissent »), sur les lignes qui la suivent et
    pour un même territoire. Les classes d’âge relèvent de la règle CHF015. Une liste que rien n’annonce ainsi peut ne
    pas tout dire : la règle la laisse.

    ## Pourquoi

    Une des parts est fausse, ou il en manque une.

    ## Exemple fautif

    Répartition des ménages : locataires, 70 % ; propriétaires, 20 % ; logés gratuitement, 4 %.

    ## Corrigé

    Répartition des ménages : locataires, 76 % ; propriétaires, 20 % ; logés gratuitement, 4 %.

    ## Source

    Définition d’une répartition : chaque élément est dans une part et une seule.
    """
    aged = {donnee.code for classes in classes_of_ages(contrat) for _, _, donnee in classes}
    for figures in lists_of(contrat):
        shares = [one for one in figures if in_per_cent(one) and _added(one) and one.code not in aged]
        told: set[str] = set()
        for parts in (*_halves(shares), *_announced(shares, document)):
            total = sum((one.valeur or Decimal() for one in parts), Decimal())
            if not _whole(parts) and parts[0].code not in told:
                told |= {one.code for one in parts}
                yield Anomalie(
                    parts[0],
                    f"{some(one.code for one in parts)} se partagent un ensemble et font {decimal(total)} %.",
                    "Vérifiez chaque part dans sa source, et ajoutez celle qui manque.",
                    source=lines_of(*parts),
                )


def _added(donnee: Donnee) -> bool:
    """Whether a share may be added: one beyond a hundred is for the rule CHF001."""
    return donnee.valeur is not None and 0 <= donnee.valeur <= 100


def _whole(parts: Sequence[Donnee]) -> bool:
    """Whether the shares make a hundred, or the first ones do: what follows may be of something else."""
    totals = list(accumulate(one.valeur or Decimal() for one in parts))
    return any(abs(total - 100) <= ROUNDING * rank for rank, total in enumerate(totals, start=1) if rank > 1)


def _halves(shares: Sequence[Donnee]) -> Iterator[list[Donnee]]:
    """Women and men, in shares of one whole: both its declared parts, or two lines that say nothing else."""
    by_whole: dict[tuple[str, str], dict[str, Donnee]] = {}
    for one in shares:
        if side(one) and (one.partie_de or of_everyone(one)):
            by_whole.setdefault((one.partie_de or _first(shares, one), one.periode or ""), {})[side(one)] = one
    yield from (list(parts.values()) for parts in by_whole.values() if len(parts) == 2)


def _first(shares: Sequence[Donnee], one: Donnee) -> str:
    """The share that another says to be its whole: « 54 % de femmes, 46 % d’hommes » is read so; else where it is."""
    return one.code if any(other.partie_de == one.code for other in shares) else (one.perimetre or "")


def _announced(shares: Sequence[Donnee], document: DocumentNormalise) -> Iterator[list[Donnee]]:
    """The shares printed line after line from a line that announces a partition, by territory."""
    for number, line in enumerate(document.lignes, start=1):
        if not SPREAD.search(plain(line)):
            continue
        by_place: dict[str, list[Donnee]] = {}
        following = list(_following(shares, document, number))
        for one in (one for one in following if _named(one) == _named(following[0])):
            by_place.setdefault(one.perimetre or "", []).append(one)
        yield from (parts for parts in by_place.values() if len(parts) > 1 and not any(map(_placed, parts)))


def _following(shares: Sequence[Donnee], document: DocumentNormalise, number: int) -> Iterator[Donnee]:
    """The shares of the lines below, until a blank line; a blank line right under the heading is let pass."""
    end, seen = number, False
    for one in shares:
        if not one.source or one.source[0].debut < number:
            continue
        between = document.lignes[end : one.source[0].debut - 1]
        if any(not line.strip() for line in between) and seen:
            return
        if len(between) > NEAR:
            return
        end, seen = one.source[-1].fin, True
        yield one


def _named(donnee: Donnee) -> bool:
    """Whether a label says itself to be a share: where the first of a list does not, one that does is of another."""
    return words(donnee.libelle)[:1] in (["part"], ["taux"], ["proportion"])


NEAR = 4
"""How many lines, cells of labels, may come between two shares of one list."""


def _placed(donnee: Donnee) -> bool:
    """Whether a share says its territory in its label: the list may compare territories, not share a whole."""
    return PLACE.search(plain(donnee.libelle)) is not None
