"""Headings that carry a noun and a number: « Article 3 : … », « ORIENTATION N° 2 – … », « Pilier I. … »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.document import DocumentNormalise, is_bullet
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.regles.lettres import romain
from tenir.regles.memoire import lu_une_fois

_LABEL = re.compile(
    r"^\W*(?P<nom>[^\W\d_][\w’'-]*(?: [^\W\d_][\w’'-]*){0,2}?)\s+(?:[nN]\s?[°ºo]\s*)?"
    r"(?P<numero>\d{1,2}(?:\.(?:\d{1,2}|[A-Z]\b))*|[IVXL]{1,5}(?:\.\d{1,2})+|[A-Z]\.?\d{1,2}(?:\.\d{1,2})*|[IVXL]{1,5}|[Pp]remier|PREMIER|1\s?er|[A-Z](?=\s*(?:[:.–—)-]|$)))(?:er)?"
    r"(?:\s*(?P<sep>[:.–—)-])+\s*|\s+|$)(?P<titre>.*)$"
)
_ARTICLE = re.compile(r"(?:l[ae]s?|ce|cette|cet|notre)\s|l[’']", re.IGNORECASE)
_LONG = 80
"""A line of more characters that ends by a stop is a sentence, when nothing parts the number from what follows."""
_LEADER = re.compile(r"[\s.…_]{4,}\d{1,3}\s*$")
NIVEAUX = frozenset(
    {"axe", "axe strategique", "orientation", "orientation strategique", "pilier", "priorite", "enjeu", "defi"}
    | {"objectif strategique", "objectif operationnel", "thematique", "theme", "ambition", "volet", "chantier"}
)
"""How contracts call their levels; the word that a contract prints above its own orientations is added to them."""

ACTIONS = frozenset({"action", "fiche action", "fiche", "fiche projet", "mesure"})
"""How contracts call the sheets of their actions."""


@dataclass(frozen=True, slots=True)
class Tete:
    """A heading: its noun in comparable words, its number, its title, its line, and whether a contents lists it."""

    nom: str
    imprime: str
    numero: str
    titre: str
    ligne: int
    sommaire: bool
    puce: bool

    @property
    def rang(self) -> int | None:
        """Its number when it is a whole one."""
        return int(self.numero) if self.numero.isdecimal() else None

    @property
    def source(self) -> tuple[Plage, ...]:
        """Its line."""
        return (Plage(self.ligne, self.ligne),)


@lu_une_fois
def tetes(document: DocumentNormalise) -> tuple[Tete, ...]:
    """Every line that reads as such a heading, in order."""
    found = [one for number, line in enumerate(document.lignes, 1) if (one := _tete(number, line))]
    return tuple(sorted([*found, *_cells(document, found)], key=lambda one: one.ligne))


def _cells(document: DocumentNormalise, found: list[Tete]) -> list[Tete]:
    """The actions of a table whose first cell is their number: « A1 », then « Ouvrir un club ».

    None where headings number actions already: the table then recalls them.
    """
    if any(one.nom in ACTIONS for one in found):
        return []
    lines = document.lignes
    numbers = [
        n for n, line in enumerate(lines[:-1], 1) if _CELL.fullmatch(line.strip()) and _TITLE.match(lines[n].strip())
    ]
    above = {comparable(line) for line in lines[max(numbers[0] - _HEADS, 0) : numbers[0]]} if numbers else set()
    if len(numbers) < _FEWEST or not above & _ACTION:
        return []
    return [
        Tete("action", "Action", lines[n - 1].strip(), _STOP.split(lines[n].strip())[0], n, False, False)
        for n in numbers
    ]


_CELL = re.compile(r"[A-Z]\.?\d{1,2}|\d{1,2}\.\d{1,2}")
_TITLE = re.compile(r"[A-ZÀ-Ý][^\W\d].{8,}")
_STOP = re.compile(r"[.:;]\s")
_ACTION = frozenset({"action", "action prevue", "fiche action", "intitule action", "mesure", "projet"})
"""The heads of the column that says what the numbers are of."""
_FEWEST, _HEADS = 4, 12
"""How many numbers make a table of actions, and how many cells above the first one are its heads."""


def _tete(number: int, line: str) -> Tete | None:
    words = " ".join(line.split())
    found = _LABEL.match(words)
    if found is None or not found["nom"][:1].isupper():
        return None
    if " " in found["nom"] and found["numero"].casefold().startswith("premier"):
        return None  # « Ouverture au premier semestre »: a date
    if not found["sep"] and (found["titre"][:1].isdigit() or (words.endswith(".") and len(words) > _LONG)):
        return None  # « Le bailleur loue 1 600 logements »: a number of things
    small = not found["sep"] and found["titre"][:1].islower()
    if small and (words.endswith((".", ":", ";")) or _ARTICLE.match(found["nom"])):
        return None  # « La priorité 1 veut que … », « Le pilier 1 a trois buts : »: a sentence
    titre = _LEADER.sub("", found["titre"]).strip(" .…:–—-")
    titre = _THEN.split(titre)[0] if len(titre) > _LONG else titre
    leads = bool(_LEADER.search(line))
    return Tete(comparable(found["nom"]), found["nom"], _number(found["numero"]), titre, number, leads, is_bullet(line))


_THEN = re.compile(r"\.\s(?=[A-ZÀ-Ý])")
"""Where the title ends on a line that goes on with all that an action is: « Une navette. Elle part à 4 h 30… »."""


def _number(printed: str) -> str:
    if printed.casefold().replace(" ", "") in ("premier", "1er"):
        return "1"
    return str(romain(printed) or printed)


def niveaux(contrat: ContratDeVille, document: DocumentNormalise) -> frozenset[str]:
    """The nouns of the levels of a contract: those everybody uses, and the one printed above its orientations."""
    lines = {plage.debut for one in (*contrat.axes, *contrat.orientations) for plage in one.source[:1]}
    return NIVEAUX | {one.nom for one in tetes(document) if one.ligne in lines}


def par_nom(document: DocumentNormalise, noms: frozenset[str]) -> Iterator[tuple[str, list[Tete]]]:
    """The headings of each noun, in order, contents left out."""
    for nom in sorted(noms):
        found = [one for one in tetes(document) if one.nom == nom and not one.sommaire]
        if found:
            yield nom, found
