"""French typography of dates, numbers and sentences: pure functions, no Django.

The filters and tags of `core/templatetags/tenir.py` only wrap them; exports and documents call them directly.
Source of the conventions: *Lexique des règles typographiques en usage à l’Imprimerie nationale*.
"""

import re
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from tenir.fichier.mots import plain, singular

NBSP = "\u00a0"
"""Non-breaking space: before « : », inside « », between a day and its month, before €."""
NNBSP = "\u202f"
"""Narrow non-breaking space: before « ; ! ? », between groups of three digits."""
MINUS = "\u2212"

Nombre = int | float | Decimal
Genre = Literal["m", "f"]

MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
UNITES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
DIZAINES = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}

_SPACES = (
    (re.compile(r"«\s*"), f"«{NBSP}"),
    (re.compile(r"\s*»"), f"{NBSP}»"),
    (re.compile(r" (?=:(?:\s|$))"), NBSP),
    (re.compile(r" (?=[;!?])"), NNBSP),
    (re.compile(r"(?<=\d) (?=[%€])"), NBSP),
    (re.compile(r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))"), rf"\1{NNBSP}"),
    (re.compile(r"\b(n°|p\.|art\.) (?=\d)"), rf"\1{NBSP}"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
)


_LINK = re.compile(r" (?:de|du|des|à|au|aux|en|par|pour|sur|avec|sans) | d[’']")
_UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def writable(text: str) -> str:
    """A text without the characters that no XML may hold; someone may paste one."""
    return _UNWRITABLE.sub("", text)


def writable_all(value: Any) -> Any:
    """The same for every text of a value made of dictionaries and lists."""
    if isinstance(value, dict):
        return {name: writable_all(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [writable_all(one) for one in value]
    return writable(value) if isinstance(value, str) else value


def date_fr(day: date) -> str:
    """The date in full: « 12 mars 2026 », « 1er janvier 2027 » (day and month do not part)."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{MOIS[day.month - 1]} {day.year}"


def tense(day: date, today: date, to_come: str, past: str) -> str:
    """The verb that goes with a day: « est attendu » for one to come or today, « était attendu » for one gone by."""
    return past if day < today else to_come


def nombre(value: Nombre, decimals: int | None = None) -> str:
    """A number as French writes it: « 1 415 », « 332,9 ».

    `decimals` rounds (half up) and pads; without it every digit of the value is kept. A value that is not
    a finite number raises `ValueError`: an absence is shown as an absence, never as a figure.
    """
    exact = _exact(value, decimals)
    whole, _, fraction = f"{exact.copy_abs():f}".partition(".")
    sign = MINUS if exact < 0 else ""
    grouped = f"{int(whole):,}".replace(",", NNBSP)
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def total(found: str, missing: int, noun: str, plural: str = "", genre: Genre = "f") -> str:
    """A total, never called so when parts of it are missing: « au moins 4 (2 lignes vides) »."""
    return f"au moins {found} ({pluriel(missing, noun, plural, genre=genre)})" if missing else found


def euros(amount: Nombre) -> str:
    """An amount in euros: « 22 810,61 € »; a whole amount has no cents: « 22 810 € »."""
    exact = _exact(amount, 2)
    return f"{nombre(exact, 0 if exact == exact.to_integral_value() else 2)}{NBSP}€"


def accord(count: Nombre, singular: str, plural: str = "") -> str:
    """The form of a word that goes with a count: in French the plural starts at two.

    Without `plural`, adds an s unless the word already ends with s, x or z.
    """
    if -2 < count < 2:
        return singular
    return plural or (singular if singular[-1:] in "sxz" else f"{singular}s")


def singulier(plural: str) -> str:
    """One of what a plural names: « petits déjeuners » → « petit déjeuner », « lieux » → « lieu ».

    Words after the first preposition are not counted: « notes de registre » → « note de registre ».
    """
    link = _LINK.search(plural)
    end = link.start() if link else len(plural)
    head = (word if _does_not_change(plain(word)) else singular(word) for word in plural[:end].split(" "))
    return " ".join(head) + plural[end:]


def _does_not_change(word: str) -> bool:
    return singular(word) == word


def capital(text: str) -> str:
    """A text with a capital at its beginning; the rest as it is: `str.capitalize` takes theirs from the names in it."""
    return text[:1].upper() + text[1:]


def pluriel(count: int, singular: str, plural: str = "", *, genre: Genre = "m", lettres: bool = False) -> str:
    """A count and its noun: « 1 action », « 8 actions », « aucune action »; `lettres`: « huit actions »."""
    noun = accord(count, singular, plural)
    if count == 0:
        return f"{'aucune' if genre == 'f' else 'aucun'} {noun}"
    if lettres and 0 < count <= 100:
        return f"{en_lettres(count, genre)} {noun}"
    return f"{nombre(count)}{NBSP}{noun}"


def en_lettres(count: int, genre: Genre = "m") -> str:
    """A whole number in words up to one hundred, in figures beyond: « huit », « vingt et une » (`genre="f"`)."""
    if not 0 <= count <= 100:
        return nombre(count)
    words = _words(count)
    return f"{words}e" if genre == "f" and words.endswith("un") else words


def typo(text: str) -> str:
    """Give a plain text of ours its non-breaking spaces and its typographic apostrophes.

    For sentences that we write. Never for signed words: those are shown as the document prints them.
    """
    for pattern, replacement in _SPACES:
        text = pattern.sub(replacement, text)
    return text


def _exact(value: Nombre, decimals: int | None) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"{value!r} is not a number that can be shown")
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(exact) if exact == 0 else exact  # no minus sign before zero


def _words(count: int) -> str:
    if count < 20:
        return UNITES[count]
    if count == 100:
        return "cent"
    tens = count // 10 if count // 10 in DIZAINES else count // 10 - 1  # seventy and ninety lean on the ten before
    rest = count - tens * 10
    if rest == 0:
        return "quatre-vingts" if tens == 8 else DIZAINES[tens]
    link = " et " if rest in (1, 11) and tens != 8 else "-"
    return f"{DIZAINES[tens]}{link}{UNITES[rest]}"


def clock_fr(moment: time | None) -> str:
    """« 14 h », « 14 h 30 »."""
    if moment is None:
        return ""
    return f"{moment.hour} h {moment.minute:02}" if moment.minute else f"{moment.hour} h"


def month_fr(month: date) -> str:
    """« mars 2026 »."""
    return f"{MOIS[month.month - 1]} {month.year}"


def cut(text: str, most: int) -> str:
    """A text, or its beginning cut at a word, and a sign that it goes on; `most`: the most of its characters kept."""
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"
