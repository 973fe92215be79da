"""What word processors print before headings and items: numbers (3, c, C, iii, III) and bullets."""

import re
from collections.abc import Iterable

_RANG = re.compile(r"(?:List (?:Bullet|Number)|Liste à (?:puces|numéros)) ([2-5])", re.IGNORECASE)
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_GLYPHES = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02d": "-", "\uf0e8": "→", "\uf0e0": "→"}
_SHAPES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


def en_forme(value: int, shape: str) -> str:
    """A number as printed; `shape` as Word (« lowerLetter ») or OpenDocument (« a ») call it."""
    shape = _SHAPES.get(shape, shape)
    if shape in ("a", "A"):
        letter = chr(ord("a") + (value - 1) % 26)
        return letter.upper() if shape == "A" else letter
    if shape in ("i", "I"):
        roman = ""
        for worth, sign in _ROMAN:
            while value >= worth:
                roman, value = roman + sign, value - worth
        return roman.upper() if shape == "I" else roman
    return str(value)


def puce_imprimee(glyph: str) -> str:
    """The bullet that a sign of Symbol or Wingdings prints."""
    return _GLYPHES.get(glyph, "•" if not glyph or "\ue000" <= glyph <= "\uf8ff" else glyph)


def profondeur_du_style(names: Iterable[str]) -> int:
    """The depth that the list styles of Word tell by their name: « List Bullet 2 » is inside « List Bullet »."""
    ranks = (_RANG.fullmatch(name) for name in names)
    return next((int(rank[1]) - 1 for rank in ranks if rank), 0)


def rang(printed: str) -> int | None:
    """The number a heading prints, the last part of « 3.2 »; None when it prints none."""
    last = re.sub(r"^[A-Z]+-?(?=\d)", "", printed.rpartition(".")[2])  # « CV1 » is the first of its letters
    if not last:
        return None
    if last.isdigit():
        return int(last)
    if (set(last) <= set("IVX") and len(last) > 1) or last in "IVX":
        values = [{"I": 1, "V": 5, "X": 10}[c] for c in last]
        return sum(-v if any(v < w for w in values[i + 1 :]) else v for i, v in enumerate(values))
    return ord(last[0].upper()) - ord("A") + 1
