"""Bytes into French text, of a document or of a table: what the file says of its coding, else what its accents say."""

import re
import unicodedata
from dataclasses import dataclass

MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
CODAGES = {
    "cp1252": "Windows",
    "iso8859_15": "ISO 8859-15",
    "mac_roman": "Macintosh",
    "cp850": "MS-DOS",
}
"""The one-byte codings that French spreadsheets write, the most usual first: it wins when nothing tells them apart."""
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1f]")
"""What no program of text writes: more than one in a thousand bytes, and these are no text."""
SAMPLE = 200_000
"""How many bytes with accents are weighed, at most."""
BROKEN = re.compile(r"Ã[©¨ª«§´®¯¢¹»]|Ã\xa0|â€[™œ“”˜]|Å“|\ufffd")
"""What accents become when a program reads UTF-8 as something else, then saves it so."""


class PasDuTexte(Exception):
    """Bytes that are no text, or not in the coding that they say."""


class AccentsIllisibles(Exception):
    """Bytes that may be text, in no coding that we know."""


@dataclass(frozen=True, slots=True)
class Texte:
    """What was decoded, and what to say of it."""

    texte: str
    remarques: tuple[str, ...] = ()


def decoded(content: bytes) -> Texte:
    """The text of a file.

    Raises:
        PasDuTexte, AccentsIllisibles: what it is cannot be known; whoever reads says what to do.
    """
    coding = next((name for mark, name in MARKS if content.startswith(mark)), "") or _wide(content)
    try:
        texte = content.decode(coding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if coding:
            raise PasDuTexte from error
        return _guessed(content)
    return _told(texte)


def _told(texte: str) -> Texte:
    if "\0" in texte:
        raise PasDuTexte
    if found := BROKEN.search(texte):
        return Texte(
            texte, (f"Des accents semblent déjà abîmés dans ce fichier (« {found[0]} ») : vérifiez les noms.",)
        )
    return Texte(texte)


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of its separators and plain letters is nothing."""
    even, odd = content[:SAMPLE:2].count(0), content[1:SAMPLE:2].count(0)
    least = min(len(content), SAMPLE) / 8
    if max(even, odd) < least or min(even, odd) * 8 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guessed(content: bytes) -> Texte:
    if b"\0" in content or len(CONTROLS.findall(content)) > len(content) / 1000:
        raise PasDuTexte
    sample = _accents(content)
    weights = {name: _weight(sample.decode(name, "replace")) for name in CODAGES}
    best = max(CODAGES, key=lambda name: weights[name])
    if weights[best] < 0:
        raise AccentsIllisibles
    told = f"Ce fichier ne dit pas son codage : il a été lu comme venant de {CODAGES[best]}. Vérifiez les accents."
    return Texte(content.decode(best, "replace"), (told,))


def _accents(content: bytes) -> bytes:
    """The bytes that differ from one coding to another, each between its neighbours."""
    found = re.findall(rb"[\x00-\x7f]?[\x80-\xff]+[\x00-\x7f]?", content)
    return b" ".join(found)[:SAMPLE]


USUAL = frozenset("éèêëàâùûîïôçœæüÿñöäÉÈÊËÀÂÙÛÎÏÔÇŒÆÜÑÖÄ")
PRINTED = frozenset("’‘“”«»–—…°€²³·№§©®ªº\u00a0\u202f")


def _weight(text: str) -> float:
    """How French a text looks: the letters beyond ASCII that it has, and where they stand."""
    padded = f" {text} "
    triples = zip(padded, padded[1:], padded[2:], strict=False)
    return sum(_place(before, one, after) for before, one, after in triples if not one.isascii())


def _place(before: str, one: str, after: str) -> float:
    if one not in USUAL and one not in PRINTED:
        return 0.25 if unicodedata.category(one) == "Ll" and one in _EUROPE else -2
    if one in PRINTED:
        return _printed(before, one, after)
    if one.isupper():
        return 1 if not before.islower() else -2
    rare = 0.5 if one in "ÿñöäæ" else 1
    return rare if not (before.isupper() and after.isupper()) else -2


_EUROPE = frozenset("áíóúìòãõåøšžčćőűłß")


def _printed(before: str, one: str, after: str) -> float:
    if one in "’‘":
        return 1 if before.isalpha() and after.isalpha() else -0.5
    inside = before.isalpha() and after.isalpha()
    return -2 if inside else 0.25
