"""A cost with what each funder brings: « 210 000 euros (Ville 150 000 ; Région 60 000) », « 40 000 €, dont … »."""

import re
from collections.abc import Iterator

from tenir.fichier.mots import plain

_MONTANT = r"\d[\d\s\u202f\u00a0.,]*(?:\s?(?:k€|K€|M€|€|euros?\b))?"
_TOTAL = re.compile(
    rf"^(?:[^\d:(]{{0,40}}?:\s*)?(?P<total>{_MONTANT})\s*(?:\(\s*(?:dont\s+)?|[:=]\s*|[,;.]?\s*dont\s*:?\s*|\s[–—-]\s)(?P<reste>.+)$",
    re.DOTALL,
)
_PART = re.compile(
    rf"^(?P<nom>[^\d(]*[^\W\d_][^\d(]*?)\s*(?:[:(=–—-]|à hauteur de|pour)?\s*(?P<montant>{_MONTANT})\)?$"
)
_MONTANT_D_ABORD = re.compile(
    rf"^(?P<montant>{_MONTANT})\s*"
    r"(?:(?:de la part |apportés? |financés? |versés? |pris en charge )?(?:d[eu]s?|par|au titre d[eu])\s+"
    r"|d[’']|[:(–—-]\s*)?(?:les?\s+|la\s+|l[’'])?(?P<nom>[^\W\d_][^\d]*?)\)?$"
)
_COUPES = (r"\s*;\s*", r"\s*[;+/]\s*|,\s+(?=[^\d\s])", r"\s*[;+/]\s*|,\s+|\s+et\s+")
LONG_NOM = 10  # words
_SANS_NOM = re.compile(r"^(?:total|soit|par an|dont|cout|budget|an\b|ans\b)")


def parts(texte: str) -> list[tuple[str, str]]:
    """Each funder of a cost with what it brings; none when the text is not a total shared out."""
    found = _TOTAL.match(" ".join(texte.split()))
    if found is None:
        return []
    rest = found["reste"].strip(" .;")
    rest = rest[:-1] if rest.count(")") > rest.count("(") and rest.endswith(")") else rest
    for cut in _COUPES:
        read = list(_each(re.split(cut, rest)))
        if read and all(read):
            return [part for part in read if part]
    return []


def _each(pieces: list[str]) -> Iterator[tuple[str, str] | None]:
    for piece in filter(None, (piece.strip(" .,;") for piece in pieces)):
        match = _PART.match(piece) or _MONTANT_D_ABORD.match(piece)
        name = match["nom"].strip(" :–—-") if match else ""
        good = match and name and len(name.split()) <= LONG_NOM and not _SANS_NOM.match(plain(name))
        yield (name, match["montant"].strip()) if match and good else None
