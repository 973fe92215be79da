"""A cell of a table, and the rubric that its words open when they label a row or a column."""

import re
from dataclasses import dataclass

from tenir.lecteur.lexique import INTITULE, RIEN, cle, lexique

_PARENTHESE = re.compile(r"\s*\(.*$")


AXE, ORIENTATION = "axe", "orientation"  # what a column says when its cells are levels of the plan
DITES = {INTITULE: "intitule", "objectif": "objectifs"}  # as the reader calls what a person says of a column


@dataclass(frozen=True)
class Case:
    """A cell: the lines it takes."""

    ligne: int
    colonne: int
    numeros: tuple[int, ...]
    mots: str
    puces: tuple["Case", ...] = ()  # what each bullet of the cell says, when bullets are all it holds


def nature(label: str) -> str | None:
    """The rubric that the label of a row or a column is, known words or words that point to one alone."""
    bare = _PARENTHESE.sub("", label).strip(" :*")
    key = cle(bare)
    if not key or len(key.split()) > 9:
        return None
    if told := lexique().colonnes.get(key):
        return None if told == RIEN else DITES.get(told, told)
    for name in ("signataire", "engagement", "instance", "rappel", "intitule"):
        if key in lexique().listes[name]:
            return name
    return lexique().rubrique(bare) or lexique().rubrique_probable(bare)


def est_un_but(label: str) -> bool:
    """Whether the label of a row or a column is that of the lowest level (« Objectif opérationnel »)."""
    return cle(_PARENTHESE.sub("", label).strip(" :*")) in lexique().listes["niveau_bas"]
