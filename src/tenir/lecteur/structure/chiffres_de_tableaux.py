"""The figures of a table, each with what its row and its column say of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tenir.fichier.mots import plain
from tenir.lecteur.nombres import nombres
from tenir.lecteur.structure.cases import nature
from tenir.lecteur.structure.tableaux import FIGURE, Tableau, chiffree


@dataclass(frozen=True, slots=True)
class ChiffreDeTableau:
    """A figure of a table, with what its row and its column say of it."""

    libelle: str
    imprime: str
    numero: int
    perimetre: str | None = None
    periode: str | None = None


_AN = re.compile(r"^(?:en\s+)?((?:19|20)\d\d(?:\s?[-–]\s?(?:20)?\d\d)?)$", re.IGNORECASE)
_DE_LIEU = re.compile(
    r"^(?:noms?(?: du quartier)?|quartiers?(?: prioritaires?)?|qpv|communes?|territoires?|codes?(?: qpv)?|secteurs?)$"
)

_DE_CODE = re.compile(r"^(?:codes?\b.*|.*\bcode (?:insee|postal|commune)|insee|siren|siret)$")


def chiffres_d_un_tableau(tableau: Tableau) -> Iterator[ChiffreDeTableau]:
    """Each figure with its label, its territory, its year: labels go down and territories across, or the contrary."""
    rows = tableau.lignes
    heads = {
        case.colonne: case.mots
        for case in rows[0]
        if not nombres(case.mots) or _AN.match(case.mots) or not case.mots[:1].isdigit()
    }
    places = {
        case.colonne
        for case in rows[0]
        if _DE_LIEU.match(plain(case.mots).strip(" :")) and not chiffree(rows, case, "lieu")
    }
    coded = {column for column, head in heads.items() if _DE_CODE.match(plain(head).strip(" :"))}
    aside = coded | (places or {1})
    for row in rows[1:] if heads else rows:
        named = [case for case in row if case.colonne in places] if places else []
        label = row[0].mots.strip(" :") if row[0].colonne == 1 else ""
        for case in row:
            if case.colonne in aside or not FIGURE.match(case.mots):
                continue
            head = heads.get(case.colonne, "").strip(" :")
            if places:
                place = next(
                    (
                        c.mots
                        for c in named
                        if not c.mots[-2:].isdigit() and "commune" not in heads[c.colonne].casefold()
                    ),
                    None,
                )
                yield ChiffreDeTableau(head or label, case.mots, case.numeros[0], place)
                continue
            year = _AN.match(head)
            where = None if year or not head or nature(head) == "indicateurs" else head
            if head and (when := _AN.match(label)):  # years go down: the column says what is counted
                yield ChiffreDeTableau(head, case.mots, case.numeros[0], None, when[1])
            elif label:
                yield ChiffreDeTableau(label, case.mots, case.numeros[0], where, year[1] if year else None)
