"""Two people on one thing: its version number tells, and whoever saves second sees what she would overwrite."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tenir.acteurs.models import Organisation
from tenir.core.tenue import Tenu
from tenir.core.trace import Fait
from tenir.ecran.champs import field, label, told_on
from tenir.habilitations.services import trace_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone else may have changed meanwhile: what stands now, and what was about to be written."""

    champ: str
    actuel: str
    propose: str


class Conflit(Exception):
    """The thing changed since it was read: nothing is written, and what would be lost is told field by field."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__("Quelqu’un d’autre a changé ceci entre-temps : comparez, puis choisissez.")
        self.differences = differences


def changed_fields(row: Model, changes: Mapping[str, Any], writable: Collection[str]) -> dict[str, Any]:
    """Among asked values, those that are not already held.

    Raises:
        ValueError: a field that this thing does not let one write.
    """
    if unknown := changes.keys() - set(writable):
        raise ValueError(f"{sorted(unknown)} are not fields that a {row._meta.verbose_name} lets one write")
    return {name: value for name, value in changes.items() if getattr(row, name) != value}


def refuse_older(row: Any, version: int, changes: Mapping[str, Any]) -> None:
    """Let through only who read the thing as it stands.

    Raises:
        Conflit: it changed since that version.
    """
    if version != row.version:
        raise Conflit([difference(row, name, value) for name, value in changes.items()])


def refuse_moved(row: Model, changes: Mapping[str, Any], read: Mapping[str, Any] | None) -> None:
    """The same for a thing without a version number: let through only what still holds what was read, if it is said.

    Raises:
        Conflit: a field about to be written is no more what was read.
    """
    moved = [name for name in changes if read is not None and getattr(row, name) != read[name]]
    if moved:
        raise Conflit([difference(row, name, changes[name]) for name in moved])


def difference(row: Model, name: str, value: Any) -> Difference:
    """What a field holds, and what is about to be written over it, in words."""
    return Difference(label(name, type(row)), told_on(row, name, getattr(row, name)), told_on(row, name, value))


def held_now(genre: str, rows: Iterable[Any], names: Iterable[str]) -> Iterator[Tenu]:
    """What fields of things of contracts hold now, as the trace would tell it: bodies apart, whose names may change."""
    told_of = list(names)
    for row in rows:
        model: type[Model] = type(row)
        chaine = trace_of(row.espace)
        for name in told_of:
            if field(name, model).related_model is not Organisation:
                yield Tenu(chaine, genre, row.code, label(name, model), told_on(row, name, getattr(row, name)))


def facts_of(genre: str, code: str, row: Model, changes: Mapping[str, Any]) -> list[Fait]:
    """What the trace tells of fields about to be written on a thing known by its code."""
    told_of = [difference(row, name, value) for name, value in changes.items()]
    return [Fait(genre, code, one.champ, one.actuel, one.propose) for one in told_of]
