"""Tables that a text file holds by tabulations, by bars or by runs of spaces: a cell becomes a line, as from Word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.structure.cases import nature

_BARRE = re.compile(r"[|│┃║¦]")
_FILET = re.compile(r"^[\s|+:=_\-─━═┼├┤┌┐└┘┬┴╪╬]+$")
_MARQUE = re.compile(r"^(?:[^\w\s]|o|\d{1,3}\s?[.)°]?|[a-zA-Z][.)]|[ivxIVX]{1,5}[.)])$")
_FOLIO = re.compile(r"^\d{1,3}$")
_MOTS = re.compile(r"\S++(?:\s\S++)*+")  # words that one space parts
LARGE = 4_000  # characters: a longer line is no row
TETES = 3  # heads in a row, for columns that only spaces hold


@dataclass(frozen=True, slots=True)
class Brute:
    """A line of a text file, before anything is known of it: its page, and its place in a table."""

    texte: str
    page: int | None = None
    tableau: tuple[int, int, int] | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _Rangee:
    """A row: its cells, each with the lines it takes; where it stood in the file."""

    cases: tuple[tuple[str, ...], ...]
    page: int | None

    @property
    def pleines(self) -> int:
        return sum(any(case) for case in self.cases)


def with_tables(lines: Sequence[Brute]) -> list[Brute]:
    """The lines of a text, every cell of its tables on a line of its own."""
    out: list[Brute] = []
    number, n = 0, 0
    while n < len(lines):
        end, rows = _table_at(lines, n)
        if rows is None:
            out += _plain(lines[n:end])
        else:
            number += 1
            out += _cells(number, rows)
        n = end
    return out


def _table_at(lines: Sequence[Brute], n: int) -> tuple[int, list[_Rangee] | None]:
    """Where what starts at a line ends, and the rows of the table that it is, or None."""
    line = lines[n].texte
    if not line.strip() or len(line) > LARGE:
        return n + 1, None
    if "\t" in line.strip(" "):
        return _of_tabs(lines, n)
    if _bars(line) and (read := _of_bars(lines, n)):
        return read
    return _of_spaces(lines, n) or (n + 1, None)


def _cells(number: int, rows: Sequence[_Rangee]) -> Iterator[Brute]:
    for rank, row in enumerate(rows, 1):
        for column, case in enumerate(row.cases, 1):
            for words in filter(None, case):
                yield Brute(words, row.page, (number, rank, column))


def _plain(lines: Sequence[Brute]) -> list[Brute]:
    """Lines of no table; those that lead to page numbers are a table of contents."""
    folios = [_FOLIO.match(line.texte.rpartition("\t")[2].strip()) for line in lines]
    contents = len(lines) > 2 and all(folios)
    return [replace(line, style="sommaire") for line in lines] if contents else [_marked(line) for line in lines]


def _marked(line: Brute) -> Brute:
    """A bullet or a number, and what a tabulation sets apart from it: one line as printed."""
    mark, tab, words = line.texte.partition("\t")
    if tab and _MARQUE.match(mark.strip()) and words.strip() and "\t" not in words.strip():
        return replace(line, texte=f"{mark.rstrip()} {words.strip()}")
    return line


def _of_tabs(lines: Sequence[Brute], n: int) -> tuple[int, list[_Rangee] | None]:
    end = n + 1
    while end < len(lines) and "\t" in lines[end].texte.strip(" ") and len(lines[end].texte) <= LARGE:
        end += 1
    end = n + _first_table([line.texte.count("\t") for line in lines[n:end]])
    rows = _as_rows([line for line in lines[n:end] if line.texte.strip()])
    return end, rows if _is_a_table(rows) else None


def _first_table(tabs: Sequence[int]) -> int:
    """How many rows the first table takes: two may follow one another, each with a width of its own."""
    widths = [len(list(rows)) for _width, rows in groupby(tabs)]
    return widths[0] if all(rows > 1 for rows in widths) else len(tabs)


def _as_rows(run: Sequence[Brute]) -> list[_Rangee]:
    """The cells between tabulations; several in a row are one where only that makes the rows alike."""
    single = [[cell.strip() for cell in line.texte.split("\t")] for line in run]
    joined = [[cell.strip() for cell in re.split(r"\t++", line.texte.strip("\t "))] for line in run]
    uneven = len({len(cells) for cells in single}) > 1 and len({len(cells) for cells in joined}) == 1
    kept = joined if uneven and not any(line.texte.startswith("\t") for line in run) else single
    return [
        _Rangee(tuple((cell,) if cell else () for cell in cells), line.page)
        for cells, line in zip(kept, run, strict=True)
    ]


def _is_a_table(rows: Sequence[_Rangee]) -> bool:
    """Two rows at least that are neither a list, nor a table of contents, nor labels each with its content."""
    full = [row for row in rows if row.pleines > 1]
    if len(full) < 2 or len(full) * 2 < len(rows):
        return False
    if max(row.pleines for row in rows) > 2:
        return True
    firsts, seconds = ([_words(row, rank) for row in full] for rank in (0, -1))
    if all(map(_MARQUE.match, firsts)):
        return False
    if len(full) > 2 and all(map(_FOLIO.match, seconds)) and _grows([int(one) for one in seconds]):
        return False
    labels = [nature(first) for first in firsts]
    titled = any(label == "intitule" for label in labels) or any(map(_opens_a_sheet, firsts))
    return titled or sum(label is not None for label in labels) * 2 < len(labels)


def _words(row: _Rangee, rank: int) -> str:
    return " ".join([case for case in row.cases if any(case)][rank])


def _opens_a_sheet(words: str) -> bool:
    return cle(re.sub(r"\W*\d.*$", "", words)) in lexique().listes["fiches"]


def _grows(folios: Sequence[int]) -> bool:
    return all(a <= b for a, b in pairwise(folios)) and folios[0] < folios[-1]


def _bars(line: str) -> int:
    return len(_BARRE.findall(line)) if len(line) <= LARGE else 0


def _of_bars(lines: Sequence[Brute], n: int) -> tuple[int, list[_Rangee]] | None:
    """Rows whose cells bars part, the rules between them left out."""
    end = n
    while end < len(lines) and (_bars(lines[end].texte) or _rules(lines[end].texte)):
        end += 1
    run = [line for line in lines[n:end] if not _rules(line.texte)]
    rows = [_Rangee(tuple((one,) if one else () for one in _between_bars(line.texte)), line.page) for line in run]
    framed = all(_BARRE.match(line.texte.strip()) or _bars(line.texte) > 1 for line in run)
    alike = len({len(row.cases) for row in rows}) == 1
    enough = len(rows) > 1 and framed and alike and len(rows[0].cases) > 1
    return (end, rows) if enough else None


def _rules(line: str) -> bool:
    return len(line) <= LARGE and bool(line.strip()) and bool(_FILET.match(line))


def _between_bars(line: str) -> list[str]:
    cells = [cell.strip() for cell in _BARRE.split(line.strip())]
    first, last = (1 if not cells[0] else 0), (len(cells) - 1 if not cells[-1] else len(cells))
    return cells[first:last]


def _of_spaces(lines: Sequence[Brute], n: int) -> tuple[int, list[_Rangee]] | None:
    """Rows under heads that name known columns, each cell under its own head."""
    if "  " not in lines[n].texte.strip():
        return None
    heads = [(m.start(), m.group()) for m in _MOTS.finditer(lines[n].texte)]
    natures = [found for _start, words in heads if (found := nature(words))]
    if len(heads) < TETES or len(set(natures)) < 2 or len(natures) * 2 < len(heads):
        return None
    places = [start for start, _words_ in heads]
    rows, end = [_Rangee(tuple((words,) for _start, words in heads), lines[n].page)], n + 1
    while end < len(lines):
        blank = not lines[end].texte.strip()
        if _rules(lines[end].texte) or (blank and end > n and lines[end - 1].texte.strip()):
            end += 1
            continue
        placed = None if blank else _placed(lines[end].texte, places)
        if placed is None:
            break
        _put(rows, placed, lines[end].page, after_blank=not lines[end - 1].texte.strip())
        end += 1
    while not lines[end - 1].texte.strip():
        end -= 1
    full = [row for row in rows if row.pleines > 1]
    return (end, rows) if len(full) > 2 and len(full) * 2 > len(rows) else None


def _placed(line: str, places: Sequence[int]) -> dict[int, str] | None:
    """The words of a line by the column they stand in; None where some stand across two."""
    if len(line) > LARGE:
        return None
    found: dict[int, str] = {}
    for words in _MOTS.finditer(line):
        column = max((k for k, place in enumerate(places) if place <= words.start() + 2), default=None)
        if column is None or (column + 1 < len(places) and words.end() > places[column + 1] + 1):
            return None
        found[column] = f"{found[column]} {words.group()}" if column in found else words.group()
    return found


def _put(rows: list[_Rangee], placed: dict[int, str], page: int | None, *, after_blank: bool) -> None:
    """A new row, or words that carry on the cells of the last one: under an empty first cell, or in lower case."""
    carries = len(rows) > 1 and not after_blank and (0 not in placed or _goes_on(placed))
    width = len(rows[0].cases)
    if not carries:
        rows.append(_Rangee(tuple((placed[k],) if k in placed else () for k in range(width)), page))
        return
    last = rows[-1]
    rows[-1] = replace(last, cases=tuple((*last.cases[k], placed.get(k, "")) for k in range(width)))


def _goes_on(placed: dict[int, str]) -> bool:
    return placed[0][:1].islower() and all(words[:1].islower() for words in placed.values())
