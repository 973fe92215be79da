"""The labels of the sheets of a document that tables draw alike: what one cell says in all, another value beside it.

What a label is comes from the values beside it. One that nothing tells is still a label, so that no value takes it in.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import Texte
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.structure.cases import nature
from tenir.lecteur.structure.valeurs import CALENDRIER, CORPS, CREDITS, MESURE, TEXTE, corps_possible, plusieurs, sorte

ASSEZ = 3  # tables in which a label must come back
LONGUE = 9  # words of a label
CELLULES = 60  # of a sheet
DONNENT = {CALENDRIER: "calendrier", CREDITS: "crédits", MESURE: "indicateurs"}


def etiquettes_de_tableaux(texte: Texte) -> dict[str, str]:
    """The rubric of each label that no word tells, in the sheets that tables draw alike; « autre » where none is."""
    sheets = [rows for rows in _tables(texte).values() if _is_a_sheet(rows)]
    beside: dict[str, list[str]] = defaultdict(list)
    for rows in sheets:
        for cells in rows.values():
            for (_column, words), (_next, value) in zip(cells[::2], cells[1::2], strict=False):
                beside[words].append(value)
    often = max(ASSEZ, len(sheets) * 3 // 5)
    same = {w: said for w, said in beside.items() if len(said) >= often and len(w.split()) <= LONGUE}
    known = {found for words in same if (found := nature(words))}
    bodies = [w for w, said in same.items() if len(set(said)) > 1 and sorte(said) == CORPS]
    if len(known) < CONNUES and not (len(same) >= ASSEZ and bodies):
        return {}
    unknown = {w: said for w, said in same.items() if nature(w) is None and not _names_one(w)}
    return _natures({w: said for w, said in unknown.items() if sorte([w]) == TEXTE or corps_possible(w)}, known)


def _is_a_sheet(rows: Mapping[int, Sequence[tuple[int, str]]]) -> bool:
    """Whether the rows of a table may be labels and values in turn."""
    cells = [row for row in rows.values() if len(row) > 1]
    paired = all(len(row) in (2, LARGEUR) or row is cells[0] for row in cells)
    return len(cells) > CONNUES and paired and sum(map(len, cells)) <= CELLULES


def _names_one(words: str) -> bool:
    return cle(words) in lexique().listes["institutions"] or reconnaitre(words, ()) is not None


CONNUES = 2  # labels of a sheet that words tell
LARGEUR = 4  # cells of a row: two labels and two values


def _natures(unknown: Mapping[str, Sequence[str]], known: set[str]) -> dict[str, str]:
    """What unknown labels are by their values; bodies one by one carry, several help."""
    found: dict[str, str] = {}
    kinds = {words: sorte(values) for words, values in unknown.items()}
    for words in sorted(unknown, key=lambda w: plusieurs(unknown[w])):
        taken = known | set(found.values())
        if kinds[words] == CORPS:
            free = [name for name in ("pilotes", "services associés") if name not in taken]
            found[words] = free[0] if free else "autre"
        else:
            kind = DONNENT.get(kinds[words], "autre")
            found[words] = kind if kind not in taken else "autre"
    return {cle(words): kind for words, kind in found.items()}


def _tables(texte: Texte) -> dict[int, dict[int, list[tuple[int, str]]]]:
    """The cells of each table by row, each with its column and its words, several paragraphs of one together."""
    tables: dict[int, dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for numero, ligne in texte.lignes.items():
        if ligne.tableau is None or texte.vide(numero):
            continue
        number, row, column = ligne.tableau
        cells = tables[number][row]
        if cells and cells[-1][0] == column:
            cells[-1] = (column, f"{cells[-1][1]}, {texte.net(numero)}")
        else:
            cells.append((column, texte.net(numero)))
    return tables
