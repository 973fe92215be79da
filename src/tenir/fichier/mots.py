"""French words made comparable: case, accents, punctuation and plurals forgiven."""

import re
import unicodedata

_SPLIT = re.compile(r"[^a-z0-9]+")
_INVARIABLE = frozenset(
    {"bus", "cas", "corps", "cours", "acces", "temps", "tres", "plus", "dans", "sans", "sous", "ans"}
)
ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "des", "de", "du", "d", "au", "aux", "et", "a", "en"})


def plain(text: str) -> str:
    """Lower case without accents; « œ » is « oe »."""
    if text.isascii():
        return text.casefold()
    spelled = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))


def singular(word: str) -> str:
    """A word without its plural mark: « logements » and « logement » agree, so do « locaux » and « local »."""
    if len(word) <= 3 or word in _INVARIABLE or word.isdigit():
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word[-1] in "sx" else word


def words(text: str) -> list[str]:
    """The comparable words of a text, in order."""
    return [singular(word) for word in _SPLIT.split(plain(text)) if word]


def comparable(text: str) -> str:
    """One comparable string: words in order, articles left out unless nothing else is left (« EN », « LA »)."""
    found = words(text)
    return " ".join([word for word in found if word not in ARTICLES] or found)
