"""Figures typed in French: « 1 415 », « 47,4 ». What could be read in two ways is refused, with what to write."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tenir.core.typographie import MINUS, NBSP, NNBSP, nombre, typo

ENTIERS, DECIMALES = 11, 4
"""The most digits before and after the comma."""

_WRITTEN = re.compile(r"-?(?:\d+|\d{1,3}(?: \d{3})+)(?:,\d+)?", re.ASCII)
_MINUSES = str.maketrans({MINUS: "-", "–": "-", NBSP: " ", NNBSP: " ", "\u2009": " ", "\t": " "})


class NombreIllisible(ValueError):
    """What was typed is no figure as French writes it; the message is the sentence to show."""


def parse_nombre(text: str) -> Decimal:
    """A figure as French writes it: spaces between thousands, a comma before decimals.

    Raises:
        NombreIllisible: anything else; a point is refused, for « 1.415 » is read in two ways.
    """
    typed = " ".join(text.translate(_MINUSES).split())
    if not _WRITTEN.fullmatch(typed):
        raise NombreIllisible(typo(_why(typed)))
    whole, _, fraction = typed.replace(" ", "").partition(",")
    if len(whole.lstrip("-").lstrip("0")) > ENTIERS or len(fraction) > DECIMALES:
        raise NombreIllisible(f"Onze chiffres au plus avant la virgule, {DECIMALES} après.")
    return Decimal(f"{whole}.{fraction}" if fraction else whole) + 0  # no minus sign before zero


def _why(typed: str) -> str:
    if re.search(r"\d\.\d", typed):
        return "Écrivez la virgule et non le point : « 47,4 » ; les milliers se séparent d’une espace : « 1 415 »."
    if re.search(r"\d.*[^\d\s,.-]|^[^\d\s,.-].*\d", typed):
        return "Écrivez le nombre seul, sans son unité : « 1 415 » ou « 47,4 »."
    return "Écrivez un nombre : « 1 415 » ou « 47,4 »."


class NombreField(forms.CharField):
    """A figure typed in French, read as a `Decimal`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), max_length=30, **options
        )

    def prepare_value(self, value: Any) -> Any:
        """A figure as it is read, with plain spaces, so that it can be typed over."""
        return told_plainly(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The figure; none when nothing is typed."""
        if value is None or isinstance(value, Decimal):
            return value
        typed = super().to_python(value)
        try:
            return parse_nombre(typed) if typed else None
        except NombreIllisible as error:
            raise ValidationError(str(error), code="invalid") from error

    def run_validators(self, value: Any) -> None:
        """Nothing more: the length is that of what was typed, and a figure has been read."""


def told_plainly(value: Decimal) -> str:
    """« 1 415,5 » with plain spaces, without the zeros that a column adds."""
    return nombre(value.normalize()).replace(NNBSP, " ").replace(MINUS, "-")
