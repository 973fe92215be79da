"""A reading far from the one before: worth a second look, and maybe right."""

from collections.abc import Iterable
from decimal import Decimal

from tenir.indicateurs.models import ReleveDIndicateur

TENFOLD = 10
"""How far apart two readings in a row may be before one asks to look twice."""


def previous(
    releves: Iterable[ReleveDIndicateur], ventilation: str, apart: ReleveDIndicateur | None = None
) -> ReleveDIndicateur | None:
    """The last reading for the same part, but for the one about to be corrected."""
    same = [one for one in releves if one.ventilation.casefold() == ventilation.strip().casefold() and one != apart]
    return max(same, key=lambda one: (one.fin, one.debut, one.pk), default=None)


def far_apart(one: Decimal, other: Decimal) -> bool:
    """Whether a value is more than ten times another; zero is far from nothing."""
    low, high = sorted((abs(one), abs(other)))
    return low != 0 and high > TENFOLD * low
