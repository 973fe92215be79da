"""The values of a row as plain data: kept with a gesture, compared with what stands, put back."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model
from django.db.models.fields.files import FieldFile

from tenir.core.ecrit import plain

VERSION = "version"
"""The number that only grows: two rows that differ by it alone say the same."""

Valeurs = dict[str, Any]


def model_of(label: str) -> type[Model]:
    """The model that a gesture names."""
    return apps.get_model(label)


def held(row: Model, liens: Collection[str] = ()) -> Valeurs:
    """The values of a row, as JSON holds them; `liens`: its many-to-many fields that count, a query each."""
    found: Valeurs = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    for name in liens:
        found[name] = sorted(getattr(row, name).values_list("pk", flat=True))
    written: Valeurs = json.loads(json.dumps(found, default=_plain))
    return written


def rows_of(label: str, numeros: Iterable[int], *, lock: bool = False) -> dict[int, Model]:
    """The rows of a model that are still there, by number; held until the end of the transaction if asked."""
    rows = model_of(label)._base_manager.filter(pk__in=list(numeros)).order_by("pk")
    return {int(row.pk): row for row in (rows.select_for_update() if lock else rows)}


def same(one: Valeurs | None, other: Valeurs | None) -> bool:
    """Whether two states of a row say the same, whatever their versions."""
    return one is other or (one is not None and other is not None and _without_version(one) == _without_version(other))


def links_in(model: type[Model], values: Mapping[str, Any]) -> list[str]:
    """The many-to-many fields among kept values."""
    return [field.name for field in model._meta.many_to_many if field.name in values]


def rebuilt(model: type[Model], values: Mapping[str, Any]) -> Model:
    """A row that was removed, as it was; not saved yet."""
    fields = model._meta.concrete_fields
    return model(**{field.attname: field.to_python(values[field.attname]) for field in fields})


def put_back(row: Model, before: Valeurs, after: Valeurs) -> None:
    """Write on a row the values it had before a gesture; its version grows again if the gesture made it grow."""
    changed = [field for field in row._meta.concrete_fields if before[field.attname] != after[field.attname]]
    for field in changed:
        value = getattr(row, VERSION) + 1 if field.name == VERSION else field.to_python(before[field.attname])
        setattr(row, field.attname, value)
    row.validate_unique()
    row.validate_constraints()
    if changed:
        row.save(update_fields=[field.name for field in changed])
    for name in links_in(type(row), before):
        getattr(row, name).set(before[name])


def files_in(model: type[Model], values: Mapping[str, Any]) -> "Iterator[tuple[models.FileField, str]]":
    """The files that a row names, each with its field."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.FileField) and values[field.attname]:
            yield field, values[field.attname]


def _without_version(values: Valeurs) -> Valeurs:
    return {name: value for name, value in values.items() if name != VERSION}


def _plain(value: object) -> str:
    return (value.name or "") if isinstance(value, FieldFile) else plain(value)
