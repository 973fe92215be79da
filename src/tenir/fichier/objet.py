"""What every object of the contract file shares."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from tenir.fichier.source import PATTERN, Plage, parse_source, write_source

INVISIBLES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What no text of a contract file holds: controls, halves of a character, ends of line or of paragraph (Unicode's
categories Cc, Cs, Zl, Zp)."""


def _without_controls(text: str) -> str:
    if INVISIBLES.search(text):
        raise ValueError("Ce texte tient sur une ligne, sans caractère invisible : retirez-les.")
    return text


def _without_controls_but_lines(text: str) -> str:
    _without_controls(text.replace("\n", " "))
    return text


Texte = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_without_controls)]
"""One line of text."""

TexteLong = Annotated[
    str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_without_controls_but_lines)
]
"""Text that may run over lines."""


Source = Annotated[
    tuple[Plage, ...],
    BeforeValidator(parse_source),
    PlainSerializer(write_source),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": PATTERN}]}),
]
"""The lines of the document that carry an item."""


class Objet(BaseModel):
    """A mapping of the file: unknown fields refused, never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Item(Objet):
    """A thing that was signed: a stable code, and the lines of the document that carry it."""

    genre: ClassVar[str] = ""
    """The French noun shown for this kind of item."""

    code: str
    source: Source = Field(default=(), description="Lignes du document signé qui portent l’élément.")
    note: TexteLong | None = Field(default=None, description="Remarque de la personne qui tient le fichier.")
    texte: TexteLong | None = Field(
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
