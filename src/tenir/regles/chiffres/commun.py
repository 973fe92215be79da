"""What the rules on figures share."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from tenir.fichier.modeles import ContratDeVille, Donnee
from tenir.fichier.mots import ARTICLES, words

EVOLUTION = re.compile(r"évolution|hausse|baisse|augment|diminu|progress|croissance|recul", re.IGNORECASE)
"""The words of a figure that says a change, which may exceed 100 % or be negative."""


def donnees(contrat: ContratDeVille) -> Iterator[Donnee]:
    """Every figure, those of the diagnosis first."""
    yield from contrat.diagnostic
    for orientation in contrat.orientations:
        yield from orientation.donnees


def lists_of(contrat: ContratDeVille) -> Iterator[tuple[Donnee, ...]]:
    """The figures printed together: the diagnosis, then each orientation."""
    yield contrat.diagnostic
    yield from (orientation.donnees for orientation in contrat.orientations)


def without(contrat: ContratDeVille, field: str) -> tuple[list[str], int]:
    """The codes of the figures that have a value and lack a field, and how many have a value."""
    figures = [donnee for donnee in donnees(contrat) if donnee.valeur is not None]
    return [donnee.code for donnee in figures if not getattr(donnee, field)], len(figures)


def is_share(donnee: Donnee) -> bool:
    """Whether a figure is a share of a whole."""
    return donnee.unite == "%" and not EVOLUTION.search(donnee.libelle)


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
    return frozenset(words(donnee.libelle)) - ARTICLES - PLACES


def parts_of_a_subject(contrat: ContratDeVille) -> Iterator[tuple[tuple[Donnee, str], tuple[Donnee, str]]]:
    """Each two shares that say the same thing, each with its year, on territories that do not differ."""
    by_subject: dict[frozenset[str], list[tuple[Donnee, str]]] = {}
    for donnee in donnees(contrat):
        if is_share(donnee) and donnee.valeur is not None and (year := annee(donnee)) and (said := sujet(donnee)):
            by_subject.setdefault(said, []).append((donnee, year))
    for same in by_subject.values():
        for first, second in combinations(same, 2):
            if len({territoire(first[0]), territoire(second[0])} - {""}) < 2:
                yield first, second


def territoire(donnee: Donnee) -> str:
    """The territory a figure is about, « QPV » and « quartier » being the same; empty when only a public is told."""
    told = frozenset(words(donnee.perimetre or "")) - ARTICLES
    if told & {"qpv", "quartier"} and len(told) == 1:
        return "quartier"
    return "" if told <= frozenset(words(donnee.libelle)) else " ".join(sorted(told))


def decimal(value: Decimal) -> str:
    """A number with one decimal, as it is written in French."""
    return f"{value:.1f}".replace(".", ",")
