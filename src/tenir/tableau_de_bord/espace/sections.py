"""The sections of the desk: what each room has to say this morning to someone.

A room is told here once, when the site starts: `fill("suivi", sections_of_follow_up)`. The order is that of the page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tenir.core.composants import Item
from tenir.core.typographie import Genre, accord, en_lettres, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

IN_THE_SENTENCE = 3
"""How many sections the first sentence of the page counts."""


@dataclass(frozen=True, slots=True)
class Annonce:
    """How the first sentence counts a section: « trois actions », « est en retard », « sont en retard »."""

    nom: str
    un: str
    plusieurs: str
    genre: Genre = "f"


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that each lead to where they are settled, the most pressing first.

    `nom` is its anchor and its name in the address. Without `annonce`, nothing is to be done there. `ailleurs`: the
    address of a list that holds the same lines, if there is one.
    """

    nom: str
    titre: str
    lignes: Sequence[Item]
    annonce: Annonce | None = None
    ailleurs: str = ""
    explication: str = ""


Fill = Callable[[Acces, EspaceDeContrat, date], Iterable[Section]]

_fills: dict[str, Fill] = {}


def fill(room: str, sections: Fill) -> None:
    """Say what a room brings to the desk, for someone, in a contract, on a day."""
    _fills[room] = sections


def sections_of(acces: Acces, espace: EspaceDeContrat, on: date) -> list[Section]:
    """The sections that have something to say."""
    found = (section for sections in _fills.values() for section in sections(acces, espace, on))
    return [section for section in found if section.lignes]


def sentence(sections: Iterable[Section]) -> str:
    """What is to be done, counted: « Trois actions sont en retard, deux attendent un porteur. » Empty: nothing is."""
    counted = [(section.annonce, len(section.lignes)) for section in sections if section.annonce]
    parts: list[str] = []
    said = ""
    for annonce, count in counted[:IN_THE_SENTENCE]:
        parts.append(_part(annonce, count, named=annonce.nom != said))
        said = annonce.nom
    text = " et ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
    return typo(f"{text[:1].upper()}{text[1:]}.") if text else ""


def _part(annonce: Annonce, count: int, *, named: bool) -> str:
    noun = [accord(count, annonce.nom)] if named else []
    return " ".join([en_lettres(count, annonce.genre), *noun, accord(count, annonce.un, annonce.plusieurs)])
