"""What the rules on figures share."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.mots import ARTICLES, plain, words
from tenir.fichier.source import Plage

EVOLUTION = re.compile(
    r"évolu|hausse|baiss|augment|diminu|progress|croissance|accroi|recul|variation|chut|réduction|réduit",
    re.IGNORECASE,
)
"""The words of a figure that says a change, which may exceed 100 % or be negative."""
COMPARES = re.compile(
    r"écart|multipli|supérieur|rapport à|couv|occup|rempli|rotation|indice|objectif|attein|réalis|celui|celle|\bfois\b",
    re.IGNORECASE,
)
"""The words of a figure that compares two things, neither being a part of the other: it may exceed 100 % too."""
SIGNED = re.compile(r"\s*[+\-–−]")


def donnees(contrat: ContratDeVille) -> Iterator[Donnee]:
    """Every figure, those of the diagnosis first."""
    yield from contrat.diagnostic
    for orientation in contrat.orientations:
        yield from orientation.donnees


def lists_of(contrat: ContratDeVille) -> Iterator[tuple[Donnee, ...]]:
    """The figures printed together: the diagnosis, then each orientation."""
    yield contrat.diagnostic
    yield from (orientation.donnees for orientation in contrat.orientations)


def lines_of(*figures: Donnee) -> tuple[Plage, ...]:
    """Where the document carries several figures: a fault may be in any of them."""
    return tuple(dict.fromkeys(plage for one in figures for plage in one.source))


def silent(figures: Sequence[Donnee], says: Callable[[Donnee], object]) -> list[Donnee]:
    """The figures that do not say what most of those printed beside them say.

    Where few of them say it, it stands in a heading, in a sentence around, or was not read: nothing is concluded.
    A part says what its whole says, and a piece of a sentence what the sentence says.
    """
    found: list[Donnee] = []
    for run in _runs([one for one in figures if one.valeur is not None and not one.partie_de and not in_sentence(one)]):
        without = [one for one in run if not says(one)]
        told = len(run) - len(without)
        if told >= WITNESSES and told > len(without):
            found += without
    return found


WITNESSES = 2
"""How many figures must say a thing for the silence of their neighbour to be a fault."""


def in_sentence(donnee: Donnee) -> bool:
    """Whether a figure is a piece of a line: the rest of its sentence may say its year, its source, its territory."""
    return any(plage.colonne_debut is not None for plage in donnee.source)


def _runs(figures: Sequence[Donnee]) -> Iterator[list[Donnee]]:
    """The figures of a list that are printed line after line; those without a line are one list."""
    run: list[Donnee] = []
    for donnee in figures:
        if run and donnee.source and run[-1].source and donnee.source[0].debut - run[-1].source[-1].fin > 1:
            yield run
            run = []
        run.append(donnee)
    if run:
        yield run


def is_share(donnee: Donnee) -> bool:
    """Whether a figure is a share of a whole."""
    said = donnee.libelle
    other = EVOLUTION.search(said) or COMPARES.search(said) or SIGNED.match(donnee.imprime or "")
    return in_per_cent(donnee) and not other


def in_per_cent(donnee: Donnee) -> bool:
    """Whether a figure is in per cent, by its unit or, where a table prints it so, by its label."""
    return donnee.unite == "%" or (donnee.unite is None and "%" in donnee.libelle)


def printed(donnee: Donnee) -> str:
    """A figure as it is printed, else as it was read."""
    return donnee.imprime or f"{donnee.valeur}{f' {donnee.unite}' if donnee.unite else ''}"


YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
PLACES = frozenset({"quartier", "qpv", "prioritaire", "part", "taux", "nombre", "ayant", "dans", "qui", "sont", "ans"})
"""Words of a label that do not say what is measured."""


def annee(donnee: Donnee) -> str:
    """The one year a figure is given for: that of the measure, else that of the source it cites; empty otherwise."""
    for told in (donnee.periode, donnee.origine):
        if told:
            years = YEAR.findall(told)
            return years[0] if len(years) == 1 else ""
    return ""


def sujet(donnee: Donnee) -> frozenset[str]:
    """The words of a label that say what is measured."""
    found = frozenset(words(donnee.libelle)) - ARTICLES - PLACES
    return found if any(not YEAR.fullmatch(word) for word in found) else frozenset()


def named(donnee: Donnee) -> frozenset[str]:
    """What a figure measures; empty when its label says a place and no more: « dans l’agglomération »."""
    said = sujet(donnee)
    return said if any(not PLACE.search(word) for word in said) else frozenset()


def parts_of_a_subject(contrat: ContratDeVille) -> Iterator[tuple[tuple[Donnee, str], tuple[Donnee, str]]]:
    """Each two shares that say the same thing, each with its year, on territories that do not differ."""
    by_subject: dict[frozenset[str], list[tuple[Donnee, str]]] = {}
    for donnee in donnees(contrat):
        if is_share(donnee) and donnee.valeur is not None and (year := annee(donnee)) and (said := named(donnee)):
            by_subject.setdefault(said, []).append((donnee, year))
    for same in by_subject.values():
        for first, second in combinations(same, 2):
            if len({territoire(first[0]), territoire(second[0])} - {""}) < 2:
                yield first, second


def place_told(donnee: Donnee) -> bool:
    """Whether a figure says its territory, wherever: in its field, its label or the source it cites."""
    cited = QUARTER.search(plain(donnee.origine or ""))
    return bool(donnee.perimetre or cited or PLACE.search(plain(donnee.libelle)))


PLACE = re.compile(
    r"quartier|qpv|commun|\bville|agglo|intercommun|epci|metropole|pays|canton|departement|region|france|national|iris"
)
"""The words, without accents, of a label that says its territory."""
QUARTER = re.compile(r"quartier|qpv|iris")
"""Those of a source that says it: « Insee, quartier du Clos »; « Région » is who counted."""


def territoire(donnee: Donnee) -> str:
    """The territory a figure is about, « QPV » and « quartier » being the same; empty when only a public is told."""
    told = frozenset(words(donnee.perimetre or "")) - ARTICLES
    if told & {"qpv", "quartier"} and len(told) == 1:
        return "quartier"
    return "" if told <= frozenset(words(donnee.libelle)) else " ".join(sorted(told))


def decimal(value: Decimal) -> str:
    """A number with one decimal, as it is written in French."""
    return f"{value:.1f}".replace(".", ",")
