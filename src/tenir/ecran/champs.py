"""The nouns of the fields of a model, and their values in words, as screens, spreadsheets and the trace write them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models

from tenir.acteurs.models import Organisation, Personne
from tenir.core.typographie import date_fr, nombre


@cache
def field(name: str, model: type[models.Model]) -> "models.Field[Any, Any]":
    """The field of a model."""
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)  # noqa: S101 (what a written field is)
    return found


def label(name: str, model: type[models.Model]) -> str:
    """The noun of a field."""
    return str(field(name, model).verbose_name)


def nouns(names: Iterable[str], model: type[models.Model]) -> str:
    """The nouns of several fields, in one line."""
    return ", ".join(label(name, model) for name in names)


def told(name: str, value: Any, model: type[models.Model]) -> str:
    """A value in French: a person by her number, never by her name.

    Of a choice that nobody made, what the model says that it means (`EMPTY_MEANS`), where silence means something; of
    what no kind of field tells, its own words (`IN_WORDS`).
    """
    if own := getattr(model, "IN_WORDS", {}).get(name):
        return str(own(value))
    if choices := field(name, model).flatchoices:
        silence: dict[str, str] = getattr(model, "EMPTY_MEANS", {})
        return str(dict(choices).get(value) or silence.get(name, ""))
    for kind, write in _TOLD.items():
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)  # nought is a value


def told_on(row: models.Model, name: str, value: Any) -> str:
    """The same of a value that one thing holds, or is about to: some words are those of the thing (`OWN_WORDS`)."""
    own: dict[str, Callable[[models.Model, Any], str]] = getattr(row, "OWN_WORDS", {})
    return own[name](row, value) if name in own else told(name, value, type(row))


def words_of(row: models.Model, names: Iterable[str]) -> dict[str, str]:
    """What a thing says in some of its fields, noun by noun, as an act carries what was read (`core.marques`)."""
    return {label(name, type(row)): told_on(row, name, getattr(row, name)) for name in names}


def told_of(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, str]:
    """Values of fields of a model, noun by noun, in words."""
    return {label(name, model): told(name, value, model) for name, value in values.items()}


def shown(name: str, value: Any, model: type[models.Model]) -> str:
    """A value as a page shows it: a person by her name, which no trace holds."""
    return str(value) if isinstance(value, Personne) else told(name, value, model)


_TOLD: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "oui" if value else "non",
    date: date_fr,
    Decimal: lambda value: nombre(value.normalize()),
    Organisation: lambda body: str(body.nom),
    Personne: lambda someone: f"personne n° {someone.pk}",
}
