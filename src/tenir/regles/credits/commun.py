"""What the rules on credits share."""

import re

from tenir.fichier.modeles import ContratDeVille, LigneDeCredits

AMOUNT = re.compile(r"\d[\d\s\u202f.,]*(?:€|euros?\b|k€|M€|k?eur\b)", re.IGNORECASE)
"""A sum of money."""


def lines(contrat: ContratDeVille) -> list[LigneDeCredits]:
    """Every funding line."""
    return [line for orientation in contrat.orientations for line in orientation.credits]


def filled(contrat: ContratDeVille) -> bool:
    """Whether a contract writes something behind most of its funders: only then is a funder alone a blank."""
    known = lines(contrat)
    return 2 * sum(not line.vide for line in known) >= len(known)


def left_empty(line: LigneDeCredits) -> bool:
    """Whether a line names its funder and nothing more; a name inside a sentence is no line."""
    return line.vide and all(plage.colonne_debut is None for plage in line.source)
