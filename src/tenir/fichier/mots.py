"""French words made comparable: case, accents, punctuation and plurals forgiven."""

import re
import unicodedata
from functools import lru_cache

_SPLIT = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile(r"[\u0300-\u034e\u0350-\u036f]+")
_RARE = re.compile(r"[\u0483-\u1fff\u20d0-\u20ff\u2c00-\U0010ffff]")
"""Where marks that combine may stand beside those of Latin letters: such a text is walked letter by letter."""
_INVARIABLE = frozenset((
    "acces", "ans", "avis", "bois", "bus", "cas", "colis", "corps", "cours", "dans", "devis", "discours", "fois",
    "logis", "mois", "pays", "permis", "plus", "prix", "proces", "progres", "recours", "refus", "relais", "repas",
    "sans", "secours", "sous", "succes", "temps", "tiers", "tres", "vieux",
))  # fmt: skip
ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "au", "aux", "et", "a", "en"})


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Lower case without accents; « œ » is « oe ».

    Kept for a while: the rules ask it of the same lines of a document, a reading of the same words.
    """
    if text.isascii():
        return text.casefold()
    spelled = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    apart = unicodedata.normalize("NFKD", spelled)
    if _RARE.search(apart):
        return "".join(c for c in apart if not unicodedata.combining(c))
    return _MARKS.sub("", apart)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """A word without its plural mark: « logements » and « logement » agree, so do « locaux » and « local ».

    Kept for a while: a contract writes some thousands of words, a hundred thousand times.
    """
    if len(word) <= 3 or word in _INVARIABLE or word.isdecimal():
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word[-1] in "sx" else word


def words(text: str) -> list[str]:
    """The comparable words of a text, in order."""
    return [singular(word) for word in _SPLIT.split(plain(text)) if word]


@lru_cache(maxsize=8192)
def comparable(text: str) -> str:
    """One comparable string: words in order, articles left out unless nothing else is left (« EN », « LA »).

    Kept for a while, as `plain` is: a dozen rules compare the same lines.
    """
    found = words(text)
    return " ".join([word for word in found if word not in ARTICLES] or found)


def ungendered(text: str) -> str:
    """One comparable string whatever words agree with: « Abandonné », « abandonnées »; « suspendu », « Suspendues »."""
    return " ".join(_AGREED.sub(r"\1", word) for word in comparable(text).split())


_AGREED = re.compile(r"(?<=\w\w)([eiut])e$")


CIVILITES = frozenset(
    {"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms", "dr", "docteur", "me", "maitre"}
)
"""How people are addressed, in comparable words."""


def name_words(text: str) -> list[str]:
    """The words of a person's name, in order: case, accents, apostrophes, hyphens and « Mme » forgiven."""
    found = [word for word in re.split(r"[\W_]+", plain(text)) if word]
    return found[1:] if len(found) > 1 and found[0] in CIVILITES else found


def name_key(text: str) -> str:
    """What two spellings of one person's name share, whatever the order of its words (« NOM Prénom »)."""
    return " ".join(sorted(name_words(text)))


def uncapital(text: str) -> str:
    """A text without the capital of its beginning, unless it is that of an acronym: « engagement PAQTE », « QPV »."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text
