import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.enums import Contenu
from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.mots import plain, words
from tenir.fichier.source import Plage
from tenir.regles.anomalie import Anomalie, Gravite
from tenir.regles.chiffres.ages import classes_of_ages
from tenir.regles.chiffres.chf001_part_hors_de_cent import part_hors_de_cent
from tenir.regles.chiffres.chf015_classes_d_age_qui_ne_font_pas_cent import classes_d_age_qui_ne_font_pas_cent
from tenir.regles.chiffres.commun import PLACE, decimal, in_per_cent, lines_of, lists_of
from tenir.regles.chiffres.ensembles import of_everyone, side
from tenir.regles.chiffres.phrases import not_told, value
from tenir.regles.memoire import lu_une_fois
from tenir.regles.mots import some
from tenir.regles.passages import passages
from tenir.regles.registre import Lit, regle
from tenir.regles.textes import sans_accents

SPREAD = re.compile(
    r"\b(?:repartition|se repartissent|se repartit|ventilation|(?:composition|structure) d(?:u|es|e la|e l.|e)\s)"
)
"""What announces, without accents, shares that cover everything."""
CROSSED = re.compile(
    r"\b(?:selon|par) (?:le |la |les |leurs? |l.)?"
    r"(?:statuts?|types?|tailles?|categories?|situations?|niveaux?|durees?|secteurs?|nature)\b"
    r"|\bstatuts? d.occupation\b"
)
"""What announces shares that exclude one another, and may leave some out: they make a hundred at most."""
ROUNDING = Decimal("0.5")
"""How far from the truth a share without decimals may be."""


@regle("CHF018", gravite=Gravite.A_CORRIGER, depuis="0.2", lit=Lit.MOTS, de=(Contenu.DONNEES,))
def repartition_qui_ne_fait_pas_cent(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Les parts d’une répartition ne font pas cent.

    ## Ce que la règle vérifie

    La part des femmes et celle des hommes font cent, à l’arrondi près ; de même les parts d’une liste que le
    document annonce comme une répartition (« répartition des ménages », « se répartissent »), sur les lignes qui la
    suivent et pour un même territoire. Une liste « selon le statut », « par type » ne dépasse pas cent. Les classes
    d’âge relèvent de la règle CHF015. Une liste que rien n’annonce ainsi peut ne pas tout dire : la règle la
    laisse.

    ## Pourquoi

    Une des parts est fausse, ou il en manque une.

    ## Exemple fautif

    Répartition des ménages : locataires, 70 % ; propriétaires, 20 % ; logés gratuitement, 4 %.

    ## Corrigé

    Répartition des ménages : locataires, 76 % ; propriétaires, 20 % ; logés gratuitement, 4 %.

    ## Source

    Définition d’une répartition : chaque élément est dans une part et une seule.
    """
    told_in_figures = list(_in_figures(contrat, document))
    yield from told_in_figures
    known = [*told_in_figures, *part_hors_de_cent(contrat), *classes_d_age_qui_ne_font_pas_cent(contrat)]
    yield from not_told(_in_words(contrat, document), known)
    yield from not_told(_in_ages(document), known)


def _in_words(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """Women and men in one sentence: « 54 % de femmes et 56 % d’hommes »."""
    for passage in passages(contrat, document, BOTH, "%"):
        first, second = sorted(one for one in passage.trouve.groups() if one)
        total = value(first) + value(second)
        if abs(total - 100) > 1:
            said = f"La part des femmes et celle des hommes ({first} % et {second} %) font {decimal(total)} %."
            yield Anomalie(passage.objet, said, "Vérifiez les deux parts dans leur source.", source=passage.source)


def _in_ages(document: DocumentNormalise) -> Iterator[Anomalie]:
    """Lines of a list that share everybody by age, from the youngest (« moins de ») to the oldest (« et plus »)."""
    held: list[tuple[int, str]] = []
    for number, line in enumerate(document.lignes, start=1):
        found = AGED.match(line.strip())
        if found is None:
            held = []
            continue
        held = [(number, found["part"])] if YOUNGEST.search(found["nom"]) else [*held, (number, found["part"])]
        total = sum((value(part) for _, part in held), Decimal())
        closed = OLDEST.search(found["nom"]) and len(held) >= CLASSES and held[0][0] == number - len(held) + 1
        first = AGED.match(document.lignes[held[0][0] - 1].strip())
        if closed and first and YOUNGEST.search(first["nom"]) and abs(total - 100) > ROUNDING * len(held):
            said = f"Les parts de chaque âge ({', '.join(f'{part} %' for _, part in held)}) font {decimal(total)} %."
            yield Anomalie(None, said, "Vérifiez chaque part dans sa source.", source=(Plage(held[0][0], number),))


AGED = re.compile(r"^\W*(?P<nom>[^%:]*?\bans\b[^%:\d]*?)[\s:.…=|]+(?P<part>\d{1,3}(?:,\d+)?)\s?%\W*$")
YOUNGEST = re.compile(r"\bmoins de\b|\b0\s?(?:-|–|à|a)\s?\d", re.IGNORECASE)
OLDEST = re.compile(r"\b(?:et|ou) (?:plus|davantage)\b|\bplus de \d", re.IGNORECASE)
CLASSES = 3
RATE = r"(\d{1,3}(?:,\d+)?)\s?%"
BETWEEN = r"\s?(?:et|,|;|/|-|–|\.|pour|contre)\s?"
BOTH = re.compile(
    rf"{RATE}\sde\s(?:femmes|filles){BETWEEN}{RATE}\sd(?:’|'|e\s)(?:hommes|garçons)"
    rf"|{RATE}\sd(?:’|'|e\s)(?:hommes|garçons){BETWEEN}{RATE}\sde\s(?:femmes|filles)"
    rf"|[Pp]art des (?:femmes|hommes)\s?:?\s{RATE}{BETWEEN}[Pp]art des (?:hommes|femmes)\s?:?\s{RATE}"
    rf"|^\W*(?:[Ff]emmes|[Hh]ommes)\s?:\s{RATE}{BETWEEN}(?:[Ff]emmes|[Hh]ommes)\s?:\s{RATE}"
)
"""The shares of women and of men, one beside the other and with nothing that chooses among them."""


def _in_figures(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Anomalie]:
    """The shares that the reader found."""
    aged = {donnee.code for classes in classes_of_ages(contrat) for _, _, donnee in classes}
    for figures in lists_of(contrat):
        shares = [one for one in figures if in_per_cent(one) and _added(one) and one.code not in aged]
        told: set[str] = set()
        crossed = list(_announced(shares, document, CROSSED))
        for parts in (*_halves(shares), *_announced(shares, document, SPREAD), *crossed):
            total = sum((one.valeur or Decimal() for one in parts), Decimal())
            if not _whole(parts, at_most=parts in crossed) and parts[0].code not in told:
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


def _whole(parts: Sequence[Donnee], *, at_most: bool) -> bool:
    """Whether the shares make a hundred, or the first ones do: what follows may be of something else."""
    totals = list(accumulate(one.valeur or Decimal() for one in parts))
    if at_most and totals[-1] < 100:
        return True
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


def _announced(shares: Sequence[Donnee], document: DocumentNormalise, by: re.Pattern[str]) -> Iterator[list[Donnee]]:
    """The shares printed line after line from a line that announces a partition, by territory.

    A sentence that announces it and gives several is all of it: « la structure est la suivante : 55 % de…, 45 % de… ».
    """
    for number in _announcing(document, by):
        by_place: dict[str, list[Donnee]] = {}
        here = _of_its_sentence(shares, document, number, by)
        following = here if len(here) > 1 else list(_following(shares, document, number))
        for one in (one for one in following if _named(one) == _named(following[0])):
            by_place.setdefault(one.perimetre or "", []).append(one)
        yield from (parts for parts in by_place.values() if len(parts) > 1 and not any(map(_placed, parts)))


def _of_its_sentence(
    shares: Sequence[Donnee], document: DocumentNormalise, number: int, by: re.Pattern[str]
) -> list[Donnee]:
    """The shares that the sentence of a line gives, when this sentence announces a partition."""
    line = sans_accents(document.lignes[number - 1])
    found = by.search(line)
    if found is None:
        return []
    start, stop = line.rfind(". ", 0, found.start()) + 1, line.find(". ", found.end())
    end = stop if stop > 0 else len(line)
    on_the_line = (one for one in shares if one.source and one.source[0].debut == one.source[-1].fin == number)
    return [one for one in on_the_line if start < (one.source[0].colonne_debut or 0) <= end]


@lu_une_fois
def _announcing(document: DocumentNormalise, by: re.Pattern[str]) -> tuple[int, ...]:
    """The lines that announce a partition: read once, and not once a list of figures."""
    return tuple(number for number, line in enumerate(document.lignes, start=1) if by.search(plain(line)))


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
