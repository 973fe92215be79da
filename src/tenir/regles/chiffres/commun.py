"""What the rules on figures share."""

import re
from collections.abc import Iterator

from tenir.fichier.modeles import ContratDeVille, Donnee

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


def is_share(donnee: Donnee) -> bool:
    """Whether a figure is a share of a whole."""
    return donnee.unite == "%" and not EVOLUTION.search(donnee.libelle)


def printed(donnee: Donnee) -> str:
    """A figure as it is printed, else as it was read."""
    return donnee.imprime or f"{donnee.valeur}{f' {donnee.unite}' if donnee.unite else ''}"
