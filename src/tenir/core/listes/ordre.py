"""The order of rows: always total, so that no row is on two pages nor on none; what has no value comes last."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, Model, QuerySet, TextField

from tenir.core.alphabet import alphabetical
from tenir.core.listes.colonne import Colonne

Row = TypeVar("Row")
ORDERED_AS_WRITTEN = frozenset({"code", "regle", "slug", "objet"})
"""What is no word of a language: its order is that of its signs."""
Rows = QuerySet[Any] | Sequence[Any]


def in_order(
    rows: Rows, column: Colonne | None, *, backwards: bool, default: Sequence[str], tie: Sequence[str]
) -> Rows:
    """Rows sorted by a column; without one, as they come.

    By fields, the database sorts. By a key, every row is read, in the order of the fields of `default`, then sorted.
    """
    fields = column.order_by if column else ()
    if isinstance(rows, QuerySet):
        rows = _by_fields(rows, fields or default, tie, backwards=backwards and bool(fields))
    if column is None or column.key is None or (fields and isinstance(rows, QuerySet)):
        return rows
    return by_key(rows, column.key, backwards=backwards)


def by_key(rows: Iterable[Row], key: Callable[[Row], Any], *, backwards: bool) -> list[Row]:
    """Rows sorted by what is computed of each; those without come last either way, equals stay as they were."""
    keyed = [(key(row), row) for row in rows]
    told = [pair for pair in keyed if pair[0] not in (None, "")]
    told.sort(key=lambda pair: pair[0], reverse=backwards)
    return [row for _, row in told] + [row for found, row in keyed if found in (None, "")]


def _by_fields(rows: QuerySet[Any], fields: Sequence[str], tie: Sequence[str], *, backwards: bool) -> QuerySet[Any]:
    asked = [_one(rows.model, name, backwards=backwards) for name in fields]
    given: list[Any] = asked or [*(rows.query.order_by or rows.model._meta.ordering)]
    return rows.order_by(*given, *tie)


def _one(model: type[Model], name: str, *, backwards: bool) -> Any:
    """A field as the database sorts it. One that may be null is last either way, on every database."""
    field, down = name.removeprefix("-"), name.startswith("-") is not backwards
    if _is_a_text(model, field):
        return alphabetical(f"-{field}" if down else field)
    if not _may_be_null(model, field):
        return f"-{field}" if down else field
    return F(field).desc(nulls_last=True) if down else F(field).asc(nulls_last=True)


def _is_a_text(model: type[Model], path: str) -> bool:
    """Whether a field holds words: neither a code, nor a choice, nor what a query computes."""
    for name in path.split("__"):
        try:
            field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        model = field.related_model or model
    return isinstance(field, CharField | TextField) and not field.choices and field.name not in ORDERED_AS_WRITTEN


def _may_be_null(model: type[Model], path: str) -> bool:
    """Whether a field, or one that leads to it, may be null; a value that a query computes may not."""
    for name in path.split("__"):
        try:
            field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        if field.null:
            return True
        model = field.related_model or model
    return False
