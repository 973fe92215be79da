"""Every column of every table has a written form, from which a restore reads the same value back.

A backup once stopped at the first time of day that a table held: the walk below knows every type of column there is.
"""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Field, Model

from tenir.core.ecrit import plain
from tenir.core.sauvegarde.lignes import columns, kept_models
from tenir.ecran.annulation.valeurs import held

TEXT = "« Égalité », 47,4"
VALUES: dict[str, Any] = {
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField"), TEXT),
    **dict.fromkeys(("BigAutoField", "AutoField", "IntegerField", "BigIntegerField", "SmallIntegerField"), 1415),
    **dict.fromkeys(("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField"), 7),
    "BooleanField": True,
    "DateField": date(2026, 3, 12),
    "DateTimeField": datetime(2026, 3, 12, 9, 30, 15, 123456, tzinfo=UTC),
    "TimeField": time(17, 30),
    "DecimalField": Decimal("3000.10"),
    "FloatField": 0.1,
    "BinaryField": bytes(range(256)),
    "JSONField": {"a": [1, "é", None, True], "b": {"c": "d"}},
}
"""What a column of each type may hold: a type that is not here has never been written in a backup."""


def value_of(field: "Field[Any, Any]") -> Any:
    target = field.target_field if field.is_relation else field
    return VALUES[target.get_internal_type()]


MODELS = pytest.mark.parametrize("model", kept_models(), ids=lambda model: model._meta.label)


@MODELS
def test_a_column_is_written_and_read_back(model: type[Model]) -> None:
    for field in columns(model):
        value = value_of(field)
        line = json.dumps([value], ensure_ascii=False, default=plain)
        assert bytes_or(field.to_python(json.loads(line)[0])) == value, field.name


@MODELS
def test_a_gesture_keeps_every_column_of_a_row(model: type[Model]) -> None:
    row = model(**{field.attname: value_of(field) for field in columns(model)})
    kept = held(row)
    assert set(kept) == {field.attname for field in model._meta.concrete_fields}


def bytes_or(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
