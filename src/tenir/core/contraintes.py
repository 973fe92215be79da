"""The constraints of a row, told in memory where memory can tell: the database is asked for the others alone.

Django asks it one query a constraint, a row: fifteen for an entry of the register, thousands for a workbook.
"""

import operator
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q, UniqueConstraint
from django.db.models.constants import LOOKUP_SEP
from django.db.models.constraints import BaseConstraint


class _Unknown(Exception):
    """Memory cannot tell: a lookup or an expression that it does not know."""


def validate_constraints(row: Model, exclude: Collection[str] = (), *, unique: bool = True) -> None:
    """As `Model.validate_constraints`: the database is asked only of what memory cannot tell.

    `unique`: false where nothing that must be unique changes.

    Raises:
        ValidationError: one does not stand.
    """
    asked = [one for one in row._meta.constraints if unique or not isinstance(one, UniqueConstraint)]
    told = [(one, _stands(one, row, exclude)) for one in asked]
    if any(stands is None for _, stands in told):
        row.validate_constraints(exclude=set(exclude))
        return
    errors: dict[str, list[ValidationError]] = {}
    for one, stands in told:
        if not stands:
            refused = ValidationError(one.get_violation_error_message(), code=one.violation_error_code)
            errors = refused.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)


def _stands(constraint: BaseConstraint, row: Model, exclude: Collection[str]) -> bool | None:
    """Whether a constraint stands; none where memory cannot tell."""
    try:
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
            if _holds(constraint.condition, row) is not False:
                return True
            return None if any(name in exclude for name in _names(constraint.condition)) else False
        if isinstance(constraint, UniqueConstraint):
            apart = any(name in exclude for name in constraint.fields)
            return (
                True
                if apart or (constraint.condition is not None and _holds(constraint.condition, row) is False)
                else None
            )
    except _Unknown:
        pass
    return None


def _names(condition: Any) -> set[str]:
    """The fields that a condition is about."""
    if isinstance(condition, Q):
        return set().union(*map(_names, condition.children))
    return {condition[0].partition(LOOKUP_SEP)[0]}


def _holds(condition: Any, row: Model) -> bool | None:
    """What SQL says of a condition on a row: true, false, or neither where something is not given."""
    if not isinstance(condition, Q):
        lookup, expected = condition
        return _compared(lookup, expected, row)
    found = [_holds(child, row) for child in condition.children]
    told = _either(found) if condition.connector == Q.OR else _all(found)
    return told if not condition.negated or told is None else not told


def _all(found: Iterable[bool | None]) -> bool | None:
    told = set(found)
    return False if False in told else None if None in told else True


def _either(found: Iterable[bool | None]) -> bool | None:
    told = set(found)
    return True if True in told else None if None in told else False


def _matches(value: str, pattern: str) -> bool:
    """As both databases read the patterns of our models; of the end of a text that ends a line they do not agree."""
    if "\n" in value:
        raise _Unknown(value)
    return re.search(pattern, value) is not None


COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, among: value in among,
    "range": lambda value, bounds: bounds[0] <= value <= bounds[1],
    "regex": _matches,
}


def _compared(lookup: str, expected: Any, row: Model) -> bool | None:
    name, _, how = lookup.partition(LOOKUP_SEP)
    value, expected = row.serializable_value(name), _of(expected, row)
    if how == "isnull" or (how in ("", "exact") and expected is None):
        return (value is None) is (True if expected is None else bool(expected))
    if how and how not in COMPARE:
        raise _Unknown(lookup)
    return None if value is None or expected is None else COMPARE[how or "exact"](value, expected)


def _of(expected: Any, row: Model) -> Any:
    if isinstance(expected, F):
        return row.serializable_value(expected.name)  # type: ignore[attr-defined]  # its stub forgets it
    if hasattr(expected, "resolve_expression"):
        raise _Unknown(expected)
    return expected
