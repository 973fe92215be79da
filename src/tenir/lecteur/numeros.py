"""The numbers that word processors print before headings and items: 3, c, C, iii, III."""

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
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
