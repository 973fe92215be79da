"""How often a body meets, as French writes it: « deux fois par an », « tous les deux mois », « chaque trimestre »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.mots import plain

_PETITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "quinze": 15,
}  # fmt: skip
_N = rf"(?P<n>{'|'.join(_PETITS)}|\d{{1,2}})"
_PAR_AN = {"jour": 365, "semaine": 52, "mois": 12, "bimestre": 6, "trimestre": 4, "semestre": 2, "an": 1, "annee": 1}
_UNITE = r"(?P<unite>jours?|semaines?|mois|bimestres?|trimestres?|semestres?|ans?|annees?)"
_ADJECTIFS = {
    "hebdomadaire": 52, "mensuel": 12, "bimestriel": 6, "trimestriel": 4, "semestriel": 2, "annuel": 1,
}  # fmt: skip
_FOIS = re.compile(
    rf"\b{_N}\s+(?:fois|reunions?|seances?|rencontres?)(?:\s+\w+)?\s*(?:par|/|tous les|chaque|l[’'])\s*{_UNITE}\b"
)
_TOUS = re.compile(rf"\b(?:tous|toutes)\s+les\s+(?:{_N}\s+)?{_UNITE}\b")
_CHAQUE = re.compile(rf"\b(?:a\s+)?chaque\s+{_UNITE}\b")
_ADJECTIF = re.compile(
    rf"\b(?:reunions?|seances?|rythme|frequence|periodicite|rencontres?|se reuni\w+|reunit|tient)\W+(?:\w+\W+){{0,3}}?"
    rf"(?P<adj>{'|'.join(_ADJECTIFS)})(?:le|lle|lement|llement|s|lles)?\b|^\W*(?P<seul>{'|'.join(_ADJECTIFS)})(?:le|lle|lement|llement)?\b"
)
_SAISONS = (
    r"(?:printemps|ete|automne|hiver|rentree|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre"
    r"|decembre)"
)
_SAISON = re.compile(rf"\bchaque\s+{_SAISONS}(?P<autre>\s+et\s+(?:chaque\s+)?{_SAISONS})?")
_QUI = (
    r"(?:conseil|quartier|signataire|partenaire|membre|commune|service|action|projet|axe|orientation|habitant|acteur"
    r"|structure|institution|association|bailleur|pilote|fiche)"
)
"""« Deux membres de chaque conseil citoyen » says who comes, not when."""
_AUTRE = re.compile(
    rf"\b{_SAISONS}\b|\bfois\b|\bchaque\b(?!\s+{_QUI})|\btou(?:s|tes) les\b|\bregulier|\bperiodi|\bfrequen|\brythm"
    r"|\binitiative\b"
    r"|\bdemande\b|\bbesoin\b|\bpremiers?\s+\w+di\b|\bquotidien|\bpermanen|\bhebdomadaire|\bmensuel"
    r"|\bbimestr|\btrimestr|\bsemestr|\bannuel"
    r"|\b(?:avant|apres|veille)\s+(?:de\s+)?(?:chaque|chacun)|\bautant que\b"
)
_AU_MOINS = re.compile(r"\bau moins\b|\bau minimum\b|\bminimum\b|\bou plus\b|\bjusqu")


@dataclass(frozen=True, slots=True)
class Rythme:
    """A rhythm as written: how many meetings a year, at least so many or exactly, and where in the text."""

    par_an: int
    au_moins: bool
    debut: int
    fin: int


def rythmes(text: str) -> Iterator[Rythme]:
    """Every rhythm of a text that says how many times a year, in its order, each place once."""
    said = _same_length(text)
    found = sorted(_found(said), key=lambda one: (one.debut, -one.fin))
    reached = -1
    for one in found:
        if one.debut >= reached:
            reached = one.fin
            yield one


def dit_un_rythme(text: str) -> bool:
    """Whether a text says anything of when one meets, even what no number a year can tell."""
    return next(rythmes(text), None) is not None or bool(_AUTRE.search(_same_length(text)))


def _same_length(text: str) -> str:
    """The text without capitals nor accents, each character in its place."""
    return "".join(plain(c)[:1] or c for c in text)


def _found(said: str) -> Iterator[Rythme]:
    for match in _FOIS.finditer(said):
        yield _rythme(said, match, _number(match["n"]) * _a_year(match["unite"]))
    for match in _TOUS.finditer(said):
        yield _rythme(said, match, round(_a_year(match["unite"]) / _number(match["n"] or "1")))
    for match in _CHAQUE.finditer(said):
        yield _rythme(said, match, _a_year(match["unite"]))
    for match in _ADJECTIF.finditer(said):
        yield _rythme(said, match, _ADJECTIFS[match["adj"] or match["seul"]])
    for match in _SAISON.finditer(said):
        yield _rythme(said, match, 2 if match["autre"] else 1)


def _rythme(said: str, match: re.Match[str], par_an: int) -> Rythme:
    around = said[max(0, match.start() - 14) : match.end() + 14]
    return Rythme(max(par_an, 1), bool(_AU_MOINS.search(around)), match.start(), match.end())


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _PETITS[word]


def _a_year(unit: str) -> int:
    return _PAR_AN[unit if unit == "mois" else unit.removesuffix("s")]
