"""Forgetting a person who is erased: what names her, where it is found, how what the machine wrote loses it.

A room declares what it keeps of people (`Piece(personal=…)`), by the label of the model: the columns that the machine
writes, out of which her marks are taken; no column, when the room itself removes such rows (`Piece(forget=…)`). Any
other column is free text: what names her there is a mention, which people take off (`habilitations.mentions`).
`docs/adr/0039-oubli.md` says why.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote_plus

from django.apps import apps
from django.db import models

from tenir.core.contenus import text_of
from tenir.core.piece import by_name
from tenir.fichier.mots import CIVILITES, name_words, plain

TEXTS = (models.CharField, models.TextField, models.JSONField)
NOT_READ = frozenset({"sessions.Session", "core.EntreeDeCache"})
"""Coded, and gone with the account or within the hour."""
GONE = "[effacé]"
SHORTEST_NUMBER = 6
BATCH = 2_000


class OubliImpossible(Exception):
    """A person cannot be forgotten now; the message is the French sentence to show."""


@dataclass(frozen=True)
class Marques:
    """What tells who a person is: how she is called and reached, now and before.

    `adresses` and `telephones` are those that nobody else has. `unique`: she has no namesake, and her name too is taken
    out of what the machine wrote. All of it is looked for in free text, where people decide.
    """

    noms: Sequence[str]
    adresses: Sequence[str]
    telephones: Sequence[str]
    unique: bool

    @cached_property
    def _reached(self) -> "re.Pattern[str] | None":
        return _one_of([*map(_address, self.adresses), *map(_phone, self.telephones)])

    @cached_property
    def _any(self) -> "re.Pattern[str] | None":
        return _one_of([*map(_name, self.noms), *map(_address, self.adresses), *map(_phone, self.telephones)])

    @cached_property
    def _sure(self) -> "re.Pattern[str] | None":
        names = [rf"(?<!\w){re.escape(one)}(?!\w)" for one in self.noms if self.unique]
        return _one_of([*names, *map(_address, self.adresses), *map(_phone, self.telephones)])

    def names(self, text: str) -> bool:
        """Whether a text names her: an address, a name in any order, a telephone, as typed or as in a link."""
        return _found(self._any, text)

    def reaches(self, text: str) -> bool:
        """Whether a text holds an address or a telephone that nobody else has."""
        return _found(self._reached, text)

    def passages(self, text: str) -> list[tuple[int, int]]:
        """Where in a text she is named; the whole of it when only what a link writes in its own way names her."""
        if not self._any:
            return []
        spelled, places = _spelled(text)
        found = [(places[one.start()], places[one.end() - 1] + 1) for one in self._any.finditer(spelled)]
        return found or ([(0, len(text))] if self.names(text) else [])

    def without(self, text: str) -> str:
        """What the machine wrote, without what is surely hers."""
        if not self._sure:
            return text
        left = self._sure.sub(GONE, text)
        return "" if left == GONE else left


@dataclass(frozen=True, slots=True)
class Trouve:
    """Where a text names her: the model, its row, the column, and the text as it stands."""

    modele: str
    cle: str
    champ: str
    texte: str


def scrub(marques: Marques) -> None:
    """Take her marks out of every column that a room declares as written by the machine."""
    for label, columns in by_name("personal").items():
        model = apps.get_model(label)
        for row in model._base_manager.only("pk", *columns).iterator(BATCH) if columns else ():
            changed = {name: marques.without(getattr(row, name)) for name in columns}
            changed = {name: value for name, value in changed.items() if value != getattr(row, name)}
            if changed:
                model._base_manager.filter(pk=row.pk).update(**changed)


def mentions(marques: Marques) -> Iterator[Trouve]:
    """Every free text of the base that names her, read through: one query for each model that holds texts."""
    handled = by_name("personal")
    for model in read_models():
        wanted = [field for field in text_columns(model) if not _is_handled(handled, model, field)]
        yield from _in_rows(model, wanted, marques) if wanted else ()


def read_models() -> list[type[models.Model]]:
    """The tables where texts are looked for."""
    found = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    kept = [model for model in found if model._meta.managed and model._meta.label not in NOT_READ]
    return sorted(kept, key=lambda model: model._meta.label)


def text_columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a model that may hold a name: texts, values in JSON, files. Choices name nobody."""
    kinds = (*TEXTS, models.FileField)
    return [field for field in model._meta.concrete_fields if isinstance(field, kinds) and not field.choices]


def written(value: Any) -> str:
    """A value of such a column as one text; of a file, what it holds."""
    if isinstance(value, models.fields.files.FieldFile):
        return text_of(value)
    if isinstance(value, str) or value is None:
        return value or ""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _in_rows(
    model: type[models.Model], wanted: "Iterable[models.Field[Any, Any]]", marques: Marques
) -> Iterator[Trouve]:
    names = [field.attname for field in wanted]
    for row in model._base_manager.only(*names).order_by("pk").iterator(BATCH):
        for name in names:
            text = written(getattr(row, name))
            if text and marques.names(text):
                yield Trouve(model._meta.label, str(row.pk), name, text)


def _is_handled(handled: dict[str, Sequence[str]], model: type[models.Model], field: Any) -> bool:
    columns = handled.get(model._meta.label)
    return columns is not None and (not columns or field.name in columns)


def struck(text: str, passages: Iterable[Sequence[int]], limit: int | None = None) -> str:
    """A text without some passages of it; « … » stands for them where there is no room for a word."""
    left, end = text, len(text)
    for start, stop in sorted(map(tuple, passages), reverse=True):
        if stop <= end:  # two that overlap are one
            left, end = left[:start] + GONE + left[stop:], start
    return left if limit is None or len(left) <= limit else left.replace(GONE, "…")[:limit]


def _spelled(text: str) -> tuple[str, list[int]]:
    """A text as it compares, and for each of its characters where it stands in what was written."""
    parts = [plain(character) for character in text]
    return "".join(parts), [at for at, part in enumerate(parts) for _ in part]


def _found(pattern: "re.Pattern[str] | None", text: str) -> bool:
    if not pattern:
        return False
    told = plain(text)
    return bool(pattern.search(told) or (("%" in text or "+" in text) and pattern.search(plain(unquote_plus(text)))))


def _one_of(patterns: Iterable[str]) -> "re.Pattern[str] | None":
    found = [pattern for pattern in patterns if pattern]
    return re.compile("|".join(found), re.IGNORECASE) if found else None


def _name(nom: str) -> str:
    """A name whatever the order of its words (« NOM Prénom »), or a civility and one of them."""
    words = [re.escape(word) for word in name_words(nom)]
    if not words:
        return ""
    between = r"[\W_]+"
    orders = [between.join([*words[at:], *words[:at]]) for at in range(len(words))]
    called = rf"(?:{'|'.join(CIVILITES)})\.?{between}(?:{'|'.join(words)})"
    return rf"(?<!\w)(?:{'|'.join([*orders, called])})(?!\w)"


def _address(email: str) -> str:
    return rf"(?<![\w.+-]){re.escape(plain(email))}(?![\w-])"


def _phone(number: str) -> str:
    """A telephone however its figures are set apart, with or without the code of France."""
    figures = re.sub(r"\D", "", number.replace("+33", "0", 1))
    if len(figures) < SHORTEST_NUMBER:
        return ""
    between = r"[\s.\-/()]*"
    if figures.startswith("0"):
        return rf"(?<!\d)(?:0|(?:\+|00)33{between}(?:\(0\))?){between}{between.join(figures[1:])}(?!\d)"
    return rf"(?<!\d){between.join(figures)}(?!\d)"
