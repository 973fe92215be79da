"""Queries whose cost does not grow with what other contracts hold; a row read again before it is written."""

from functools import reduce
from operator import or_
from typing import Any, NoReturn, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
GONE = "Ce que vous changiez vient d’être retiré par quelqu’un d’autre : revenez à la page d’avant."


def still(rows: QuerySet[Row, Row], row: Model) -> Row:
    """A row as it stands now, among `rows`, which hold it: between its reading and its writing it may be taken back.

    Raises:
        ValidationError: it was.
    """
    found = rows.filter(pk=row.pk).first()
    if found is None:
        raise ValidationError(GONE)
    return found


def points_to_nothing(row: Model) -> NoReturn:
    """For a row that points to one thing among several: `self.fiche or self.engagement or points_to_nothing(self)`.

    Raises:
        ValueError: always; the constraint of its table forbids it.
    """
    raise ValueError(f"{row._meta.label} {row.pk} points to nothing: its constraint is gone")


def among(*numbers: QuerySet[Any, Any]) -> Q:
    """The rows whose number is in one of these queries, each of one column.

    Rather than « or » across several tables of many rows, which joins them all before it chooses: the product of
    what every contract holds.
    """
    return reduce(or_, (Q(pk__in=one.order_by()) for one in numbers))
