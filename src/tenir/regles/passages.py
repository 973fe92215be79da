"""The signed words as rules read them: paragraphs whose every character knows its line, and the item of each line."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item
from tenir.fichier.source import Plage
from tenir.regles.memoire import lu_une_fois

ENDS = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """Lines that read as one text: `starts` is where each of `lignes` begins in it."""

    texte: str
    lignes: tuple[int, ...]
    starts: tuple[int, ...]

    def ligne(self, place: int) -> int:
        """The line of the document that a place of the text is on."""
        return self.lignes[max(bisect_right(self.starts, place) - 1, 0)]

    def plage(self, found: re.Match[str]) -> tuple[Plage, ...]:
        """The lines that a match is on."""
        return (Plage(self.ligne(found.start()), self.ligne(max(found.end() - 1, found.start()))),)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words found in the document: what they say, their lines, and the item that carries the first one.

    `suite` is the paragraph after: a page end may have cut this one.
    """

    trouve: re.Match[str]
    paragraphe: Paragraphe
    suite: str
    objet: Item | None

    @property
    def source(self) -> tuple[Plage, ...]:
        """The lines it is on."""
        return self.paragraphe.plage(self.trouve)


def passages(
    contrat: ContratDeVille, document: DocumentNormalise, motif: re.Pattern[str], *avec: str
) -> Iterator[Passage]:
    """Where the words of a document match, in their order, each with the closest item.

    Every match has one of the signs of `avec`, if any: a paragraph without them is not looked into.
    """
    cut = paragraphes(document)
    may = sorted(frozenset().union(*(_with(document, sign) for sign in avec))) if avec else range(len(cut))
    for rank in may:
        paragraphe = cut[rank]
        for found in motif.finditer(paragraphe.texte):
            following = cut[rank + 1].texte if rank + 1 < len(cut) else ""
            yield Passage(found, paragraphe, following, porteur(contrat, paragraphe.ligne(found.start())))


@lu_une_fois
def _with(document: DocumentNormalise, sign: str) -> frozenset[int]:
    """The ranks of the paragraphs that hold a sign: a dozen rules ask for the same ones."""
    return frozenset(rank for rank, one in enumerate(paragraphes(document)) if sign in one.texte)


@lu_une_fois
def paragraphes(document: DocumentNormalise) -> tuple[Paragraphe, ...]:
    """The paragraphs of a document: a blank line or a bullet ends one, unless the sentence goes on below the blank.

    Where lines are whole paragraphs (Word, OpenDocument), a line ends one too, unless the next
    goes on in small letters.
    """
    runs: list[list[int]] = []
    blank, whole = True, _in_whole_lines(document)
    for number, line in enumerate(document.lignes, start=1):
        if not line.strip():
            blank = True
            continue
        above = document.lignes[runs[-1][-1] - 1].strip() if runs else ""
        small = line.strip()[0].islower() and not above.endswith(ENDS)
        goes_on = not is_bullet(line) and (small or not (blank or (whole and _parts(above, line))))
        if runs and goes_on:
            runs[-1].append(number)
        else:
            runs.append([number])
        blank = False
    return tuple(_paragraph(document, run) for run in runs)


def _in_whole_lines(document: DocumentNormalise) -> bool:
    """Whether no margin cut the lines of a document: some are far longer than a page is wide, blanks left out."""
    return sum(len(line) > WIDEST and len(" ".join(line.split())) > WIDEST for line in document.lignes) >= SEVERAL


WIDEST, SEVERAL = 150, 2
"""How many characters the width of a page holds at most, and how many longer lines make a custom."""


def _parts(above: str, line: str) -> bool:
    """Whether a paragraph ends above a line: a heading, or a sentence that stops, before a capital or a number."""
    return not line.strip()[0].islower() and (len(above) < HEADING or above.endswith(ENDS))


HEADING = 100
"""How many characters a heading has at most."""


def _paragraph(document: DocumentNormalise, numbers: list[int]) -> Paragraphe:
    texte, starts = document.assembled([document.lignes[number - 1] for number in numbers])
    return Paragraphe(texte, tuple(numbers), tuple(starts))


def porteur(contrat: ContratDeVille, ligne: int) -> Item | None:
    """The closest item that a line of the document carries."""
    return contrat.items_par_ligne.get(ligne)
