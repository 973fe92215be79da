"""A column of a list: at once its cell, its value in a file, what it sorts by, and its place on a phone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any

from django.utils.safestring import SafeString

from tenir.core.cellules import escaped, muted, written
from tenir.core.typographie import date_fr, nombre

Read = Callable[[Any], Any]


class Place(Enum):
    """Where a cell goes on a phone, where a row is two lines: the first, the second (a state opens it), or nowhere."""

    TITRE = "au-titre"
    ETAT = "en-ligne etat"
    LIGNE = "en-ligne"
    AUCUNE = ""


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column.

    `value` is what a file holds; `cell` what the page shows, escaped unless it is safe HTML (the value, unless said).
    It sorts by `order_by`, fields that the database sorts, or by `key`, computed of each row once all are read; rows
    without one come last. `css`: « code », « chiffre », « jour » or « geste ». `mot` goes before the value on a phone,
    where columns have no heading. `usual`: shown unless others are chosen.
    """

    name: str
    titre: str
    value: Read
    cell: Read | None = None
    order_by: tuple[str, ...] = ()
    key: Read | None = None
    css: str = ""
    place: Place = Place.AUCUNE
    mot: str = ""
    usual: bool = True
    on_page: bool = True
    in_files: bool = True

    @property
    def sorts(self) -> bool:
        """Whether rows can be sorted by it."""
        return bool(self.order_by or self.key)

    def shown(self, row: Any) -> str:
        """The cell of a row, safe to write in the page."""
        said = escaped(self.cell(row) if self.cell else _written(self.value(row)))
        return written('<span class="mot">{} </span>{}', self.mot, said) if self.mot and said else said

    @property
    def opening(self) -> SafeString:
        """The tag that opens each of its cells, written once for all of them."""
        css = " ".join(filter(None, (self.css, self.place.value)))
        said = written(' class="{}"', css) if css else ""
        return written('<td role="cell"{}>', said)


def read(path: str, empty: Any = "") -> Read:
    """What reads an attribute, through others (« organisation.nom »); `empty` when one of them is missing."""
    names = path.split(".")
    if len(names) == 1:
        get = attrgetter(path)
        return lambda row: empty if (found := get(row)) in (None, "") else found

    def through(row: Any) -> Any:
        for name in names:
            row = getattr(row, name)
            if row is None:
                return empty
        return empty if row == "" else row

    return through


def text_column(name: str, titre: str, path: str = "", *, absence: str = "", **options: Any) -> Colonne:
    """A column of an attribute, of its own name unless said. `absence`: said by the page in italics, not by a file."""
    value = read(path or name)
    cell = (lambda row: value(row) or muted(absence)) if absence else None
    return Colonne(name, titre, value, cell, **options)


def day_column(
    name: str, titre: str, day: Callable[[Any], date | None], *, absence: str = "", **options: Any
) -> Colonne:
    """A column of a day: as it is sorted in a file (« 2026-03-12 »), as it is read on the page."""

    def value(row: Any) -> str:
        found = day(row)
        return found.isoformat() if found else ""

    def cell(row: Any) -> str:
        found = day(row)
        return date_fr(found) if found else muted(absence) if absence else ""

    return Colonne(name, titre, value, cell, css="jour", **options)


def _written(value: Any) -> Any:
    """A value as a page shows it."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return nombre(value)
    return "" if value is None else value
