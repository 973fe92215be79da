"""Two people on one thing: its version number tells, and whoever saves second sees what she would overwrite."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Field, Model

Told = Callable[[str, Any], str]


class Versionne(Protocol):
    """A row with a version number, which grows with each change of its own fields."""

    version: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone else may have changed meanwhile: what stands now, and what was about to be written."""

    champ: str
    actuel: str
    propose: str


class Conflit(Exception):
    """The thing changed since it was read: nothing is written, and what would be lost is told field by field."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__("Quelqu’un d’autre a changé cette fiche entre-temps : comparez, puis choisissez.")
        self.differences = differences


def label_of(model: type[Model], name: str) -> str:
    """The noun of a field, as screens and the trace write it."""
    found = model._meta.get_field(name)
    assert isinstance(found, Field)  # noqa: S101 (what a written field is)
    return str(found.verbose_name)


def changed_fields(row: Model, changes: Mapping[str, Any], writable: Collection[str]) -> dict[str, Any]:
    """Among asked values, those that are not already held.

    Raises:
        ValueError: a field that this thing does not let one write.
    """
    if unknown := changes.keys() - set(writable):
        raise ValueError(f"{sorted(unknown)} are not fields that a {row._meta.verbose_name} lets one write")
    return {name: value for name, value in changes.items() if getattr(row, name) != value}


def refuse_older(row: Versionne, version: int, changes: Mapping[str, Any], told: Told) -> None:
    """Let through only who read the thing as it stands.

    Raises:
        Conflit: it changed since that version.
    """
    if version != row.version:
        differences = [
            Difference(label_of(type(row), name), told(name, getattr(row, name)), told(name, value))  # type: ignore[arg-type]
            for name, value in changes.items()
        ]
        raise Conflit(differences)
