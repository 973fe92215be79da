"""What every object of the contract file shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tenir.fichier.source import Source

Texte = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Objet(BaseModel):
    """A mapping of the file: unknown fields refused, never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=False)


class Item(Objet):
    """A thing that was signed: a stable code, and the lines of the document that carry it."""

    genre: ClassVar[str] = ""
    """The French noun shown for this kind of item."""

    code: str
    source: Source = Field(default=(), description="Lignes du document signé qui portent l’élément.")
    note: Texte | None = Field(default=None, description="Remarque de la personne qui tient le fichier.")
    texte: Texte | None = Field(
        default=None,
        description="Mots du document, pour un projet de contrat seulement : refusé dès que le document est joint.",
    )


@dataclass(frozen=True, slots=True)
class Place:
    """An object of the file and the way to it: `("axes", 0, "orientations", 2)`."""

    chemin: tuple[str | int, ...]
    objet: Objet


def walk(objet: Objet, chemin: tuple[str | int, ...] = ()) -> Iterator[Place]:
    """Yield the object, then every object below it, in the order of the file."""
    yield Place(chemin, objet)
    for name in type(objet).model_fields:
        value = getattr(objet, name)
        children = [((name,), value)] if isinstance(value, Objet) else _numbered(name, value)
        for step, child in children:
            yield from walk(child, (*chemin, *step))


def _numbered(name: str, value: object) -> list[tuple[tuple[str | int, ...], Objet]]:
    if not isinstance(value, tuple):
        return []
    return [((name, rank), child) for rank, child in enumerate(value) if isinstance(child, Objet)]
