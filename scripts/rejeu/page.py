"""The page of installation, read as one who follows it would: its blocks in order, and what is to be done of each.

A block of `sh` is typed as it stands. What the fence cannot tell, a comment just above it says, which no reader sees:

    <!-- rejeu : fichier /etc/tenir.env -->

Several, with « ; ». `GESTES` is the whole vocabulary; a word out of it, or a block that says nothing, is a fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "installation.md"
GESTES = {
    "non": "is not replayed; the reason follows",
    "d’abord": "is played before all others, if the machine of the replay has what it speaks of",
    "avec": "belongs to one choice: PostgreSQL, SQLite",
    "fichier": "is the content of this file",
    "mandataire": "goes into the `server` block of a nginx that holds a certificate",
    "cron": "is a line of cron: its command is run once, as its account",
    "terminal": "opens the terminal of Tenir (first line) and prepares it (second)",
    "tenir": "is typed in the terminal of Tenir, though it does not look so",
    "ailleurs": "is typed on a new server: here another base and another folder, prepared and empty",
    "répondre": "asks for something: this is typed",
    "avant": "wants this to be done first (`gestes.BEFORE`)",
    "puis": "must have this effect (`controles.THEN`)",
}
CHOICES = ("PostgreSQL", "SQLite")
FENCE = re.compile(r"^```(\w*)$")
SAID = re.compile(r"^<!-- rejeu : (.+) -->$")
HEADING = re.compile(r"^##+ (.+)$")
TYPED_IN_TENIR = ("tenir ", "python manage.py ")


class Illisible(Exception):
    """What the page says of a block cannot be followed; a sentence that tells where."""


@dataclass(frozen=True)
class Bloc:
    """One block of the page: where it is, what it holds, what is to be done of it."""

    section: str
    line: int
    language: str
    text: str
    gestes: tuple[tuple[str, str], ...] = ()

    def said(self, verb: str) -> list[str]:
        """What a verb is followed by, each time the page says it."""
        return [rest for said, rest in self.gestes if said == verb]

    def unplayed(self, base: str) -> str | None:
        """Why one who chose this base does not play it; None when it is played."""
        other = [choice for choice in self.said("avec") if choice != base]
        return next(iter([*self.said("non"), *(f"pour {choice} : BASE={choice}" for choice in other)]), None)

    def plays(self, base: str) -> bool:
        """Whether one who chose this base plays it."""
        return self.unplayed(base) is None

    @property
    def place(self) -> str:
        """Where a reader finds it."""
        return f"{self.section}, ligne {self.line}"

    def terminals(self) -> Iterator[tuple[bool, str]]:
        """Its lines by terminal, in order: True for that of Tenir, False for that of the administrator."""
        mine = bool(self.said("tenir") or self.said("ailleurs"))
        for tenir, lines in groupby(self.text.splitlines(), lambda line: mine or line.startswith(TYPED_IN_TENIR)):
            yield tenir, "\n".join(lines)


def blocks(page: str) -> list[Bloc]:
    """Read every block of a page; refuse one that nobody could follow."""
    found = list(_blocks(page.splitlines()))
    for bloc in found:
        _refuse_unclear(bloc)
    return found


def terminal(found: list[Bloc]) -> tuple[str, str]:
    """What opens the terminal of Tenir, and what prepares it."""
    opened = [bloc.text.splitlines() for bloc in found if bloc.said("terminal")]
    if len(opened) != 1 or len(opened[0]) != 2:
        raise Illisible("La page ouvre le terminal de Tenir une fois, en deux lignes.")
    return opened[0][0], opened[0][1]


def _blocks(lines: list[str]) -> Iterator[Bloc]:
    section, opened = "", None
    for number, line in enumerate(lines):
        if opened is None and (heading := HEADING.match(line)):
            section = heading[1]
        elif opened is None and (fence := FENCE.match(line)):
            opened = Bloc(section, number + 2, fence[1], "", _gestes(lines[max(number - 1, 0)]))
        elif opened and line == "```":
            body = "\n".join(lines[opened.line - 1 : number]) + "\n"
            yield Bloc(opened.section, opened.line, opened.language, body, opened.gestes)
            opened = None


def _gestes(above: str) -> tuple[tuple[str, str], ...]:
    said = SAID.match(above)
    if not said:
        return ()
    parted = (geste.strip().partition(" ") for geste in said[1].split(" ; "))
    return tuple((verb.rstrip(","), rest.strip()) for verb, _, rest in parted)


def _refuse_unclear(bloc: Bloc) -> None:
    unknown = [verb for verb, _ in bloc.gestes if verb not in GESTES]
    if unknown:
        raise Illisible(f"{bloc.place} : « {unknown[0]} » n’est pas un geste ({', '.join(GESTES)}).")
    if not bloc.language == "sh" and not {"non", "fichier", "mandataire", "cron"} & {v for v, _ in bloc.gestes}:
        raise Illisible(f"{bloc.place} : dites de quel fichier est ce bloc, ou pourquoi il ne se rejoue pas.")
    if any(choice not in CHOICES for choice in bloc.said("avec")) or "" in bloc.said("non"):
        raise Illisible(f"{bloc.place} : « avec » veut {' ou '.join(CHOICES)}, « non » veut sa raison.")
