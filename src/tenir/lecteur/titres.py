"""Short titles for the draft, from the item's own words: the first clause, eight words at most."""

import re

from tenir.lecteur.lexique import cle, lexique

MAX_MOTS = 8
_CLAUSE = re.compile(r"\s*(?:[:;(]|,\s|\.\s|\.$|…|\s[–—-]\s|//)")


def titre_court(mots: str) -> str:
    """The first clause of a text, cut at eight words, without a dangling article or preposition."""
    clause = _CLAUSE.split(mots.strip(" -–•"), maxsplit=1)[0].strip() or mots.strip()
    kept = clause.split()[:MAX_MOTS]
    while len(kept) > 1 and cle(kept[-1]) in lexique().listes["liaisons"]:
        kept.pop()
    title = " ".join(kept).rstrip(" ,;:.")
    return (title[:1].upper() + title[1:]) if title else "Sans titre"
