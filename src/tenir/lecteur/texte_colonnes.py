"""Two columns that an extraction left side by side in a text: the left one, then the right one.

A gutter is a strip of blanks that many lines in a row leave open, with words of its own on each side. A table of two
columns leaves one too: its cells open together, those of a page in columns do not.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_BLANC = re.compile(r"(?<=\S)\s{2,}+(?=\S)")
_TROU = re.compile(r"\S\s{3,}+\S")
GOUTTIERE = 2  # blanks, at least
LIGNES = 8  # with words on both sides, for columns to be seen at all
LARGEUR = 24  # characters that the widest line of each side reaches
LARGE = 400  # characters: a longer line stands in no column
ESSAIS = 8  # places of a gutter that are tried
SUITES = 3  # lines that carry on the one above, on both sides together and some on each


def unfolded(lines: Sequence[str]) -> list[int | tuple[int, str]] | None:
    """The lines of a page in reading order: the rank of a line that stays, or its rank and the words of one side.

    None where nothing stands in two columns.
    """
    at = _gutter(lines)
    if at is None:
        return None
    place, first, last = at
    left = [(n, lines[n][: place - 1].rstrip()) for n in range(first, last + 1)]
    right = [(n, lines[n][place:].rstrip()) for n in range(first, last + 1)]
    above, below = list(range(first)), list(range(last + 1, len(lines)))
    return [*_again(lines, above), *_bare(left), *_bare(right), *_again(lines, below)]


def _bare(side: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A side without the blank lines around it: a sentence goes on from one column to the other."""
    full = [rank for rank, (_n, words) in enumerate(side) if words.strip()]
    return side[full[0] : full[-1] + 1] if full else []


def _again(lines: Sequence[str], ranks: list[int]) -> list[int | tuple[int, str]]:
    """The lines beside a part in columns, which may hold another one."""
    inner = unfolded([lines[n] for n in ranks]) if len(ranks) >= LIGNES else None
    if inner is None:
        return list(ranks)
    return [ranks[one] if isinstance(one, int) else (ranks[one[0]], one[1]) for one in inner]


def _gutter(lines: Sequence[str]) -> tuple[int, int, int] | None:
    """Where the right column starts, and the first and last lines of the part in columns."""
    starts = Counter(place for line in lines if len(line) <= LARGE for place in _openings(line))
    tried = [place for place, times in starts.most_common(ESSAIS) if times >= SUITES and place >= LARGEUR]
    found = [(run, place) for place in tried if (run := _widest_run(lines, place))]
    if not found:
        return None
    (_count, first, last), place = max(found, key=lambda one: (one[0][0], -one[1]))
    part = lines[first : last + 1]
    return (place, first, last) if _in_columns(part, place) else None


def _openings(line: str) -> set[int]:
    inner = {found.end() for found in _BLANC.finditer(line)}
    indent = len(line) - len(line.lstrip())
    return inner | {indent} if indent >= LARGEUR else inner


def _open(line: str, place: int) -> bool:
    return len(line) <= LARGE and not line[place - GOUTTIERE : place].strip()


def _widest_run(lines: Sequence[str], place: int) -> tuple[int, int, int] | None:
    """The run of lines open at a place with most words on both sides: how many, its first and its last line."""
    runs, first = [], 0
    for n in range(len(lines) + 1):
        if n == len(lines) or not _open(lines[n], place):
            runs.append((sum(_both(line, place) for line in lines[first:n]), first, n - 1))
            first = n + 1
    best = max(runs)
    return best if best[0] >= LIGNES else None


def _both(line: str, place: int) -> bool:
    return bool(line[:place].strip() and line[place:].strip())


def _in_columns(part: Sequence[str], place: int) -> bool:
    """Whether both sides are text of their own, and not the cells of one table."""
    sides = [line[:place].rstrip() for line in part], [line[place:].rstrip() for line in part]
    words = [[line for line in side if line.strip()] for side in sides]
    if any(max(map(len, side)) < LARGEUR for side in words):
        return False
    if sum(bool(_TROU.search(line)) for side in words for line in side) * 10 > sum(map(len, words)):
        return False
    carried = [_goes_on(side) for side in sides]
    if not all(carried) or sum(carried) < SUITES:
        return False
    opened, together = _openings_of(*sides)
    return together * 5 <= opened * 3


def _goes_on(side: Sequence[str]) -> int:
    """How many lines of a side carry on the sentence above them."""
    return sum(bool(a.strip()) and b.strip()[:1].islower() for a, b in pairwise(side))


def _openings_of(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """How many times the left side opens after a blank, and how many of them the right side does too."""
    opens = [n for n in range(1, len(left)) if left[n].strip() and not left[n - 1].strip()]
    return len(opens), sum(bool(right[n].strip()) and not right[n - 1].strip() for n in opens)
