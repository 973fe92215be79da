"""What a cell of text says: a mail address, a telephone, figures; or why it says none."""

import re

from tenir.core.tableur.tableau import one_line

ROUNDED = re.compile(r"\d(?:[.,]\d+)?\s?[eE]\+?\d+")
"""A number that a spreadsheet shortened (« 6,39E+08 »): its last figures are lost."""
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]]+@[^\s<>,;:\"()\[\]]+")
_SCHEME = re.compile(r"\b(?:mailto|smtp):", re.IGNORECASE)
_AROUND = re.compile(r".*[<\[(]+[ ;,]*[>\])]*[ ;,.]*|[<>()\[\]'\" ;:,.]*")
"""What may stand beside an address: a name before « <a@b> », and signs."""


class CelluleRefusee(Exception):
    """A cell that is not taken; the message is the end of a French sentence: why, and what to do."""


def mail_address(text: str) -> str:
    """The address of a cell as mail programs paste it: « Nom <a@b> », « mailto:a@b », « a@b; ». Empty stays empty.

    Raises:
        CelluleRefusee: several addresses, or none.
    """
    bare = _SCHEME.sub(" ", one_line(text))
    found = {one.casefold(): one for one in (each.strip(".'") for each in _ADDRESS.findall(bare))}
    if not bare.strip(" ;,<>"):
        return ""
    if len(found) > 1:
        raise CelluleRefusee(f"« {text} » donne plusieurs adresses : gardez-en une.")
    address = next(iter(found.values()), "")
    if not address or not _AROUND.fullmatch(bare.replace(address, "", 1)):
        raise CelluleRefusee(f"« {text} » n’est pas une adresse électronique.")
    return address


def phone(text: str) -> str:
    """The number of a cell, with the zero that a spreadsheet takes from a number. Empty stays empty.

    Raises:
        CelluleRefusee: the spreadsheet shortened it.
    """
    number = with_lost_zero(re.sub(r"^tel:", "", one_line(text), flags=re.IGNORECASE).rstrip(" ;,"), 10)
    if ROUNDED.fullmatch(number):
        raise CelluleRefusee(f"« {text} » a été raccourci par le tableur : écrivez le numéro en texte.")
    return f"+{number}" if re.fullmatch(r"33[1-9]\d{8}", number) else number


def with_lost_zero(text: str, figures: int) -> str:
    """Figures that a spreadsheet kept as a number, with the zero that they began by: one is missing, no more."""
    return f"0{text}" if text.isdecimal() and len(text) == figures - 1 and text[0] != "0" else text


def figures(text: str, count: int) -> str:
    """A number made of so many figures (SIRET, postcode), its blanks gone and its first zero back.

    Raises:
        CelluleRefusee: it has not as many figures, or the spreadsheet shortened it.
    """
    bare = with_lost_zero(re.sub(r"[\s.\-]", "", text), count)
    if bare and not (bare.isdecimal() and len(bare) == count):
        shortened = " : le tableur l’a raccourci, écrivez-le en texte" if ROUNDED.fullmatch(text) else ""
        raise CelluleRefusee(f"« {text} » n’a pas {count} chiffres{shortened}.")
    return bare
