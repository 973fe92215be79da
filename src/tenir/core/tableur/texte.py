"""Rows of a text: which sign parts its cells, and its quotes, also the ones that nobody closed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

SIGNS = "\t;|,"
"""What parts cells, the surest first."""
SAMPLE = 60
"""How many rows one looks at to choose the sign."""
_SEP = re.compile(r"\ufeff?\"?sep=(?P<signe>[\t;|,])\"?[ \t;|,]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
"""The first line by which a spreadsheet says what parts the cells."""
_END = re.compile(r"\r\n|\r|\n|\Z")
ORPHAN = "Un guillemet ouvert et jamais refermé a été lu comme un caractère : aucune ligne n’en est avalée."


@dataclass(slots=True)
class Lecture:
    """The rows of a text, and whether a quote in it was nobody's."""

    lignes: list[list[str]] = field(default_factory=list)
    orphelin: bool = False

    @property
    def remarques(self) -> tuple[str, ...]:
        """What to say of it."""
        return (ORPHAN,) if self.orphelin else ()


def rows_of_text(text: str, *, clipboard: bool = False) -> Lecture:
    """The rows of a CSV; or of the `clipboard` of a spreadsheet, which quotes only the cells of several lines."""
    if announced := _SEP.match(text):
        return _read(text[announced.end() :], announced["signe"])
    return _read(text, _sign(text), clipboard)


def sign_of(text: str) -> str:
    """The sign that parts the cells of a text: the one that it announces, or that parts most rows alike."""
    announced = _SEP.match(text)
    return announced["signe"] if announced else _sign(text)


def _sign(text: str) -> str:
    """The sign that parts most rows alike, headings included."""
    sample = _first_lines(text)
    present = [sign for sign in SIGNS if sign in sample]
    return max(present, key=lambda sign: _alike(sample, sign), default=";")


def _first_lines(text: str) -> str:
    place = 0
    for _ in range(SAMPLE):
        end = _END.search(text, place)
        if not end or end.end() == place:
            break
        place = end.end()
    return text[:place] or text


def _alike(sample: str, sign: str) -> tuple[float, ...]:
    """How well a sign parts rows: from how early, in how many alike, then in how many cells."""
    widths = [len(row) for row in _read(sample, sign).lignes if any(row)][:SAMPLE]
    if not widths:
        return (0,)
    count = Counter(width for width in widths if width > 1)
    if not count:
        return (0,)
    width, times = max(count.items(), key=lambda one: (one[1], one[0]))
    share = times / len(widths)
    return (share > 0.5, -widths.index(width), round(share, 1), -SIGNS.index(sign), width)


def _read(text: str, sign: str, clipboard: bool = False) -> Lecture:
    reader = _Reader(text, sign, bare_quotes=clipboard and sign == "\t")
    return Lecture(list(reader.rows()), reader.orphan)


class _Reader:
    """Reads a text cell by cell. A quote is one only where it opens a cell and where the next one closes it."""

    def __init__(self, text: str, sign: str, *, bare_quotes: bool) -> None:
        self.text, self.sign, self.orphan, self.width = text, sign, False, 0
        self.bare_quotes = bare_quotes
        mark = re.escape(sign)
        self.quoted = re.compile(rf'[ ]*"((?:[^"]++|"")*+)"[ ]*(?={mark}|\r|\n|\Z)')
        self.bare = re.compile(rf"[^{mark}\r\n]*")

    def rows(self) -> Iterator[list[str]]:
        """Each row, in order."""
        place = 0
        while place < len(self.text):
            row, place = self._row(place)
            self.width = max(self.width, len(row)) if len(row) > 1 else self.width
            yield row

    def _row(self, place: int) -> tuple[list[str], int]:
        row: list[str] = []
        start = place
        while True:
            cell, place = self._cell(start, place)
            row.append(cell)
            if self.text.startswith(self.sign, place):
                place += 1
                continue
            end = _END.match(self.text, place)
            return row, end.end() if end else len(self.text)

    def _cell(self, start: int, place: int) -> tuple[str, int]:
        quoted = self.quoted.match(self.text, place)
        if quoted and not self._is_text(quoted[1]) and not self._swallows(start, quoted):
            return quoted[1].replace('""', '"'), quoted.end()
        bare = self.bare.match(self.text, place)
        assert bare is not None  # noqa: S101 (it matches nothing at all too)
        self.orphan = self.orphan or (bare[0].lstrip(" ").startswith('"') and not quoted)
        return bare[0], bare.end()

    def _is_text(self, inside: str) -> bool:
        """Whether the quotes around are characters of the cell: nothing in it had to be quoted."""
        return self.bare_quotes and not re.search(r'[\t\r\n]|""', inside)

    def _swallows(self, start: int, quoted: re.Match[str]) -> bool:
        """Whether what stands between two quotes is whole rows of the table: two quotes that nobody closed."""
        if self.width < 2 or not re.search(r"[\r\n]", quoted[1]):
            return False
        end = _END.search(self.text, quoted.end())
        lines = re.split(r"\r\n|\r|\n", self.text[start : end.start() if end else len(self.text)])
        return all(self._cells(line) == self.width for line in lines)

    def _cells(self, line: str) -> int:
        """How many cells a line holds by itself."""
        apart = re.sub(rf'(?:(?<=^)|(?<={re.escape(self.sign)}))"(?:[^"]|"")*"(?={re.escape(self.sign)}|$)', "", line)
        return apart.count(self.sign) + 1
