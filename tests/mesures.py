"""Readings and targets of indicators for the tests."""

from datetime import date
from decimal import Decimal

from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur


def releve(
    of: SuiviDIndicateur, valeur: str = "42", fin: date = date(2026, 6, 30), **fields: object
) -> ReleveDIndicateur:
    """A reading of the half-year that ends that day, unless another start is said."""
    start = date(fin.year, 1 if fin.month <= 6 else 7, 1)
    given = {"debut": start, "source": "registre du centre", **fields}
    return ReleveDIndicateur.objects.create(suivi=of, fin=fin, valeur=Decimal(valeur), **given)


def cible(
    of: SuiviDIndicateur, valeur: str = "60", le: date = date(2027, 12, 31), **fields: object
) -> CibleDIndicateur:
    """A target for a day."""
    return CibleDIndicateur.objects.create(suivi=of, le=le, valeur=Decimal(valeur), **fields)
