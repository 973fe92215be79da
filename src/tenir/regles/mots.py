"""How the sentences of rules count."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal


def compte(count: int, singular: str) -> str:
    """A count and its noun, regular in the plural: « 1 chiffre », « 3 chiffres »."""
    return f"{count} {singular}{'s' if count > 1 else ''}"


def accord(count: int, singular: str, plural: str) -> str:
    """The form that goes with a count: in French the plural starts at two."""
    return plural if count > 1 else singular


def jour(one: date) -> str:
    """A day as it is written in figures: « 31/12/2026 »."""
    return f"{one:%d/%m/%Y}"


def nombre(value: Decimal) -> str:
    """A number as it is written in French: « 6 120 000 », « 12,5 »."""
    return f"{value.normalize():,f}".replace(",", "\u202f").replace(".", ",")


SHOWN = 8
"""How many of a list a sentence tells before it counts the rest."""


def some(names: Iterable[str]) -> str:
    """The first names of a list, and how many more there are: « A01, A02 et 3 autres »."""
    told = list(names)
    rest = len(told) - SHOWN
    return ", ".join(told) if rest < 2 else f"{', '.join(told[:SHOWN])} et {rest} autres"
