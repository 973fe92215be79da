"""What columns under unknown heads give, told by what stands in them."""

import re
from collections.abc import Mapping, Sequence

from tenir.lecteur.structure.cases import Case, nature
from tenir.lecteur.structure.valeurs import CALENDRIER, CODE, CORPS, CREDITS, MESURE, sorte

DONNENT = {CALENDRIER: "calendrier", CREDITS: "crédits", MESURE: "indicateurs"}
CORPS_DITS = ("pilotes", "services associés")
TITRENT = frozenset({"intitule", "actions", "description", "signataire", "engagement", "instance"})
RANGEES = 2  # rows under the heads
AUTRES = 2  # columns beside the titles that must be told where no head is known


def devinees(rows: Sequence[Sequence[Case]], heads: Mapping[int, str]) -> dict[int, str]:
    """What columns under unknown heads give: the first one the titles, those of bodies who carries then who helps.

    Where no head says who carries nor who helps, a column of bodies must, beside another that its values tell.
    """
    unknown = [case.colonne for case in rows[0] if case.colonne not in heads and nature(case.mots) is None]
    values = {column: [c.mots for row in rows[1:] for c in row if c.colonne == column] for column in unknown}
    if len(rows) <= RANGEES and not heads:
        return {}
    kinds = {column: sorte(values[column]) for column in unknown}
    named = bool(TITRENT & set(heads.values()))
    title = 0 if named else next((c for c in unknown if kinds[c] != CODE), 0)
    if not named and not _titles(values.get(title, ()), len(rows) - 1):
        return {}
    found = {title: "intitule"} if title else {}
    wanted = [name for name in CORPS_DITS if name not in heads.values()]
    for column in unknown:
        if column == title or kinds[column] == CODE:
            continue
        if kinds[column] == CORPS and wanted:
            found[column] = wanted.pop(0)
        elif (kind := DONNENT.get(kinds[column])) and kind not in (*heads.values(), *found.values()):
            found[column] = kind
    told = {**heads, **found}
    if "indicateurs" not in told.values() and unknown and unknown[-1] not in told and _counts(values[unknown[-1]]):
        found[unknown[-1]] = "indicateurs"
    told |= found
    carried = bool(set(CORPS_DITS) & set(told.values()))
    sure = bool(set(CORPS_DITS) & set(heads.values())) or len(told) > AUTRES
    return found if carried and sure else {}


def _counts(values: Sequence[str]) -> bool:
    """Whether most cells say in a few words what is counted: « places créées », « rencontres tenues »."""
    told = [words for words in values if _PLURIEL.match(words) and len(words.split()) <= COURTE]
    return len(told) * 3 >= len(values) * 2 > 0


_PLURIEL = re.compile(r"^[a-zà-ÿ’-]{3,}[sx]\s+\S")
COURTE = 6  # words of what is counted


def _titles(values: Sequence[str], rows: int) -> bool:
    """Whether the cells of a column may be titles: one a row, in words, each said once."""
    return rows > 0 and len(set(values)) == rows and all(any(map(str.isalpha, words)) for words in values)
