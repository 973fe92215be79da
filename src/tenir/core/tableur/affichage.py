"""A value that a spreadsheet typed, as a French spreadsheet shows it."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

DIGITS = 15
"""How many digits a spreadsheet holds of a number."""


def shown(value: Any, format: str = "") -> str:
    """The text of a value: « VRAI », « 0,5 », « 2027-03-12 »; a number under a format of digits keeps its zeros."""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return _number(value, format)


def _moment(value: datetime) -> str:
    near = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    return near.date().isoformat() if near.time() == time.min else near.isoformat(sep=" ")


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _number(value: Any, format: str) -> str:
    if "%" in re.sub(r'"[^"]*"|\\.', "", format):
        return f"{plain_number(Decimal(repr(value)) * 100)} %"
    text = plain_number(value)
    return _under(text, format) if text.isdecimal() else text


def plain_number(value: Any) -> str:
    """A number in figures, with its decimal comma, as many digits as a spreadsheet holds."""
    try:
        exact = Decimal(f"{value:.{DIGITS}g}")
    except (InvalidOperation, ValueError):
        return str(value)
    text = f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")


_PIECE = re.compile(r'"(?P<mot>[^"]*)"|\\(?P<signe>.)|\[[^\]]*\]|(?P<chiffre>[0#])|(?P<blanc>[ \-/()+])|(?P<autre>.)')
"""Pieces of a format of digits: words between quotes, a sign escaped, a condition, a digit, a blank, anything else."""


def _under(text: str, format: str) -> str:
    """Digits under a format such as « 00000 » or « 0# ## ## ## ## »; as they are under any other."""
    pieces = [*_PIECE.finditer(format.split(";")[0])]
    places = [piece["chiffre"] for piece in pieces if piece["chiffre"]]
    if any(piece["autre"] for piece in pieces) or "0" not in places or len(places) < max(2, len(text)):
        return text
    digits = iter(text.rjust(len(places)))
    return " ".join("".join(_piece(piece, digits) for piece in pieces).split())


def _piece(piece: re.Match[str], digits: Iterator[str]) -> str:
    if place := piece["chiffre"]:
        digit = next(digits)
        return digit.replace(" ", "0" if place == "0" else "")
    return piece["mot"] or piece["signe"] or piece["blanc"] or ""
