"""The filters that an address asks for, told as words beside the form that holds them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from tenir.core.typographie import NBSP, date_fr


@dataclass(frozen=True, slots=True)
class Actif:
    """A filter asked for: « Axe : B Habiter », and the query string that leaves it out."""

    texte: str
    sans: str


def active_in(form: forms.Form, asked: QueryDict) -> list[Actif]:
    """The filters of a form that an address fills and that can be read, in their order."""
    if not form.is_bound:
        return []
    form.is_valid()
    given = {name: form.cleaned_data.get(name) for name in form.fields}
    return [
        Actif(f"{form[name].label}{NBSP}: {_told(form.fields[name], value)}", _without(asked, form[name].html_name))
        for name, value in given.items()
        if value not in (None, "", [])
    ]


def _told(field: forms.Field, value: Any) -> str:
    """The value of a field in words."""
    if isinstance(value, date):
        return date_fr(value)
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(words for key, words in _flat(field.choices) if str(key) in {str(one) for one in chosen})
    return str(value)


def _flat(choices: Any) -> list[tuple[Any, str]]:
    return [(key, str(words)) for key, words in choices]


def _without(asked: QueryDict, name: str) -> str:
    left = asked.copy()
    for gone in (name, "page"):
        left.pop(gone, None)
    return f"?{left.urlencode()}"
