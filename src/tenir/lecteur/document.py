"""What reading a document gives: its normalised text, line by line, with what typography says of each line.

The same types serve the three origins (text, PDF, Word), so that one reader of structure serves them all.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

_SOMMAIRE = re.compile(r"(?:toc|tm|table (?:des mati[eè]res|of contents)|contents|sommaire)\b", re.IGNORECASE)


PAS_UN_CONTRAT = "Aucune orientation n’a été reconnue dans ce document : est-ce bien un contrat de ville ?"


class LectureRefusee(Exception):
    """The document cannot be read; the message is the one French sentence to show."""


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One line of the normalised text; a hint is None (or False) where typography says nothing."""

    numero: int  # from 1, in the normalised text
    texte: str  # as normalised; "" for a blank line, and where a running header or footer was removed
    page: int | None = None  # as printed where the folio is known, otherwise counted from 1
    titre: int | None = None  # level of a heading (1 = highest): Word style, size, or bold alone on its line
    puce: int | None = None  # depth of a real or printed bullet, 0 = outermost
    gras: bool = False  # the whole line is bold
    tableau: tuple[int, int, int] | None = None  # (table, row, column), from 1, when the line is in a table cell
    style: str | None = None  # the name of its paragraph style, where the file has one

    @property
    def sommaire(self) -> bool:
        """Whether its style is that of a table of contents."""
        return bool(self.style and _SOMMAIRE.match(self.style))


@dataclass(frozen=True)
class DocumentLu:
    """The normalised text of a document, its lines, and what was set aside to make it."""

    texte: str  # UTF-8, lines split on \n, one final \n
    lignes: tuple[LigneLue, ...]  # every line of `texte`, in order: `lignes[0]` is line 1
    retirees: tuple[tuple[int | None, str], ...] = ()  # running headers and footers, notes: page, text
    origine: str = "texte"  # texte, pdf or word
    remarques: tuple[str, ...] = ()  # what a person must check of how the file was read, in French sentences

    @property
    def en_paragraphes(self) -> bool:
        """Whether a line is a whole paragraph, as Word and PDF give them; a text file keeps printed lines."""
        return self.origine != "texte"

    @cached_property
    def sha256(self) -> str:
        """The digest of the normalised text, as a contract file keeps it."""
        return hashlib.sha256(self.texte.encode()).hexdigest()
