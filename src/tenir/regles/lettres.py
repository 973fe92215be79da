"""Numbers as French prose writes them, in letters or in figures: « douze », « vingt et un », « 12 »."""

import re

from tenir.fichier.mots import plain

_UNITES = (
    "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_DIZAINES = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_EN_LETTRES = {word: value for value, word in enumerate(_UNITES)} | _DIZAINES | {"une": 1}
_EN_LETTRES |= {
    f"{ten}{link}{unit}": value + rank
    for ten, value in _DIZAINES.items()
    for rank, unit in enumerate(_UNITES[1:10], 1)
    for link in ("-", " et ", "-et-")
}
NOMBRE = r"(?:\d{1,3}|" + "|".join(sorted(map(re.escape, _EN_LETTRES), key=len, reverse=True)) + r")"
"""A number from zero to sixty-nine in letters, or up to three figures, in a text without accents."""
_ROMAINS = {"I": 1, "V": 5, "X": 10, "L": 50}


def valeur(word: str) -> int | None:
    """The value of a number, none when it is no number."""
    said = plain(word).strip()
    return int(said) if said.isdecimal() else _EN_LETTRES.get(said)


def romain(word: str) -> int | None:
    """The value of a Roman numeral."""
    if not word or set(word) - set(_ROMAINS):
        return None
    values = [_ROMAINS[letter] for letter in word]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
