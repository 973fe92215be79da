"""The sentences of a document, each knowing its lines: what a rule may take as one statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.source import Plage
from tenir.regles.memoire import lu_une_fois
from tenir.regles.passages import Paragraphe, paragraphes

_END = re.compile(r"(?<!\bM)(?<!\bMme)(?<!\bart)(?<!\bcf)(?<!\betc)(?<!\b[A-Z])[.!?](?=\s+[«(A-ZÀ-Ý\d])|;")
_SHORT = 60
"""A line of fewer characters was not cut by a margin: what follows with a capital is something else."""
_LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\s\.){4,}|_{6,}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence: its words, the paragraph it is cut from, where it begins there, and its first line."""

    texte: str
    paragraphe: Paragraphe
    debut: int
    ligne: int

    def plage(self, start: int = 0, end: int | None = None) -> tuple[Plage, ...]:
        """The lines of a stretch of the sentence, all of it by default."""
        last = self.debut + max((len(self.texte) if end is None else end) - 1, 0)
        return (Plage(self.paragraphe.ligne(self.debut + start), self.paragraphe.ligne(last)),)


@lu_une_fois
def phrases(document: DocumentNormalise) -> tuple[Phrase, ...]:
    """Every sentence of a document, in order; tables of contents left out."""
    return tuple(one for paragraphe in paragraphes(document) for one in _cut(document, paragraphe))


def _cut(document: DocumentNormalise, paragraphe: Paragraphe) -> Iterator[Phrase]:
    breaks = {match.end() for match in _END.finditer(paragraphe.texte)}
    for rank in range(1, len(paragraphe.lignes)):
        above = document.lignes[paragraphe.lignes[rank - 1] - 1].strip()
        line = document.lignes[paragraphe.lignes[rank] - 1].strip()
        if is_bullet(line) or (len(above) < _SHORT and not line[:1].islower()) or _LEADERS.search(above):
            breaks.add(paragraphe.starts[rank])
    edges = [0, *sorted(breaks), len(paragraphe.texte)]
    for start, end in pairwise(edges):
        words = paragraphe.texte[start:end]
        lead = len(words) - len(words.lstrip())
        if words.strip() and not _LEADERS.search(words):
            yield Phrase(words.strip(), paragraphe, start + lead, paragraphe.ligne(start + lead))


def phrase_a(document: DocumentNormalise, paragraphe: Paragraphe, place: int) -> str:
    """The sentence that holds a place of a paragraph."""
    return next(
        (
            one.texte
            for one in _of(document).get(id(paragraphe), ())
            if one.debut <= place < one.debut + len(one.texte) + 1
        ),
        paragraphe.texte,
    )


@lu_une_fois
def _of(document: DocumentNormalise) -> dict[int, list[Phrase]]:
    """The sentences of each paragraph; paragraphs are kept as long as their document is."""
    found: dict[int, list[Phrase]] = {}
    for one in phrases(document):
        found.setdefault(id(one.paragraphe), []).append(one)
    return found
