"""The one place for amounts: how one is kept, rounded, shared and written. Euros, exact, never a binary fraction."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.core.exceptions import ValidationError

from tenir.core.nombres import NombreField
from tenir.core.typographie import NBSP, euros, nombre

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
"""The smallest amount."""
CHIFFRES, DECIMALES = 14, 2
"""How many digits an amount has in the database, and how many of them are cents."""
PLAFOND = Decimal(10) ** 11
"""No amount reaches it: a hundred billion euros."""
CENTIMES = "Un montant est en euros et centimes : deux chiffres au plus après la virgule."
NEGATIF = "Un montant n’est jamais négatif : après un remboursement, inscrivez le total versé, plus petit."


def exact(value: Decimal) -> Decimal:
    """An amount as it is kept, to the cent.

    Raises:
        ValidationError: it has parts of a cent, is negative or huge; nothing is rounded in silence.
    """
    if not value.is_finite() or value >= PLAFOND:
        raise ValidationError("Ce montant est trop grand : onze chiffres au plus avant la virgule.")
    if value < 0:
        raise ValidationError(NEGATIF)
    kept = value.quantize(CENT)
    if kept != value:
        raise ValidationError(CENTIMES)
    return kept


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of amounts, to the cent; what is not said adds nothing."""
    return sum((one for one in amounts if one is not None), ZERO)


def told_total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The same; nothing where none of them is said, for that is not nought."""
    said = [one for one in amounts if one is not None]
    return total(said) if said else None


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole, in hundredths rounded half to even; none of nothing. The only rounding of the room."""
    return (part * 100 / whole).quantize(Decimal(1), ROUND_HALF_EVEN) if whole else None


def told(amount: Decimal | None) -> str:
    """« 4 000 € », or nothing where nothing is said."""
    return "" if amount is None else euros(amount)


def short(amount: Decimal) -> str:
    """The same without its unit, for a table that says it once."""
    return euros(amount).removesuffix(f"{NBSP}€")


def told_share(part: Decimal, whole: Decimal) -> str:
    """« 25 % », or nothing of nothing."""
    found = share(part, whole)
    return "" if found is None else f"{nombre(found)}{NBSP}%"


class MontantField(NombreField):
    """An amount typed in French: « 12 000 », « 22 810,61 »."""

    def __init__(self, label: str = "Montant, en euros", **options: Any) -> None:
        super().__init__(label=label, **{"required": False, **options})

    def to_python(self, value: Any) -> Any:
        """The amount, exact; none when nothing is typed."""
        found = super().to_python(value)
        return exact(found) if isinstance(found, Decimal) else found
