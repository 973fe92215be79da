"""The normalised text of a signed document: its lines, and the words that a source points at.

Lines split on \\n; from a text file the lines are kept one for one. A name of a person never leaves this
module: every reading shows « [nom masqué] » instead.
"""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from tenir.fichier.codage import AccentsIllisibles, PasDuTexte, decoded
from tenir.fichier.source import Plage

MASK = "[nom masqué]"
_BULLET = re.compile(r"^\s*(?:[•▪‣◦●○–➢→*✓✔❖◆■□➤►\uf0b7\uf0a7\uf0d8\uf02d\uf0fc]|o(?=\s)|-(?=\s|\D)|>(?=\s))\s*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,9}")
LONGEST_WORD = 60
DEMESUREE = 5_000  # characters: more than a page and a half of prose, which no contract prints on one line
NOT_TEXT = "Ce document n’est pas du texte : enregistrez-le en Word, en PDF ou en texte UTF-8, puis recommencez."


class UnreadableDocument(Exception):
    """The file is no text; the message is the French sentence to show."""


@dataclass(frozen=True)
class DocumentNormalise:
    """The lines of a document, with the spans that must be masked."""

    texte: str = field(repr=False)  # a log or a failed test must not show it
    noms_masques: tuple[Plage, ...] = field(default=())

    @cached_property
    def sha256(self) -> str:
        """The digest of the normalised text, as the contract file keeps it."""
        return hashlib.sha256(self.texte.encode()).hexdigest()

    @cached_property
    def lignes(self) -> tuple[str, ...]:
        """Every line, names of persons masked; line 1 is `lignes[0]`."""
        lines = list(self.lignes_brutes)
        for number, hidden in self._hidden.items():
            lines[number - 1] = _masked(lines[number - 1], hidden)
        return tuple(lines)

    @cached_property
    def _hidden(self) -> dict[int, list[Plage]]:
        """The spans to mask on each line that the document really has."""
        by_line: dict[int, list[Plage]] = defaultdict(list)
        for plage in self.noms_masques:
            for number in range(plage.debut, min(plage.fin, len(self.lignes_brutes)) + 1):
                by_line[number].append(plage)
        return by_line

    @cached_property
    def lignes_brutes(self) -> tuple[str, ...]:
        """Every line as the document has it, names included: for counting columns only, never for showing."""
        lines = self.texte.split("\n")
        return tuple(lines[:-1] if lines[-1] == "" else lines)

    @cached_property
    def mesure(self) -> "DocumentNormalise":
        """The same document, its lines out of all measure blank: what looking into them costs may grow with the square.

        The document itself where it has none, so that what was read of it is not read twice.
        """
        lines = self.texte.split("\n")
        if max(map(len, lines)) <= DEMESUREE:
            return self
        kept = "\n".join(line if len(line) <= DEMESUREE else "" for line in lines)
        return DocumentNormalise(kept, self.noms_masques)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(found.group().lower() for line in self.lignes for found in _WORD.finditer(line))

    def mots(self, source: tuple[Plage, ...]) -> str:
        """The signed words of a source: one paragraph, bullets dropped, words cut at line ends made whole."""
        pieces = [piece.strip() for plage in source for piece in self._pieces(plage) if piece.strip()]
        return self.joined(pieces)

    def _pieces(self, plage: Plage) -> list[str]:
        if plage.debut > len(self.lignes):
            return []
        if plage.colonne_debut is not None:
            return [self._columns(plage)]
        lines = self.lignes[plage.debut - 1 : plage.fin]
        return [_BULLET.sub("", line) if rank == 0 else line for rank, line in enumerate(lines)]

    def _columns(self, plage: Plage) -> str:
        raw = self.lignes_brutes[plage.debut - 1]
        hidden = any(_overlap(name, plage, len(raw)) for name in self._hidden.get(plage.debut, ()))
        return MASK if hidden else raw[(plage.colonne_debut or 1) - 1 : plage.colonne_fin]

    def joined(self, pieces: list[str]) -> str:
        """Pieces of lines as one paragraph, words cut at line ends made whole."""
        return self.assembled(pieces)[0]

    def assembled(self, pieces: list[str]) -> tuple[str, list[int]]:
        """The same paragraph, and where each piece starts in it."""
        text, starts = "", []
        for piece in (re.sub(r"\s+", " ", piece.replace("\u00ad", "")).strip() for piece in pieces):
            if text.endswith("-") and not text.endswith(" -") and piece[:1].isalnum():
                text = self._rejoined(text, piece)
            else:
                text = f"{text} {piece}" if text and piece else text or piece
            starts.append(len(text) - len(piece))
        return text, starts

    def _rejoined(self, text: str, piece: str) -> str:
        """Join a word cut at a line end; the document's own vocabulary tells a cut from a real hyphen.

        « loge- / ments » is « logements »; « socio- / économiques » keeps its hyphen, since the document writes
        other words in « socio- » and never the word without it.
        """
        head = re.search(r"[\w-]*-$", text[-LONGEST_WORD:])
        tail = re.match(r"\w+", piece)
        start, end = head.group().lower() if head else "", tail.group().lower() if tail else ""
        keeps_hyphen = start.replace("-", "") + end not in self._vocabulary and start in self._hyphenated_starts
        return text + piece if keeps_hyphen or not piece[0].islower() else text[:-1] + piece

    @cached_property
    def _hyphenated_starts(self) -> frozenset[str]:
        """What comes before a hyphen inside a word of the document: « socio- », « auto- »."""
        words = (word for word in self._vocabulary if len(word) <= LONGEST_WORD)
        return frozenset(word[: at + 1] for word in words for at, c in enumerate(word) if c == "-")


def is_bullet(line: str) -> bool:
    """Whether a line starts with a bullet."""
    return bool(line.strip()) and _BULLET.match(line) is not None


def _overlap(name: Plage, plage: Plage, width: int) -> bool:
    first, last = name.colonne_debut or 1, name.colonne_fin or width
    return first <= (plage.colonne_fin or width) and (plage.colonne_debut or 1) <= last


def _masked(line: str, hidden: list[Plage]) -> str:
    """The line with each hidden stretch replaced once, whatever the spans that make it overlap."""
    if not line.strip():
        return line
    shown, reached = "", 0
    for first, last in sorted(_stretch(plage, len(line)) for plage in hidden):
        if last <= reached or first >= len(line):
            continue
        if first > reached or reached == 0:
            shown += line[reached:first] + MASK
        reached = last
    return shown + line[reached:]


def _stretch(plage: Plage, width: int) -> tuple[int, int]:
    """A span as a slice of a line that has this many columns."""
    return (plage.colonne_debut or 1) - 1, width if plage.colonne_fin is None else min(plage.colonne_fin, width)


def read_document(content: bytes, noms_masques: tuple[Plage, ...] = ()) -> DocumentNormalise:
    """Read the bytes of a text document.

    Raises:
        UnreadableDocument: empty, no text, or in a coding that nothing tells.
    """
    text, _ = decoded_document(content)
    return DocumentNormalise(text, noms_masques)


def decoded_document(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a document, its lines split on \\n, and what a person must check of its coding.

    Raises:
        UnreadableDocument: empty, no text, or in a coding that nothing tells.
    """
    try:
        read = decoded(content)
    except (PasDuTexte, AccentsIllisibles) as error:
        raise UnreadableDocument(NOT_TEXT) from error
    if not read.texte.strip():
        raise UnreadableDocument("Ce document est vide.")
    return read.texte.replace("\r\n", "\n").replace("\r", "\n"), read.remarques
