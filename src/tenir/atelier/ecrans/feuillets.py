"""The document beside what was understood: one sheet at a time, each line with what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tenir.atelier.arbre import Arbre
from tenir.atelier.genres import said
from tenir.atelier.services.brouillon import Etabli
from tenir.core.composants import Lien
from tenir.core.typographie import nombre, typo
from tenir.ecran.navigation import address
from tenir.fichier.comparaison import name_of
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import Partie
from tenir.fichier.source import Plage

LINES = 60
"""How many lines a sheet holds, where no page is known."""


@dataclass(frozen=True, slots=True)
class Marque:
    """What a line belongs to; `suite`: it goes on from the line above."""

    code: str
    mot: str
    url: str
    suite: bool = False


@dataclass(frozen=True, slots=True)
class LigneDeFeuillet:
    """A line of the document as a sheet shows it. `etat`: « prise », « sans-place », « choisie », « vide »."""

    numero: int
    texte: str
    url: str
    etat: str
    marques: Sequence[Marque] = ()


@dataclass(frozen=True, slots=True)
class Feuillet:
    """One sheet: its name, its lines, the sheets before and after."""

    nom: str
    rang: int
    total: int
    lignes: Sequence[LigneDeFeuillet]
    precedent: str = ""
    suivant: str = ""


def spans(pages: Sequence[int | None], lines: int) -> list[tuple[str, range]]:
    """The sheets of a document: its pages where they are known, else runs of lines."""
    if any(pages):
        known, last = [], None
        for page in pages:
            last = page or last
            known.append(last)
        found, start = [], 1
        for number, group in groupby(known):
            stop = start + len(list(group))
            found.append((f"Page {number}" if number else "Avant la première page", range(start, stop)))
            start = stop
        return _merged(found)
    return [
        (typo(f"Lignes {start} à {min(start + LINES - 1, lines)}"), range(start, min(start + LINES, lines + 1)))
        for start in range(1, lines + 1, LINES)
    ]


def _merged(found: list[tuple[str, range]]) -> list[tuple[str, range]]:
    """Without the sheets that hold next to nothing, joined to the one before."""
    kept: list[tuple[str, range]] = []
    for nom, lines in found:
        if kept and len(lines) < 3:
            kept[-1] = (kept[-1][0], range(kept[-1][1].start, lines.stop))
        else:
            kept.append((nom, lines))
    return kept


def sheet(etabli: Etabli, *, rang: int | None = None, ligne: int | None = None) -> Feuillet | None:
    """One sheet of the document: by its rank from 1, or the one that holds a line; none while no document is there."""
    document = etabli.document
    if document is None:
        return None
    found = spans(pages_of(etabli), len(document.lignes_brutes))
    if not found:
        return None
    if ligne is not None:
        rang = next((n for n, (_, lines) in enumerate(found, 1) if ligne in lines), 1)
    rang = min(max(rang or 1, 1), len(found))
    nom, lines = found[rang - 1]
    at = address("atelier", etabli.brouillon.espace)
    return Feuillet(
        nom,
        rang,
        len(found),
        list(_lines(etabli, document, lines, ligne)),
        f"{at}?feuillet={rang - 1}" if rang > 1 else "",
        f"{at}?feuillet={rang + 1}" if rang < len(found) else "",
    )


def pages_of(etabli: Etabli) -> list[int | None]:
    """The page of each line, where the reading of the document knows it."""
    racine = etabli.arbre.racine
    rows = etabli.brouillon.documents.filter(sha256=racine.document.sha256 if racine.document else "")
    lu = rows.values_list("lu", flat=True).first()
    return [line[1] for line in lu["lignes"]] if lu else []


def taken(arbre: Arbre, lines: range) -> dict[int, list[tuple[Plage, str]]]:
    """The claims on each line, by the code of what claims it; items before parts."""
    found: dict[int, list[tuple[Plage, str]]] = {}
    for noeud in sorted(arbre.noeuds, key=lambda one: isinstance(one.item, Partie)):
        for name in ("source", "source_protocole"):
            for plage in getattr(noeud.item, name, ()):
                for number in range(max(plage.debut, lines.start), min(plage.fin + 1, lines.stop)):
                    found.setdefault(number, []).append((plage, noeud.item.code))
    return found


def _lines(etabli: Etabli, document: DocumentNormalise, lines: range, chosen: int | None) -> list[LigneDeFeuillet]:
    espace, claims = etabli.brouillon.espace, taken(etabli.arbre, lines)
    at = address("atelier", espace)  # an address a line would drive out those that are remembered
    nouns = {one.item.code: (said(one.genre), name_of(one.item)) for one in etabli.arbre.noeuds}
    shown: list[LigneDeFeuillet] = []
    above: list[str] = []
    for number in lines:
        codes = list(dict.fromkeys(code for _, code in claims.get(number, ())))
        blank = not document.lignes_brutes[number - 1].strip()
        marks = [
            Marque(code, nouns[code][0], address("atelier-element", espace, code), suite=code in above)
            for code in codes
        ]
        state = "choisie" if number == chosen else "vide" if blank else "prise" if codes else "sans-place"
        url = "" if blank else f"{at}lignes/{number}/#panneau"
        shown.append(LigneDeFeuillet(number, document.lignes[number - 1], url, state, marks if not blank else ()))
        above = codes or ([] if not blank else above)
    return shown


def around(etabli: Etabli, source: tuple[Plage, ...]) -> Lien | None:
    """The way to an item in the document."""
    if not source or etabli.document is None:
        return None
    at = source[0].debut
    url = f"{address('atelier-ligne', etabli.brouillon.espace, at)}"
    return Lien(typo(f"Voir la ligne {nombre(at)} dans le document"), url)
