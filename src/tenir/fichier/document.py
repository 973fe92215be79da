"""The normalised text of a signed document: its lines, and the words that a source points at.

UTF-8, lines split on \\n; from a text file the lines are kept one for one. A name of a person never leaves this
module: every reading shows « [nom masqué] » instead.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property

from tenir.fichier.source import Plage

MASK = "[nom masqué]"
_BULLET = re.compile(r"^\s*(?:[•▪‣◦●○–➢→*\uf0b7\uf0a7\uf0d8\uf02d\uf0fc]|o(?=\s)|-(?=\s?\S)|>(?=\s))\s*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class UnreadableDocument(Exception):
    """The file is not UTF-8 text; the message is the French sentence to show."""


@dataclass(frozen=True)
class DocumentNormalise:
    """The lines of a document, with the spans that must be masked."""

    texte: str
    noms_masques: tuple[Plage, ...] = field(default=())

    @cached_property
    def sha256(self) -> str:
        """The digest of the normalised text, as the contract file keeps it."""
        return hashlib.sha256(self.texte.encode()).hexdigest()

    @cached_property
    def lignes(self) -> tuple[str, ...]:
        """Every line, names of persons masked; line 1 is `lignes[0]`."""
        lines = self.texte.split("\n")
        if lines[-1] == "":
            lines.pop()
        for plage in sorted(self.noms_masques, reverse=True):
            for number in plage.lignes:
                lines[number - 1] = _masked(lines[number - 1], plage)
        return tuple(lines)

    @cached_property
    def lignes_brutes(self) -> tuple[str, ...]:
        """Every line as the document has it, names included: for counting columns only, never for showing."""
        lines = self.texte.split("\n")
        return tuple(lines[:-1] if lines[-1] == "" else lines)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word.lower() for line in self.lignes for word in _WORD.findall(line))

    def mots(self, source: tuple[Plage, ...]) -> str:
        """The signed words of a source: one paragraph, bullets dropped, words cut at line ends made whole."""
        pieces = [piece.strip() for plage in source for piece in self._pieces(plage) if piece.strip()]
        return self._joined(pieces)

    def _pieces(self, plage: Plage) -> list[str]:
        if plage.colonne_debut is not None:
            return [self._columns(plage)]
        lines = [self.lignes[number - 1] for number in plage.lignes if number <= len(self.lignes)]
        return [_BULLET.sub("", line) if rank == 0 else line for rank, line in enumerate(lines)]

    def _columns(self, plage: Plage) -> str:
        raw = self.lignes_brutes[plage.debut - 1]
        hidden = any(
            name.debut <= plage.debut <= name.fin and _overlap(name, plage, len(raw)) for name in self.noms_masques
        )
        return MASK if hidden else raw[(plage.colonne_debut or 1) - 1 : plage.colonne_fin]

    def _joined(self, pieces: list[str]) -> str:
        text = ""
        for piece in pieces:
            if text.endswith("-") and not text.endswith(" -") and piece[:1].islower():
                text = self._rejoined(text, piece)
            else:
                text = f"{text} {piece}" if text else piece
        return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()

    def _rejoined(self, text: str, piece: str) -> str:
        """Join a word cut at a line end; the document's own vocabulary tells a cut from a real hyphen."""
        head = re.search(r"[\w’'-]*-$", text)
        tail = re.match(r"[\w]+", piece)
        whole = f"{head.group() if head else ''}{tail.group() if tail else ''}".lower()
        keeps_hyphen = whole in self._vocabulary and whole.replace("-", "") not in self._vocabulary
        return text + piece if keeps_hyphen else text[:-1] + piece


def _overlap(name: Plage, plage: Plage, width: int) -> bool:
    first, last = name.colonne_debut or 1, name.colonne_fin or width
    return first <= (plage.colonne_fin or width) and (plage.colonne_debut or 1) <= last


def _masked(line: str, plage: Plage) -> str:
    if plage.colonne_debut is None:
        return MASK if line.strip() else line
    return line[: plage.colonne_debut - 1] + MASK + line[plage.colonne_fin :]


def read_document(content: bytes, noms_masques: tuple[Plage, ...] = ()) -> DocumentNormalise:
    """Read the bytes of a text document.

    Raises:
        UnreadableDocument: empty, not UTF-8, or holding NUL bytes.
    """
    if not content.strip():
        raise UnreadableDocument("Ce document est vide.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "Ce document n’est pas du texte UTF-8 : enregistrez-le en texte UTF-8, puis recommencez."
        ) from error
    if "\0" in text:
        raise UnreadableDocument("Ce document n’est pas du texte : il contient des octets nuls.")
    return DocumentNormalise(text.replace("\r\n", "\n").replace("\r", "\n"), noms_masques)
