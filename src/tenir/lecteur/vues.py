"""What a document shows of its labels and of the columns of its tables, each with what the reader takes it for.

A person who looks at them says in one gesture what each is: `lecteur.gabarit` keeps it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import PUCE, Texte
from tenir.lecteur.structure.cases import nature
from tenir.lecteur.structure.colonnes import CIBLE, DEPART, INDICATEUR
from tenir.lecteur.structure.tableaux import Sorte, Tableau, tableaux

_EN_LIGNE = re.compile(
    r"(?:^|\s[–—|•;(]\s?|\.\s|\()(?P<label>[^\W\d_][^:;.()–—|•]{1,50}?)\s*:\s+(?P<reste>[^\s][^:]*?)(?=\s[–—|•]\s|[;)]|$)"
)
DEUX = 2  # times that a label must come back: once, it is a sentence
LONGUE = 8  # words of a label
EXEMPLES = 3  # contents shown beside a label
LARGE = 600  # characters of a line that holds labels
VALEURS = {INDICATEUR: "indicateurs", CIBLE: "cible", DEPART: "départ"}
TELLES = {"intitule": "intitulé", "objectifs": "objectif"}


@dataclass(frozen=True)
class IntituleVu:
    """A label or the head of a column as a document shows it: how often, the lines of its first contents, its role."""

    mots: str
    fois: int
    lignes: tuple[int, ...]
    lu: str

    @property
    def cle(self) -> str:
        """What compares it."""
        return cle(self.mots)


def etiquettes_vues(texte: Texte) -> list[IntituleVu]:
    """The labels that come back in a document, the most frequent first, with the rubric that each opens."""
    seen: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for label, numero in _labels(texte):
        seen[cle(label)].append((label, numero))
    kept = [held for key, held in seen.items() if key and len(held) >= DEUX]
    found = [_seen(held, lexique().rubrique(held[0][0]) or nature(held[0][0]) or "") for held in kept]
    return sorted(found, key=lambda vue: -vue.fois)


def _seen(held: list[tuple[str, int]], lu: str) -> IntituleVu:
    return IntituleVu(held[0][0], len(held), tuple(numero for _label, numero in held[:EXEMPLES]), lu)


def _labels(texte: Texte) -> Iterator[tuple[str, int]]:
    """Every label with a line of its content: in a line, alone on its own, in the first cell of a row."""
    for numero, ligne in texte.lignes.items():
        if ligne.tableau is None and not texte.vide(numero) and ":" in ligne.texte and len(ligne.texte) <= LARGE:
            yield from ((label, numero) for label in _in_a_line(ligne.texte))
    yield from _alone(texte)
    for table in tableaux(texte).values():
        if table.sorte not in (Sorte.ACTIONS, Sorte.INDICATEURS, Sorte.INSTANCES, Sorte.ENGAGEMENTS):
            yield from _of_rows(table)


def _alone(texte: Texte) -> Iterator[tuple[str, int]]:
    """The lines that come back word for word, with what stands under each; what a label announces is none."""
    lines = [n for n in texte.lignes if not texte.vide(n) and texte.lignes[n].tableau is None]
    above = ""
    for numero, below in pairwise(lines):
        line = texte.net(numero)
        label = line.rstrip(" :")
        back = texte.fois(texte.brut(numero).strip()) >= DEUX and len(label.split()) <= LONGUE
        if back and _worded(label) and not line.endswith((".", ";", ",")) and not lexique().rubrique(above):
            yield label, below
        above = label


def _in_a_line(line: str) -> Iterator[str]:
    for found in _EN_LIGNE.finditer(PUCE.sub("", line).strip()):
        label = re.sub(r"\s*\(.*$", "", found["label"]).strip()
        if len(label.split()) <= LONGUE and not found["reste"][:1].isdigit():
            yield label


def _of_rows(table: Tableau) -> Iterator[tuple[str, int]]:
    """The labels of a sheet of two columns."""
    rows = table.lignes
    if max(len(row) for row in rows) == DEUX:
        for row in rows:
            if len(row) == DEUX and len(row[0].mots.split()) <= LONGUE and _worded(row[0].mots):
                yield row[0].mots.rstrip(" :"), row[1].numeros[0]


def _worded(mots: str) -> bool:
    return any(map(str.isalpha, mots)) and not mots[:1].isdigit()


def colonnes_vues(texte: Texte) -> list[IntituleVu]:
    """The heads of the columns of the tables that have some, with what each column is taken for."""
    seen: dict[str, list[tuple[str, int]]] = defaultdict(list)
    read: dict[str, str] = {}
    for table in tableaux(texte).values():
        for mots, numero, lu in _columns(table):
            seen[cle(mots)].append((mots, numero))
            read.setdefault(cle(mots), lu)
    return [
        IntituleVu(held[0][0], len({n for _mots, n in held}), tuple(n for _mots, n in held[:EXEMPLES]), read[key])
        for key, held in seen.items()
    ]


def _columns(table: Tableau) -> Iterator[tuple[str, int, str]]:
    """Each head of a table that has heads, with a line under it, and what the column is taken for."""
    rows = table.lignes
    if len(rows) < DEUX or len(rows[0]) < DEUX or table.sorte is Sorte.FICHE:
        return
    told = {k: VALEURS.get(sorte, "") for k, sorte in table.suivi.sortes.items()} if table.suivi else {}
    told |= {k: TELLES.get(lu, lu) for k, lu in (table.entetes or {}).items()}
    for head in rows[0]:
        below = [case for row in rows[1:] for case in row if case.colonne == head.colonne]
        if _worded(head.mots) and len(head.mots.split()) <= LONGUE:
            yield from ((head.mots, case.numeros[0], told.get(head.colonne, "")) for case in below[:EXEMPLES])
