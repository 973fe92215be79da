"""Short titles for the draft, from the item's own words: the first clause, eight words at most."""

import re

from tenir.lecteur.lexique import cle, lexique

MAX_MOTS = 8
_MOT = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[ \u00a0\u202f](?:€|k€|M€|%|euros?))?|\S+")
"""A word; a number whose digits are parted by spaces is one, with its unit."""
_CLAUSE = re.compile(r"\s*(?:[:;(]|,\s|\.\s|\.$|…|\s[–—-]\s|//)")


def titre_court(mots: str) -> str:
    """The first clause of a text, cut at eight words, without a dangling article or preposition."""
    clause = _CLAUSE.split(mots.strip(" -–•"), maxsplit=1)[0].strip() or mots.strip()
    kept = _MOT.findall(clause)[:MAX_MOTS]
    while len(kept) > 1 and cle(kept[-1]) in lexique().listes["liaisons"]:
        kept.pop()
    title = " ".join(kept).rstrip(" ,;:.")
    return (title[:1].upper() + title[1:]) if title else "Sans titre"
