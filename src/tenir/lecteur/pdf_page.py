"""The reading order of a PDF page: ruled tables row by row, columns one after the other."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from tenir.lecteur.pdf_mots import Ligne, Mot, Page, rows_of

_GUTTER = 9.0  # points: the narrowest white strip between two columns
_PIED = 2  # rows of a heading at the foot of two columns
_ROWS = 3  # lines that a column has at least
_MARGE = 50.0  # points: the narrowest column in a margin
_SHARED = 0.6  # points between two baselines that are one
_FILL = 0.72  # of its column that a usual line of running text takes


@dataclass(frozen=True)
class Bloc:
    """Lines read one after the other between the same two edges."""

    lignes: list[Ligne]
    bords: tuple[float, float] | None = None
    tableau: tuple[int, int, int] | None = None

    @cached_property
    def x0(self) -> float:
        return min(line.x0 for line in self.lignes)

    @cached_property
    def x1(self) -> float:
        """The right edge that lines may reach."""
        return max([line.x1 for line in self.lignes] + ([self.bords[1]] if self.bords else []))

    @cached_property
    def justifie(self) -> bool:
        """Whether most lines end at the very edge: then one that does not is the last of its paragraph."""
        near = [line for line in self.lignes if line.x1 > self.x1 - 4 * line.corps]
        return len(near) >= 4 and sum(line.x1 > self.x1 - 1.5 for line in near) >= 0.7 * len(near)


@dataclass(frozen=True)
class Grille:
    """A ruled table: the places of its rules, left to right and top to bottom."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]  # downwards

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[-1] - 1 <= y <= self.ys[0] + 1

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a place, from 1."""
        row = bisect_right([-edge for edge in self.ys], -y)
        return max(row, 1), max(bisect_right(self.xs, x + 0.5), 1)


def blocks(rows: Sequence[Ligne], page: Page, tables: int) -> tuple[list[Bloc], int]:
    """The blocks of a page in reading order, and how many tables were met so far.

    A table holds its place in the reading order as one line as wide as itself, then opens into its cells.
    """
    outside, held = _sorted_out(rows, grids_of(page.regles))
    edge = max((row.x1 for row in outside), default=0.0)
    places = {_place(grid): grid for grid in held}
    result: list[Bloc] = []
    for block in columns(sorted([*outside, *places], key=lambda line: -line.y), edge):
        right = max((line.x1 for line in block.lignes if line not in places), default=edge)
        pending: list[Ligne] = []
        for line in block.lignes:
            if line not in places:
                pending.append(line)
                continue
            tables += 1
            result += [*_plain(pending, block, right), *_cells(places[line], held[places[line]], tables)]
            pending = []
        result += _plain(pending, block, right)
    return result, tables


def _sorted_out(rows: Sequence[Ligne], grids: Sequence[Grille]) -> tuple[list[Ligne], dict[Grille, list[Mot]]]:
    """The rows without what stands in a table, and the words of each table: no word is in both or in neither."""
    outside: list[Ligne] = []
    held: dict[Grille, list[Mot]] = {}
    for row in rows:
        free = []
        for word in row.mots:
            grid = next((grid for grid in grids if grid.holds(*_centre(word))), None)
            held.setdefault(grid, []).append(word) if grid else free.append(word)
        if free:
            outside.append(Ligne(tuple(free)))
    return outside, held


def _place(grid: Grille) -> Ligne:
    return Ligne((Mot("", grid.xs[0], grid.xs[-1], grid.ys[0], 1.0, False),))


def _plain(lines: list[Ligne], block: Bloc, right: float) -> list[Bloc]:
    return [Bloc(list(lines), block.bords or (0.0, right))] if lines else []


def _centre(word: Mot) -> tuple[float, float]:
    return (word.x0 + word.x1) / 2, word.y + 0.3 * word.corps


def _cells(grid: Grille, words: Sequence[Mot], table: int) -> list[Bloc]:
    """The cells of a table, row by row."""
    held: dict[tuple[int, int], list[Mot]] = {}
    for word in words:
        held.setdefault(grid.cell(*_centre(word)), []).append(word)
    result = []
    for (row_rank, column), inside in sorted(held.items()):
        left, right = grid.xs[column - 1], grid.xs[min(column, len(grid.xs) - 1)]
        lines = rows_of(inside)
        margin = min(line.x0 for line in lines) - left
        result.append(Bloc(lines, (left, right - max(margin, 0)), (table, row_rank, column)))
    return result


def grids_of(rules: Sequence[tuple[float, float, float, float]]) -> list[Grille]:
    """The tables that rules draw: at least two rows or two columns, closed on every side."""
    groups: list[list[tuple[float, float, float, float]]] = []
    for rule in rules:
        touching = [group for group in groups if any(_touch(rule, other) for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append([rule, *(other for group in touching for other in group)])
    grids = []
    for group in groups:
        xs = _places((x0 + x1) / 2 for x0, y0, x1, y1 in group if y1 - y0 > x1 - x0)
        ys = _places((y0 + y1) / 2 for x0, y0, x1, y1 in group if x1 - x0 >= y1 - y0)
        if len(xs) >= 2 and len(ys) >= 2 and len(xs) + len(ys) > 4:
            grids.append(Grille(tuple(xs), tuple(reversed(ys))))
    return grids


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] - 2 <= b[2] and b[0] - 2 <= a[2] and a[1] - 2 <= b[3] and b[1] - 2 <= a[3]


def _places(values: Iterable[float]) -> list[float]:
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > 4:
            result.append(value)
    return result


def columns(rows: Sequence[Ligne], edge: float) -> list[Bloc]:
    """The blocks of plain text: two columns are read one after the other, what spans them stays in its place."""
    if not rows:
        return []
    found = _gutter(rows, _are_columns)
    if found is None:
        return _with_margins(rows, edge)
    first, last, x = found
    last = _shared_end(rows, first, last, x)
    middle = [Bloc([line for line in side if line is not None]) for side in _sides(rows[first : last + 1], x)]
    return [*columns(rows[:first], edge), *middle, *columns(rows[last + 1 :], edge)]


def _sides(rows: Sequence[Ligne], x: float) -> tuple[list[Ligne | None], list[Ligne | None]]:
    """What each row holds on the left and on the right of a place."""
    return [_part(row, lambda word: word.x1 <= x) for row in rows], [
        _part(row, lambda word: word.x0 >= x) for row in rows
    ]


def _with_margins(rows: Sequence[Ligne], edge: float) -> list[Bloc]:
    """The same where a narrow column stands beside a wide one: what it says follows what it stands beside."""
    found = _gutter(rows, _is_a_margin) if rows else None
    if found is None:
        return [Bloc(list(rows), (0, edge))] if rows else []
    first, last, x = found
    left, right = _sides(rows[first : last + 1], x)
    narrow, wide = (left, right) if _width(left) < _width(right) else (right, left)
    body = _usual(wide)
    starts = [k for k, row in enumerate(wide) if row is not None and _heads(row, body)]
    starts = sorted({0, *(k for k in starts if k - 1 not in starts)})
    middle: list[Bloc] = []
    for start, end in pairwise([*starts, len(wide)]):
        for side in (wide, narrow):
            lines = [line for line in side[start:end] if line is not None]
            middle += [Bloc(lines, _edges(side))] if lines else []
    return [*_with_margins(rows[:first], edge), *middle, *_with_margins(rows[last + 1 :], edge)]


def _edges(side: Sequence[Ligne | None]) -> tuple[float, float]:
    """The left and the right of a column."""
    lines = [line for line in side if line is not None]
    return min(line.x0 for line in lines), max(line.x1 for line in lines)


def _width(side: Sequence[Ligne | None]) -> float:
    left, right = _edges(side)
    return right - left


def _usual(side: Sequence[Ligne | None]) -> float:
    """The size of the letters of most lines."""
    sizes = sorted(line.corps for line in side if line is not None)
    return sizes[len(sizes) // 2]


def _is_a_margin(rows: Sequence[Ligne], x: float) -> bool:
    """Whether a column much narrower than the other is set beside it: letters of its own size, baselines of its own.

    The cells of a table without rules share both.
    """
    left, right = _sides(rows, x)
    if any(sum(line is not None for line in side) < _ROWS for side in (left, right)):
        return False
    narrow, wide = sorted((_width(left), _width(right)))
    sizes = sorted((_usual(left), _usual(right)))
    both = [(a, b) for a, b in zip(left, right, strict=True) if a is not None and b is not None]
    shared = sum(abs(a.y - b.y) < _SHARED for a, b in both)
    return _MARGE < narrow < 0.8 * wide and sizes[1] > 1.08 * sizes[0] and 2 * shared <= len(both)


def _shared_end(rows: Sequence[Ligne], first: int, last: int, x: float) -> int:
    """The last row of two columns: a heading at their foot is that of the full lines below them."""
    right = max(k for k in range(first, last + 1) if any(word.x0 >= x for word in rows[k].mots))
    body = sorted(row.corps for row in rows[first : right + 1])[(right - first) // 2]
    end = last
    while end > right and last - end < _PIED and last + 1 < len(rows) and _heads(rows[end], body):
        end -= 1
    return end


def _heads(row: Ligne, body: float) -> bool:
    return row.gras or row.corps > 1.1 * body


def _part(row: Ligne, keeps: Callable[[Mot], bool]) -> Ligne | None:
    words = tuple(word for word in row.mots if keeps(word))
    return replace(row, mots=words) if words else None


def _gutter(rows: Sequence[Ligne], parts: Callable[[Sequence[Ligne], float], bool]) -> tuple[int, int, float] | None:
    """First row, last row and place of the longest white strip that parts two columns."""
    best: tuple[int, int, float] | None = None
    for place in _left_edges(rows):
        for first, last in _runs(rows, place - _GUTTER, place - 1):
            if (best is None or last - first > best[1] - best[0]) and parts(rows[first : last + 1], place - 1):
                best = (first, last, place - 1)
    return best


def _left_edges(rows: Sequence[Ligne]) -> list[int]:
    """Where at least four rows begin, or begin again after a white strip."""
    counts: Counter[int] = Counter()
    for row in rows:
        ends = [0.0, *(word.x1 for word in row.mots)]
        counts.update(round(w.x0) for w, end in zip(row.mots, ends, strict=False) if w.x0 - end >= _GUTTER)
    left = min(row.x0 for row in rows)
    return sorted(place for place, count in counts.items() if count >= _ROWS and place > left + 80)


def _runs(rows: Sequence[Ligne], left: float, right: float) -> list[tuple[int, int]]:
    """The longest runs of rows without a word in a strip."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for rank, row in enumerate([*rows, None]):
        free = row is not None and not any(word.x0 < right and word.x1 > left for word in row.mots)
        if free and start is None:
            start = rank
        elif not free and start is not None:
            if rank - start >= _ROWS:
                runs.append((start, rank - 1))
            start = None
    return runs


def _are_columns(rows: Sequence[Ligne], x: float) -> bool:
    """Whether both sides are running text between edges about as far apart; the last column may be short."""
    sides = _sides(rows, x)
    free = _independent(*sides)
    widths = []
    for side in sides:
        lines = [line for line in side if line is not None]
        if len(lines) < _ROWS:
            return False
        width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
        fills = sorted((line.x1 - line.x0) / max(width, 1) for line in lines)
        if width < 100 or (fills[len(fills) // 2] < _FILL and not free):
            return False
        widths.append(width)
    return max(widths) < 1.25 * min(widths)


def _independent(left: Sequence[Ligne | None], right: Sequence[Ligne | None]) -> bool:
    """Whether lines stand on one side alone, on both sides: the rows of a table without rules share their baselines."""
    alone = [
        sum(a is not None and b is None for a, b in zip(*pair, strict=True)) for pair in ((left, right), (right, left))
    ]
    return min(alone) >= _ROWS and sum(alone) * 3 >= len(left)
