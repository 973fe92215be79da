"""Rows as lines of text, the same whatever the database they come from."""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from tenir.core.ecrit import plain

EPHEMERAL = frozenset({"sessions.Session", "core.EntreeDeCache", "core.Travail", "core.Machine"})
"""What is not worth keeping, or would let a thief in: open sessions, attempts of sign-in; works, which last a week and
must not start again in a site restored to another day; the machines that may send, of which a copy is none."""
BATCH = 2_000
LONGEST_LINE = 64 * 1024 * 1024
"""The most bytes of one row: a whole contract and its document are far below."""


class LigneIllisible(ValueError):
    """A line is no row of its table."""


def all_models() -> list[type[Model]]:
    """Every table that migrations make, the links of many-to-many fields included."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    return sorted((model for model in found if not model._meta.proxy), key=lambda model: model._meta.label)


def kept_models() -> list[type[Model]]:
    """The tables that a backup holds."""
    return [model for model in all_models() if model._meta.label not in EPHEMERAL]


def columns(model: type[Model]) -> "list[Field[Any, Any]]":
    """The columns of a table, without those that the database computes."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def lines(model: type[Model]) -> Iterator[bytes]:
    """Every row of a table, by primary key, each as one line; a few rows in memory at a time."""
    names = [field.attname for field in columns(model)]
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(BATCH):
        # Sorted keys: PostgreSQL does not keep the order of a JSON object.
        yield json.dumps(row, ensure_ascii=False, sort_keys=True, default=plain).encode() + b"\n"


def read_line(model: type[Model], line: bytes) -> Model:
    """The row that a line tells, not saved yet.

    Raises:
        LigneIllisible: it is none of that table.
    """
    try:
        values = json.loads(line)
        given = zip(columns(model), values, strict=True)
        return model(**{field.attname: field.to_python(value) for field, value in given})
    except (ValueError, TypeError, RecursionError, ValidationError) as error:
        raise LigneIllisible(f"Une ligne de {model._meta.label} ne se lit pas.") from error
