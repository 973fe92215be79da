"""How a mark is written in each kind of field: a word, a day, a figure found nowhere else."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from tenir.core.typographie import date_fr
from tests.codes import CODES

FIRST_DAY = date(2031, 1, 10)


def word(number: int) -> str:
    """A word found nowhere else, in lower case."""
    return f"mq{number:05}qm"


def day(number: int) -> date:
    """A day of two digits before 2100, one a number: neither ten days more nor one ever fall on another's."""
    found = FIRST_DAY + timedelta(days=8 * number)
    return found if found.day >= 10 else found + timedelta(days=10)


def told(of: date) -> tuple[str, ...]:
    """How the site may write a day."""
    return (date_fr(of).replace("\xa0", " "), of.isoformat(), f"{of:%d/%m/%Y}", f"{of:%Y%m%d}")


def _text(column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    ending = ".txt" if column.verbose_name == "nom du fichier" else ""
    return word(number) + ending, (word(number),)


def _moment(_column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    return datetime.combine(day(number), time(12), tzinfo=UTC), told(day(number))


def _day(column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    """A day ahead; a century ago where something starts to hold: it holds today."""
    found = day(number)
    found = found.replace(year=found.year - 100) if column.name == "du" else found
    return found, told(found)


def _figure(_column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    return Decimal(7_000_000 + 13 * number), (str(7_000_000 + 13 * number),)


def _small(_column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    return 20_000 + number, (str(20_000 + number),)


def _json(_column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    return {"marque": word(number)}, (word(number),)


def _file(column: Any, number: int) -> tuple[Any, tuple[str, ...]]:
    name = column.storage.save(f"semis/{word(number)}.txt", ContentFile(word(number).encode()))
    return name, (word(number),)


WRITE: tuple[tuple[type[Any], Callable[[Any, int], tuple[Any, tuple[str, ...]]]], ...] = (
    (models.EmailField, lambda _, n: (f"{word(n)}@exemple.test", (word(n),))),
    (models.URLField, lambda _, n: (f"https://{word(n)}.exemple.test/", (word(n),))),
    (models.FileField, _file),
    (models.CharField, _text),
    (models.TextField, _text),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (models.DecimalField, _figure),
    (models.PositiveSmallIntegerField, _small),
    (models.PositiveIntegerField, lambda _, n: (7_000_000 + 13 * n, (str(7_000_000 + 13 * n),))),
    (models.JSONField, _json),
    (models.BinaryField, lambda _, n: (word(n).encode(), (word(n),))),
)
"""How each kind of field is marked, the narrowest kind first. Choices and booleans hold no value of their own."""


def writer_of(column: Any) -> Callable[[Any, int], tuple[Any, tuple[str, ...]]] | None:
    """How a field is marked; none when it holds nothing that could be recognised."""
    if column.primary_key or column.is_relation or column.flatchoices:
        return None
    if column.name in {"version", "rang", "ordre", "numero", *CODES.get(column.model.__name__, ())}:
        return None
    if isinstance(column, models.CharField) and column.max_length < len(word(0)):
        return None
    return next((write for kind, write in WRITE if isinstance(column, kind)), None)
