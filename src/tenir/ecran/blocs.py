"""The sections of the desk: what each room has to say this morning to someone, and what is new in it.

A room brings them by its `Piece(blocks={rank: sections}, novelties=…)`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, overload

from tenir.core.composants import Item
from tenir.core.piece import pieces
from tenir.core.typographie import NBSP, Genre, accord, capital, cut, date_fr, en_lettres, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

EXCERPT = 160
"""How much of a text a line shows."""

IN_THE_SENTENCE = 3
"""How many sections the first sentence of the page counts."""


@dataclass(frozen=True, slots=True)
class Annonce:
    """How the first sentence counts a section: « trois actions », « est en retard », « sont en retard »."""

    nom: str
    un: str
    plusieurs: str
    genre: Genre = "f"


class Lignes(Sequence[Item]):
    """Lines, each made when it is read: a desk shows the first five of a hundred, and counts the others."""

    def __init__(self, found: Sequence[Any], make: Callable[[Any], Item]) -> None:
        self.found, self.make = found, make

    def __len__(self) -> int:
        return len(self.found)

    @overload
    def __getitem__(self, rank: int) -> Item: ...
    @overload
    def __getitem__(self, rank: slice) -> "Lignes": ...
    def __getitem__(self, rank: int | slice) -> "Item | Lignes":
        return Lignes(self.found[rank], self.make) if isinstance(rank, slice) else self.make(self.found[rank])


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that each lead to where they are settled, the most pressing first.

    `nom` is its anchor and its name in the address. Without `annonce`, nothing is to be done there. `ailleurs`: the
    address of a list that holds the same lines, if there is one. `plus_haut`: how many more of that list a section
    above tells of already; a line is shown once, and counted with the others.
    """

    nom: str
    titre: str
    lignes: Sequence[Item]
    annonce: Annonce | None = None
    ailleurs: str = ""
    explication: str = ""
    plus_haut: int = 0


@dataclass(frozen=True, slots=True)
class Nouveaute:
    """Something said or changed: when, of what, where it is, what, by whom, for which body."""

    le: datetime
    code: str
    titre: str
    url: str
    quoi: str
    acteur: int | None = None
    pour: str = ""


def sections_of(acces: Acces, espace: EspaceDeContrat, on: date) -> list[Section]:
    """The sections that have something to say, in the order of their ranks."""
    ranked = sorted(((rank, make) for piece in pieces() for rank, make in piece.blocks.items()), key=lambda one: one[0])
    found = (section for _, make in ranked for section in make(acces, espace, on))
    return [section for section in found if section.lignes]


def novelties_of(acces: Acces, espace: EspaceDeContrat, since: datetime) -> list[Nouveaute]:
    """What others said and declared of what concerns her since a moment, in the order of the rooms."""
    makers = (piece.novelties for piece in pieces() if piece.novelties)
    return [one for make in makers for one in make(acces, espace, since)]


def sentence(sections: Iterable[Section]) -> str:
    """What is to be done, counted: « Trois actions sont en retard, deux attendent un porteur. » Empty: nothing is."""
    counted = [(one.annonce, len(one.lignes) + one.plus_haut) for one in sections if one.annonce]
    parts: list[str] = []
    said = ""
    for annonce, count in counted[:IN_THE_SENTENCE]:
        parts.append(_part(annonce, count, named=annonce.nom != said))
        said = annonce.nom
    text = " et ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
    return typo(f"{capital(text)}.") if text else ""


def _part(annonce: Annonce, count: int, *, named: bool) -> str:
    noun = [accord(count, annonce.nom)] if named else []
    return " ".join([en_lettres(count, annonce.genre), *noun, accord(count, annonce.un, annonce.plusieurs)])


def beside(text: str, *others: str) -> str:
    """A text and what is said beside it: « Attendu depuis le 3 mars 2026 : la fin de l’action · CCAS »."""
    said = [one for one in others if one]
    return " · ".join([text.rstrip("."), *said]) if said else text


def excerpt(text: str) -> str:
    """The beginning of a text, cut at a word."""
    return cut(text, EXCERPT)


def news(day: date, text: str) -> str:
    """« Nouvelle du 3 mars 2026 : … », as the desk tells it."""
    return f"Nouvelle du {date_fr(day)}{NBSP}: {excerpt(text)}"
