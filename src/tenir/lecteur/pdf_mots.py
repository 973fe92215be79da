"""The words of a PDF page with their places, and the rules drawn on it."""

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pypdfium2.raw as raw

from tenir.lecteur.texte import clean

_GAP = 0.15  # of the body: a wider gap between two letters parts two words
_GLYPHS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "\x02": "-", "\ufffe": "-"}
_THIN = 3.0  # points: a drawing thinner than that is a rule


@dataclass(frozen=True)
class Mot:
    """One word: its letters, its box in points (y upwards), the size of its letters."""

    texte: str
    x0: float
    x1: float
    y: float  # of the baseline
    corps: float
    gras: bool


@dataclass(frozen=True)
class Ligne:
    """Words that stand on one printed line."""

    mots: tuple[Mot, ...]

    @cached_property
    def texte(self) -> str:
        return clean(" ".join(mot.texte for mot in self.mots))

    @cached_property
    def x0(self) -> float:
        return self.mots[0].x0

    @cached_property
    def x1(self) -> float:
        return max(mot.x1 for mot in self.mots)

    @cached_property
    def y(self) -> float:
        return self.mots[0].y

    @cached_property
    def corps(self) -> float:
        return max((mot.corps for mot in self.mots if any(map(str.isalnum, mot.texte))), default=self.mots[0].corps)

    @cached_property
    def premier(self) -> float:
        """The width of what may not be parted at the head of the line: « 12 % » goes down as one."""
        last = 0
        while last + 1 < len(self.mots) and _bound(self.mots[last].texte, self.mots[last + 1].texte):
            last += 1
        return self.mots[last].x1 - self.mots[0].x0

    @cached_property
    def gras(self) -> bool:
        words = [mot for mot in self.mots if any(map(str.isalnum, mot.texte))]
        return bool(words) and all(mot.gras for mot in words)

    @property
    def gras_debut(self) -> bool:
        return self.mots[0].gras

    @property
    def gras_fin(self) -> bool:
        return self.mots[-1].gras


def _bound(word: str, following: str) -> bool:
    """Whether French typography puts a non-breaking space between two words."""
    thousands = word.isdigit() and following[:3].isdigit()
    return word in ("«", "n°", "N°") or following[0] in ":;!?»%€" or thousands


@dataclass(frozen=True)
class Page:
    """The words of a page and its rules: (x0, y0, x1, y1) each."""

    mots: list[Mot]
    regles: list[tuple[float, float, float, float]]


@dataclass
class _Letters:
    """Letters gathered until a word ends."""

    texts: list[str] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0
    bas: float = 0.0  # bottom of the box of the first letter
    y: float = 0.0
    corps: float = 0.0
    gras: bool = False

    def follows(self, x0: float) -> bool:
        """Whether a letter stands just after the last one."""
        near = -1.3 * self.corps < x0 - self.x1 < _GAP * self.corps  # backwards: a ligature given letter by letter
        return bool(self.texts) and near

    def word(self) -> Mot:
        return Mot("".join(self.texts), self.x0, self.x1, self.y, self.corps, self.gras)


def words_and_rules(page: Any) -> Page:
    """Read one page of pypdfium2, and let it go."""
    text = page.get_textpage()
    try:
        return Page(_words(text.raw), _rules(page))
    finally:
        text.close()
        page.close()


def _words(handle: Any) -> list[Mot]:
    words: list[Mot] = []
    letters = _Letters()
    box = raw.FS_RECTF()
    for n in range(raw.FPDFText_CountChars(handle)):
        letter = _letter(raw.FPDFText_GetUnicode(handle, n))
        blank = letter.isspace()
        if not blank:
            raw.FPDFText_GetLooseCharBox(handle, n, box)  # the advance of the letter, not its ink
            if letters.follows(box.left) and (abs(box.bottom - letters.bas) < 0.01 or _same_line(handle, n, letters)):
                letters.texts.append(letter)
                letters.x1 = box.right
                continue
        if letters.texts:
            words.append(letters.word())
        letters = _Letters() if blank else _begin(handle, n, letter, box)
    if letters.texts:
        words.append(letters.word())
    return words


def _same_line(handle: Any, n: int, letters: _Letters) -> bool:
    """Whether a letter of another font stands on the baseline of the word."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, n, x, y)
    return abs(y.value - letters.y) < 0.25 * letters.corps


def _begin(handle: Any, n: int, letter: str, box: Any) -> _Letters:
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(handle, n, x, y)
    size = max(raw.FPDFText_GetFontSize(handle, n) * _scale(handle, n), 1.0)
    return _Letters([letter], box.left, box.right, box.bottom, y.value, size, _bold(handle, n))


def _letter(code: int) -> str:
    letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
    return _GLYPHS.get(letter, letter)


def _scale(handle: Any, n: int) -> float:
    matrix = raw.FS_MATRIX()
    return abs(matrix.d) or 1.0 if raw.FPDFText_GetMatrix(handle, n, matrix) else 1.0


def _bold(handle: Any, n: int) -> bool:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, n, buffer, 128, flags)
    name = buffer.value.lower()
    return raw.FPDFText_GetFontWeight(handle, n) >= 600 or any(mark in name for mark in (b"bold", b"black", b"heavy"))


def _rules(page: Any) -> list[tuple[float, float, float, float]]:
    """The thin drawings of a page, and the sides of the boxes drawn as rectangles."""
    rules = []
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
        x0, y0, x1, y1 = item.get_bounds()
        if min(x1 - x0, y1 - y0) < _THIN and max(x1 - x0, y1 - y0) > 2 * _THIN:
            rules.append((x0, y0, x1, y1))
        elif min(x1 - x0, y1 - y0) > 3 * _THIN and _is_stroked(item):
            rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    return rules


def _is_stroked(item: Any) -> bool:
    """A box drawn in outline: four sides or so, and a line around."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    drawn = raw.FPDFPath_GetDrawMode(item.raw, fill, stroke)
    return bool(drawn and stroke.value) and raw.FPDFPath_CountSegments(item.raw) in (4, 5)


def rows_of(words: Iterable[Mot]) -> list[Ligne]:
    """Words gathered by baseline, from the top of the page, each row from left to right."""
    rows: list[list[Mot]] = []
    for word in sorted(words, key=lambda word: (-word.y, word.x0)):
        if rows and _same_row(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Ligne(_hyphen_glued(sorted(row, key=lambda word: word.x0))) for row in rows]


def _hyphen_glued(words: Sequence[Mot]) -> tuple[Mot, ...]:
    """The hyphen of a cut word is drawn apart from it: put it back."""
    *before, last = words
    if last.texte != "-" or not before or not before[-1].texte[-1].isalnum():
        return tuple(words)
    if last.x0 - before[-1].x1 > _GAP * last.corps:  # a blank was printed between them
        return tuple(words)
    return (*before[:-1], replace(before[-1], texte=before[-1].texte + "-", x1=last.x1))


def _same_row(row: Sequence[Mot], word: Mot) -> bool:
    """The letters of a footnote mark or of another size stand on the same row."""
    tallest = max(row, key=lambda other: other.corps)
    return abs(tallest.y - word.y) < 0.4 * max(tallest.corps, word.corps)
