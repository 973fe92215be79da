"""What the columns of a table of follow-up or of bodies are, told by their heads, wherever these stand.

Heads may come under a title row, take two rows, follow a column of numbers; they are never items.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.structure.cases import AXE, ORIENTATION, Case, nature

LIGNES_D_ENTETE = 3  # rows among which the heads are looked for
LONGUE_TETE = 9  # words: a longer cell is no head
_RENVOI_SEUL = re.compile(
    r"^(?:[^\W\d_]+\.?\s+){0,2}(?:n\s?[°º]\s*)?[A-Z]{0,3}\s?\d{1,2}(?:\.\d{1,2})*(?:\s*(?:,|et|à|;|/|-)\s*\d[\d.]*)*$"
)
_PORTENT = frozenset({"pilotes", "services associés", "crédits", "coût", "description", "public", "objectifs"})

INDICATEUR, CIBLE, DEPART, RENVOI, SUIVI, NUMERO = "indicateur", "cible", "depart", "renvoi", "suivi", "numero"
NOM, PRESIDENCE, COMPOSITION, RYTHME = "nom", "presidence", "composition", "rythme"


@dataclass(frozen=True)
class Colonnes:
    """The columns that heads name: what each is, its words, and the last row of heads."""

    sortes: dict[int, str]
    tetes: dict[int, str]
    derniere: int

    def de(self, sorte: str) -> list[int]:
        """The columns of a sort, from left to right."""
        return sorted(k for k, name in self.sortes.items() if name == sorte)


@dataclass(frozen=True)
class Rangee:
    """A row under heads: the cell of its own column, and the others by what their columns are."""

    propre: Case
    cases: tuple[Case, ...]
    autres: dict[str, list[tuple[str, Case]]] = field(default_factory=dict)  # (head of the column, cell)
    seule: bool = False  # nothing else stands in the row

    def de(self, sorte: str) -> list[tuple[str, Case]]:
        """The cells of a sort, each with the head of its column."""
        return self.autres.get(sorte, [])


def _said(names: Sequence[tuple[str, str]], mots: str) -> str | None:
    return next((sorte for sorte, name in names if lexique().contient(name, mots)), None)


def _value_of(mots: str) -> str | None:
    """What a person said of the head of a column of values."""
    return {"cible": CIBLE, "départ": DEPART}.get(lexique().colonnes.get(cle(mots), ""))


_DE_SUIVI = ((CIBLE, "tete_cible"), (DEPART, "tete_depart"), (SUIVI, "tete_suivi"), (RENVOI, "tete_renvoi"))
_D_INSTANCE = ((PRESIDENCE, "tete_presidence"), (COMPOSITION, "tete_composition"), (RYTHME, "tete_rythme"))


def _follow_up(mots: str) -> str | None:
    """What a head says of the column of a table of indicators."""
    if len(mots.split()) > LONGUE_TETE:
        return None
    if nature(mots) == "indicateurs":
        return INDICATEUR
    if cle(mots) in lexique().listes["tete_numero"]:
        return NUMERO
    return _value_of(mots) or (None if cle(mots) in lexique().colonnes else _said(_DE_SUIVI, mots))


def colonnes_de_suivi(rows: Sequence[Sequence[Case]]) -> Colonnes | None:
    """The columns of a table that gives an indicator a row, None for another table."""
    for rank, row in enumerate(rows[:LIGNES_D_ENTETE]):
        sortes = {case.colonne: sorte for case in row if (sorte := _follow_up(case.mots))}
        sortes |= _referring(rows, row, sortes)
        tetes = {case.colonne: case.mots for case in row}
        if INDICATEUR not in sortes.values():
            sortes |= _labelled(row, sortes)
        sortes |= _dated(row, sortes)
        found = Colonnes(sortes, tetes, row[0].ligne)
        own = found.de(INDICATEUR)
        if len(row) < 2 or not own:
            continue
        found = _on_two_rows(found, rows[rank + 1 :])
        told = {CIBLE, DEPART, SUIVI} & set(found.sortes.values()) or _refers(rows, found, own[0])
        return found if told and _one_a_row(rows, row, found, own[0]) else None
    return None


def _referring(rows: Sequence[Sequence[Case]], row: Sequence[Case], sortes: dict[int, str]) -> dict[int, str]:
    """« Objectif » above bare numbers (« 1.1 ») says what is followed, not what is to be reached."""
    found = Colonnes(sortes, {}, row[0].ligne)
    targets = found.de(CIBLE)
    own = found.de(INDICATEUR)
    bare = [k for k in targets if own and k < own[0] and len(targets) > 1 and _only_refers(rows, found, k)]
    return dict.fromkeys(bare, RENVOI)


def _labelled(row: Sequence[Case], sortes: dict[int, str]) -> dict[int, str]:
    """« Libellé », beside a value of the start and a value to reach, is that of an indicator."""
    if not {CIBLE, DEPART} <= set(sortes.values()):
        return {}
    named = [case for case in row if case.colonne not in sortes and nature(case.mots) in ("intitule", None)]
    return {named[0].colonne: INDICATEUR} if named and cle(named[0].mots).split()[:1] in LIBELLES else {}


def _dated(row: Sequence[Case], sortes: dict[int, str]) -> dict[int, str]:
    """Under bare years beside indicators, where each starts, then what is to be reached: the last is still to come."""
    years = [(int(found[1]), case.colonne) for case in row if (found := _AN_SEUL.match(case.mots.strip()))]
    rising = [year for year, _ in years] == sorted({year for year, _ in years})
    if INDICATEUR not in sortes.values() or len(years) < 2 or not rising or years[-1][0] < A_VENIR:
        return {}
    return {years[0][1]: DEPART, years[-1][1]: CIBLE}


_AN_SEUL = re.compile(r"^(?:[Ee]n\s+)?(20\d\d)$")
A_VENIR = 2026  # no figure of a diagnosis is as late, in a contract that starts in 2024
LIBELLES = (["libelle"], ["intitule"], ["mesure"], ["critere"], ["resultat"])


def _on_two_rows(found: Colonnes, below: Sequence[Sequence[Case]]) -> Colonnes:
    """Heads on two rows: under a wide head (« Valeurs »), its own columns (« Départ », « Cible »)."""
    own = found.de(INDICATEUR)[0]
    for row in below[:1]:
        named = {case.colonne: sorte for case in row if (sorte := _follow_up(case.mots))}
        digits = any(character.isdigit() for case in row for character in re.sub(r"\b20\d\d\b", "", case.mots))
        if len(named) == len(row) and own not in named and not digits:
            heads = found.tetes | {case.colonne: case.mots for case in row}
            return Colonnes(found.sortes | named, heads, row[0].ligne)
    return found


def valeurs_a_cote(rows: Sequence[Sequence[Case]], heads: Sequence[Case], own: int) -> dict[int, str]:
    """The columns that give where an indicator starts and what is to be reached, beside it in a list of actions."""
    named = {
        case.colonne: _value_of(case.mots) or _said(_DE_SUIVI[:2], case.mots)
        for case in heads
        if nature(case.mots) not in ("objectifs", AXE, ORIENTATION)
    }
    found: dict[int, str] = {}
    for column, sorte in named.items():
        cells = [case for row in rows for case in row if case.colonne == column and case.ligne > heads[0].ligne]
        figures = sum(any(map(str.isdigit, case.mots)) for case in cells)
        if sorte and column > own and figures * 2 > len(cells):
            found[column] = sorte
    return found


def _refers(rows: Sequence[Sequence[Case]], found: Colonnes, own: int) -> bool:
    """Whether a column beside the indicators only refers to what they follow (« Fiche 3 », « 1.2 »)."""
    return any(_only_refers(rows, found, column) for column in found.de(RENVOI) if column != own)


def _only_refers(rows: Sequence[Sequence[Case]], found: Colonnes, column: int) -> bool:
    cells = [case for row in rows for case in row if case.colonne == column and case.ligne > found.derniere]
    return bool(cells) and all(_RENVOI_SEUL.match(case.mots.strip()) for case in cells)


def _one_a_row(rows: Sequence[Sequence[Case]], head: Sequence[Case], found: Colonnes, own: int) -> bool:
    """Whether a row is an indicator, and not an action that says by what it is measured."""
    actions = [c.colonne for c in head if nature(c.mots) in ("intitule", "actions") and c.colonne != own]
    actions = [column for column in actions if not _only_refers(rows, found, column)]
    carried = any(nature(c.mots) in _PORTENT and found.sortes.get(c.colonne) != CIBLE for c in head)
    first = min((c.colonne for c in head if found.sortes.get(c.colonne) != NUMERO), default=own)
    return not actions if first != own else not (actions and carried)


def colonnes_d_instances(rows: Sequence[Sequence[Case]]) -> Colonnes | None:
    """The columns of a table that gives a body of governance a row, None for another table."""
    for row in rows[:LIGNES_D_ENTETE]:
        own = next((case for case in row if nature(case.mots) == "instance"), None)
        if own is None or len(row) < 2 or (own.colonne > row[0].colonne and not _is_number(row[0])):
            continue
        sortes = {c.colonne: s for c in row if c is not own and (s := _said(_D_INSTANCE, c.mots))}
        return Colonnes(sortes | {own.colonne: NOM}, {c.colonne: c.mots for c in row}, row[0].ligne)
    return _of_bodies(rows)


def _of_bodies(rows: Sequence[Sequence[Case]]) -> Colonnes | None:
    """The same where the heads are the author's own: every row opens with a body of governance, nobody carries."""
    heads, below = rows[0], [row[0] for row in rows[1:]]
    carried = any(lexique().rubrique(case.mots.strip(" :")) in _D_UNE_ACTION for case in heads)
    if len(below) < DEUX or len(heads) < DEUX or carried or not all(map(_is_a_body, below)):
        return None
    if not any(lexique().commence("instances_sures", _ARTICLE.sub("", case.mots)) for case in below):
        return None
    own = below[0].colonne
    sortes = {c.colonne: s for c in heads if c.colonne != own and (s := _said(_D_INSTANCE, c.mots))}
    return Colonnes(sortes | {own: NOM}, {c.colonne: c.mots for c in heads}, heads[0].ligne)


def _is_a_body(case: Case) -> bool:
    name = _ARTICLE.sub("", case.mots)
    return len(name.split()) <= LONGUE_TETE and bool(lexique().commence("instances", name))


DEUX = 2
_ARTICLE = re.compile(r"^(?:(?:[Ll]es?|[Ll]a)\s+|[Ll][’'])")
_D_UNE_ACTION = ("pilotes", "services associés", "crédits", "coût", "indicateurs")


def _is_number(case: Case) -> bool:
    return cle(case.mots) in lexique().listes["tete_numero"] or not cle(case.mots)


def rangees(rows: Sequence[Sequence[Case]], colonnes: Colonnes, sorte: str) -> Iterator[Rangee]:
    """The rows under the heads, heads printed again left out; a merged cell goes on with the rows it spans."""
    own = colonnes.de(sorte)[0]
    carried: dict[int, Case] = {}
    for row in rows:
        if row[0].ligne <= colonnes.derniere:
            continue
        cells = {case.colonne: case for case in row}
        if own not in cells or cle(cells[own].mots) == cle(colonnes.tetes[own]):
            continue
        if not any(map(str.isalpha, cells[own].mots)):
            continue
        carried |= {k: case for k, case in cells.items() if colonnes.sortes.get(k) == RENVOI}
        others: dict[str, list[tuple[str, Case]]] = {}
        for column, case in sorted((carried | cells).items()):
            if column != own and column in colonnes.sortes:
                others.setdefault(colonnes.sortes[column], []).append((colonnes.tetes[column], case))
        yield Rangee(cells[own], tuple(row), others, len(cells) == 1 and len(colonnes.tetes) > 2)
