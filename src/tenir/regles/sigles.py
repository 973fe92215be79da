"""The acronyms of a document and the words it prints for them: « Centre communal d’action sociale (CCAS) »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import MASK, DocumentNormalise
from tenir.fichier.mots import plain
from tenir.regles.passages import paragraphes

ALONE = re.compile(r"\(\s?(?P<sigle>[A-ZÉÈ]{3,7})\s?\)")
FOLLOWED = re.compile(r"\b(?P<sigle>[A-ZÉÈ]{3,7}) \((?P<mots>[^()]{6,120})\)")
WORDS = 12
"""How many words before an acronym in parentheses may spell it."""
EDGES = " ,;:.«»–-"
ELIDED = re.compile(r"^[dlDL][’']")
SMALL = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "et", "pour", "en", "a", "au", "aux", "sur", "dans", "par"]
)


@dataclass(frozen=True, slots=True)
class Sigle:
    """An acronym, the words printed for it, the line of the document where they are."""

    sigle: str
    mots: str
    ligne: int


def spelled(document: DocumentNormalise) -> dict[str, Sigle]:
    """The acronyms printed beside words that begin with their letters, the first time that each is."""
    found: dict[str, Sigle] = {}
    for one in _printed(document):
        found.setdefault(one.sigle, one)
    return found


def _printed(document: DocumentNormalise) -> Iterator[Sigle]:
    """Each acronym with its words before it, or in parentheses after it; never where a name is masked."""
    for one in paragraphes(document):
        for match in ALONE.finditer(one.texte):
            if said := _before(match["sigle"], one.texte[: match.start()]):
                yield Sigle(match["sigle"], said, one.ligne(match.start()))
        for match in FOLLOWED.finditer(one.texte):
            if _spells(match["sigle"], match["mots"].strip(EDGES)) and MASK not in match["mots"]:
                yield Sigle(match["sigle"], match["mots"].strip(EDGES), one.ligne(match.start()))


def _before(sigle: str, texte: str) -> str:
    """The fewest last words of a text that spell an acronym; nothing where a name is masked, or none do."""
    last = texte.split()[-WORDS:]
    for count in range(1, len(last) + 1):
        said = ELIDED.sub("", " ".join(last[-count:]).strip(EDGES))
        if _spells(sigle, said):
            return "" if MASK in said else said
    return ""


def _spells(sigle: str, words: str) -> bool:
    """Whether every word, small ones apart, gives a letter of the acronym, in order, from the first to the last."""
    letters = [c for c in plain(sigle) if c.isalpha()]
    for rank, word in enumerate(word for word in re.split(r"[\s’'-]+", words) if word):
        if letters and plain(word)[:1] == letters[0]:
            letters.pop(0)
        elif rank == 0 or plain(word) not in SMALL:
            return False
    return not letters


def opens_by(sigle: str, words: str) -> bool:
    """Whether the first words of a text spell an acronym, every one of them giving a letter."""
    first = words.split()[:WORDS]
    return any(_spells(sigle, " ".join(first[:count])) for count in range(2, len(first) + 1))


def begins(sigle: str, words: str) -> bool:
    """Whether the letters of an acronym come in this order at the start of words."""
    starts = iter(plain(word)[:1] for word in re.split(r"[\s’'-]+", words))
    return all(letter in starts for letter in plain(sigle) if letter.isalpha())
