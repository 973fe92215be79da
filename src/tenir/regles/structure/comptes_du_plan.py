"""How many actions sentences say that a part of the plan holds, or that have a thing, beside how many do."""

import re
from collections.abc import Iterator, Sequence

from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import ContratDeVille
from tenir.regles.champs import Fiche, fiches
from tenir.regles.lettres import NOMBRE, romain, valeur
from tenir.regles.phrases import Phrase, phrases
from tenir.regles.textes import sans_accents
from tenir.regles.titres import ACTIONS, Tete, niveaux, par_nom

Compte = tuple[Phrase, int, int, str]
"""A sentence, where its count begins and ends, and what is true."""

_ACTIONS = rf"(?P<n>{NOMBRE}) (?:actions|fiches(?: actions?)?|mesures|projets)"
_NUMERO = r"(?:n ?° ?)?(?P<numero>\d{1,2}|[ivx]{1,4}|[a-h])"
_FEWEST = 5
"""How many sheets make a plan whose fields are counted."""
_SHEETS = re.compile(r"\b(?:actions|fiches|mesures|projets)\b")
_PROVIDED = re.compile(
    rf"\b(?P<n>{NOMBRE}) (?:d[’']entre elles |actions |fiches |mesures )?"
    r"(?:sont (?:dotees?|pourvues?|assorties?|munies?) d[’']un|ont un|disposent d[’']un|portent un|comportent un)"
    r" (?P<quoi>montant|budget|cout|pilote|porteur|calendrier)"
)
_AMOUNT = ("financement", re.compile(r"\d{3}"))
_PILOT = ("pilote", re.compile(r"\w{2}"))
_WITH = {
    "montant": _AMOUNT, "budget": _AMOUNT, "cout": _AMOUNT, "pilote": _PILOT, "porteur": _PILOT,
    "calendrier": ("calendrier", re.compile(r"20\d\d")),
}  # fmt: skip
"""What a sheet has: the kind of field that says it, and what is read there."""


def par_niveau(contrat: ContratDeVille, document: DocumentNormalise) -> Iterator[Compte]:
    """The wrong counts of one level: « les cinq actions du défi 1 », « l’axe 2 compte cinq fiches »."""
    sheets = sorted({one.ligne for _, heads in par_nom(document, ACTIONS) for one in heads if not one.puce})
    for nom, heads in par_nom(document, niveaux(contrat, document) - ACTIONS) if sheets else ():
        counts = {one.numero: _between(sheets, heads, one.numero) for one in heads}
        pattern = _counting(nom)
        for phrase in phrases(document):
            said = sans_accents(phrase.texte)
            for found in pattern.finditer(said) if nom in said else ():
                printed = (found["numero"] or found["de"]).upper()
                count = counts.get(str(romain(printed) or printed), 0)
                some = not (found["les"] or found["font"] or found["numero"])  # « deux actions de l’axe 1 »
                if count and not some and valeur(found["n"] or found["m"]) != count:
                    yield phrase, found.start(), found.end(), f"{count} y sont numérotées"


def _counting(nom: str) -> re.Pattern[str]:
    """How sentences count the actions of the levels of a name."""
    name = re.escape(nom)
    return re.compile(
        rf"\b(?P<les>(?:les|ses|nos|des) )?{_ACTIONS}"
        r" (?P<font>(?:composent|constituent|forment|structurent|declinent) )?"
        rf"(?:du |de |composant )?(?:l[’']|la |le )?{name} {_NUMERO.replace('<numero>', '<de>')}\b"
        rf"|\b{name} {_NUMERO} (?:[^.;:]{{0,30}} )?"
        r"(?:compte|comprend|comporte|contient|regroupe|rassemble|reunit|se decline en)"
        rf" {_ACTIONS.replace('<n>', '<m>')}\b"
    )


def _between(sheets: Sequence[int], heads: Sequence[Tete], numero: str) -> int:
    """How many sheets stand between a heading of a number and the next heading, where there are the most."""
    starts = [one.ligne for one in heads if one.numero == numero]
    ends = [min((one.ligne for one in heads if one.ligne > start), default=sheets[-1] + 1) for start in starts]
    return max(sum(start < one < end for one in sheets) for start, end in zip(starts, ends, strict=True))


_EVERY = re.compile(
    r"\b(?:(?:chaque|toutes les|tous les|chacune des)\s(?:\w+\s)?"
    r"(?:fiches?(?:[- ]actions?)?|actions?|mesures?|projets?)\b"
    r"[^.;:]{0,40}?\b(?:(?:indique|precise|porte|comporte|dispose)(?:nt)?|di(?:t|sent)|a|ont|comprend|comprennent"
    r"|(?:est|sont) dotee?s?)"
    r"|(?:fiches|actions|mesures|projets),?\s(?:qui\ssont\s)?tou(?:te)?s\s(?:dotee?s|pourvue?s|assortie?s))\b(?P<suite>[^.;:]*)"
)
"""What says that all the actions have a thing: « chaque fiche indique un pilote et un montant »."""


def promises_a_toutes(document: DocumentNormalise) -> Iterator[Compte]:
    """The sheets that lack what a sentence says all have, when few do."""
    sheets = fiches(document)
    for phrase in phrases(document) if len(sheets) >= _FEWEST else ():
        said = sans_accents(phrase.texte)
        found = (
            _EVERY.search(said) if "fiche" in said or "action" in said or "mesure" in said or "projet" in said else None
        )
        for quoi in re.findall("|".join(_WITH), found["suite"]) if found else ():
            genre, _ = _WITH[quoi]
            lacking = [one for one in sheets if not one.de(genre).strip(" –—-") and not _says_when(one, genre)]
            if found and 0 < len(lacking) <= len(sheets) // 5:
                names = ", ".join(f"« {one.titre} »" for one in lacking)
                yield phrase, found.start(), found.end(), f"rien ne dit le {quoi} de {names}"


def _says_when(one: Fiche, genre: str) -> bool:
    """Whether a sheet says when in a field of another name: « Mise en œuvre : au second semestre »."""
    return genre == "calendrier" and bool(_WHEN.search(sans_accents(f"{one.de('contenu')} {one.de('autre')}")))


_WHEN = re.compile(
    r"\b20\d\d\b|\b(?:semestre|trimestre|rentree|chaque annee|toute l[’']annee|chaque (?:mois|ete|hiver))\b"
)


def pourvues(document: DocumentNormalise) -> Iterator[Compte]:
    """The wrong counts of sheets that have a thing: « douze sont dotées d’un montant »."""
    sheets = fiches(document)
    for phrase in phrases(document) if len(sheets) >= _FEWEST else ():
        said = sans_accents(phrase.texte)
        of_sheets = _SHEETS.search(sans_accents(phrase.paragraphe.texte))
        for found in _PROVIDED.finditer(said) if of_sheets else ():
            genre, pattern = _WITH[found["quoi"]]
            count, number = sum(bool(pattern.search(one.de(genre))) for one in sheets), valeur(found["n"])
            if count and number != count and (number or 0) <= len(sheets):
                yield phrase, found.start(), found.end(), f"{count} fiches sur {len(sheets)} le disent"
