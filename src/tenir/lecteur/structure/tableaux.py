"""What a table is: the sheet of an action, a list with an action or an indicator a row, figures, or a mere layout."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.lignes import ALINEA, PERDUE, Texte
from tenir.lecteur.nombres import nombres
from tenir.lecteur.plan import PlanDeFiche, Region
from tenir.lecteur.quartiers import abrege
from tenir.lecteur.rubriques import Titre, propre
from tenir.lecteur.structure.cases import AXE, ORIENTATION, Case, est_un_but, nature
from tenir.lecteur.structure.colonnes import (
    INDICATEUR,
    NOM,
    Colonnes,
    Rangee,
    colonnes_d_instances,
    colonnes_de_suivi,
    rangees,
    valeurs_a_cote,
)
from tenir.lecteur.structure.colonnes_devinees import devinees
from tenir.lecteur.structure.series import NIVEAU, SERIE, dit_un_niveau, numerote
from tenir.lecteur.structure.valeurs import corps_possible, corps_sur, fait

_NOMBRE_SEUL = re.compile(r"^[<>±+-]?\s*\d[\d\s.,]*\s*(?:%|€|k€|ans|hab\.?)?$")


NIVEAUX_DITS = (AXE, ORIENTATION)
PORTES = ("objectifs", "rappel", *NIVEAUX_DITS)  # columns whose cells speak for the rows below
BUT = "but"  # what a column says of the lowest level, where an action stands


class Sorte(StrEnum):
    """What a table holds."""

    FICHE = "fiche"
    ACTIONS = "actions"
    INDICATEURS = "indicateurs"
    ENGAGEMENTS = "engagements"
    INSTANCES = "instances"
    CHIFFRES = "chiffres"
    MAQUETTE = "maquette"  # who brings how much to what: told once axes and orientations are
    AUTRE = "autre"


@dataclass
class Tableau:
    """A table of the document, cell by cell."""

    numero: int
    cases: list[Case]
    sorte: Sorte = Sorte.AUTRE
    entetes: dict[int, str] | None = None  # nature by column, for a list
    suivi: Colonnes | None = None  # what its columns are, when a row is an indicator
    instances: Colonnes | None = None  # the same, when a row is a body of governance
    quartiers: dict[int, str] = field(default_factory=dict)  # the quarter of a column of crosses

    @property
    def debut(self) -> int:
        return min(case.numeros[0] for case in self.cases)

    @property
    def fin(self) -> int:
        return max(case.numeros[-1] for case in self.cases)

    @property
    def lignes(self) -> list[list[Case]]:
        """The cells by row."""
        rows: dict[int, list[Case]] = defaultdict(list)
        for case in self.cases:
            rows[case.ligne].append(case)
        return [rows[row] for row in sorted(rows)]

    def indicateurs(self) -> list[Rangee]:
        """Its rows when each is an indicator."""
        return list(rangees(self.lignes, self.suivi, INDICATEUR)) if self.suivi else []


def tableaux(texte: Texte) -> dict[int, Tableau]:
    """The tables of a document by their number, each with what it holds."""
    lines: dict[int, dict[tuple[int, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for numero, ligne in texte.lignes.items():
        if ligne.tableau and not texte.vide(numero):
            number, row, column = ligne.tableau
            lines[number][row, column].append(numero)
    found = {}
    for number, cells in lines.items():
        cases = [_cell(texte, row, column, numeros) for (row, column), numeros in sorted(cells.items())]
        found[number] = _classified(Tableau(number, cases, quartiers=_of_quarters(texte, cases)))
    _read_alike(found.values())
    return found


def _cell(texte: Texte, row: int, column: int, numeros: Sequence[int]) -> Case:
    """A cell with its words, and those of each of its bullets when there are several and nothing else."""
    opened = [k for k, n in enumerate(numeros) if texte.puce(n) not in (ALINEA, PERDUE)]
    mots = " ".join(texte.net(n) for n in numeros)
    if len(opened) < SEVERAL or opened[0]:
        return Case(row, column, tuple(numeros), mots)
    runs = (numeros[start:end] for start, end in pairwise((*opened, len(numeros))))
    items = tuple(Case(row, column, tuple(run), " ".join(texte.net(n) for n in run)) for run in runs)
    return Case(row, column, tuple(numeros), mots, items)


def _read_alike(tables: Iterable[Tableau]) -> None:
    """Lists of actions under the same heads: what is known of a column of one is known of all."""
    alike: dict[tuple[str, ...], list[Tableau]] = defaultdict(list)
    for table in tables:
        if table.sorte is Sorte.ACTIONS:
            alike[tuple(f"{case.colonne} {cle(case.mots)}" for case in table.lignes[0])].append(table)
    for group in alike.values():
        known = {column: name for table in group for column, name in (table.entetes or {}).items()}
        for table in group:
            table.entetes = known | (table.entetes or {})


def _of_quarters(texte: Texte, cases: Sequence[Case]) -> dict[int, str]:
    """The columns whose heads name a quarter, whole or shortened, and whose cells only tick it."""
    quartiers = texte.identite.quartiers
    first = min(case.ligne for case in cases)
    ticked: dict[int, list[bool]] = defaultdict(list)
    for case in cases:
        if case.ligne > first:
            ticked[case.colonne].append(bool(COCHE.match(case.mots)))
    return {
        case.colonne: nom
        for case in cases
        if case.ligne == first and ticked[case.colonne] and all(ticked[case.colonne])
        if (nom := abrege(quartiers, case.mots))
    }


SEVERAL = 2
D_UNE_SEULE = ("indicateurs", "crédits", "coût")  # columns that speak for a row, not for each of its actions
COCHE = re.compile(r"^(?:x|X|✓|✔|●|•|■|oui|Oui)$")


def _classified(tableau: Tableau) -> Tableau:
    rows = tableau.lignes
    if _is_plainly_a_fiche(rows):
        tableau.sorte = Sorte.FICHE
        return tableau
    if told := _told_heads(rows):
        tableau.entetes, tableau.sorte = told, _of_heads(set(told.values()))
        if tableau.sorte in (Sorte.ACTIONS, Sorte.ENGAGEMENTS):
            return tableau
    tableau.suivi, tableau.instances = colonnes_de_suivi(rows), colonnes_d_instances(rows)
    if tableau.suivi:
        tableau.entetes = {tableau.suivi.de(INDICATEUR)[0]: "indicateurs"}
        tableau.sorte = Sorte.INDICATEURS
        return tableau
    if tableau.instances:
        tableau.entetes = {tableau.instances.de(NOM)[0]: "instance"}
        tableau.sorte = Sorte.INSTANCES
        return tableau
    _classified_by_contents(tableau, rows)
    return tableau


def _classified_by_contents(tableau: Tableau, rows: list[list[Case]]) -> None:
    """What a table is that no word of its first row told: by the heads that are known, then by its values."""
    heads = _column_heads(rows) or {}
    if heads or not _is_fiche(rows):
        guessed = devinees(rows, heads)
        heads |= guessed | (_told_beside(rows, guessed) if guessed else {})
    if heads:
        tableau.entetes = heads
        tableau.sorte = _of_heads(set(heads.values()))
    elif _is_fiche(rows):
        tableau.sorte = Sorte.FICHE
    if tableau.sorte is Sorte.AUTRE and _is_of_figures(rows):
        tableau.sorte = Sorte.CHIFFRES
    if tableau.sorte is Sorte.AUTRE and _promises(rows):
        tableau.entetes, tableau.sorte = {1: "signataire", 2: "engagement"}, Sorte.ENGAGEMENTS


def _told_beside(rows: list[list[Case]], guessed: Mapping[int, str]) -> dict[int, str]:
    """The columns that their heads name, in a table that its values told: too few to tell it alone."""
    known = {c.colonne: found for c in rows[0] if (found := nature(c.mots)) and not chiffree(rows, c, found)}
    return {column: found for column, found in known.items() if column not in guessed and found not in guessed.values()}


def _promises(rows: list[list[Case]]) -> bool:
    """Whether two columns are bodies, and what each does or will do, whatever their heads."""
    below = [row for row in rows[1:] if len(row) == 2 and row[0].colonne == 1]
    if len(below) < PROMETTENT or len(below) < len(rows) - 1 or not all(corps_possible(row[0].mots) for row in below):
        return False
    sure = sum(corps_sur(row[0].mots) for row in below)
    return sure * 2 >= len(below) and sum(fait(row[1].mots) for row in below) * 3 >= len(below) * 2


PROMETTENT = 3  # rows of bodies and of what they do


def _told_heads(rows: list[list[Case]]) -> dict[int, str] | None:
    """The natures of the columns of the first row of heads that a person spoke of."""
    said = lexique().colonnes
    row = next((row for row in rows[:2] if any(cle(case.mots) in said for case in row)), []) if said else []
    return {case.colonne: found for case in row if (found := nature(case.mots))} or None


def _column_heads(rows: list[list[Case]]) -> dict[int, str] | None:
    """The natures of the columns, when the first row (or the second, under a title) is made of labels."""
    for row in rows[:2]:
        first = nature(row[0].mots)
        if first == "indicateurs" and any(_SUIVI.search(c.mots) for c in row[1:]):
            return {row[0].colonne: "indicateurs"}
        known = {c.colonne: found for c in row if (found := nature(c.mots)) and not chiffree(rows, c, found)}
        if len(row) >= 2 and len(known) * 2 >= len(row) and len(known) >= 2 and len(set(known.values())) >= 2:
            below = [case for other in rows if other[0].ligne > row[0].ligne for case in other if case.colonne == 1]
            labels = [case for case in below if nature(case.mots)]
            if len(rows) > 2 and len(labels) * 2 > len(below):
                return None  # labels go down, not across
            return known
    return None


def chiffree(rows: list[list[Case]], head: Case, found: str) -> bool:
    """Whether a column holds figures: its head then names a territory or a year, not a rubric."""
    if found in ("coût", "crédits", "calendrier"):
        return False
    below = [case for row in rows for case in row if case.colonne == head.colonne and case.ligne > head.ligne]
    return bool(below) and all(_NOMBRE_SEUL.match(case.mots) for case in below)


def _of_heads(natures: set[str]) -> Sorte:
    if "engagement" in natures and natures & {"signataire", "intitule", "services associés", "pilotes"}:
        return Sorte.ENGAGEMENTS
    if "instance" in natures:
        return Sorte.INSTANCES
    if natures & {"intitule", "actions", "description"}:
        return Sorte.ACTIONS
    if "indicateurs" in natures:
        return Sorte.INDICATEURS
    return Sorte.AUTRE


def _is_fiche(rows: list[list[Case]]) -> bool:
    labels = [nature(row[0].mots) for row in rows if len(row) > 1 and row[0].colonne == 1]
    heads = [row for row in rows if _numbered_fiche(row[0].mots)]
    return len([label for label in labels if label]) * 2 >= max(len(labels), 1) and (
        len({label for label in labels if label}) >= 2 or bool(heads)
    )


def _is_plainly_a_fiche(rows: list[list[Case]]) -> bool:
    """Whether two columns are labels and contents under « Fiche n° 3 »: a content may look like a head of its own."""
    labels = {nature(row[0].mots) for row in rows if len(row) == 2} - {None}
    return bool(_numbered_fiche(rows[0][0].mots)) and all(len(row) <= 2 for row in rows) and len(labels) > 1


def _numbered_fiche(mots: str) -> re.Match[str] | None:
    found = SERIE.match(mots)
    return found if found and cle(found["mot"]) in lexique().listes["fiches"] else None


def _is_of_figures(rows: list[list[Case]]) -> bool:
    cells = [case for row in rows[1:] for case in row if case.colonne > 1]
    figures = [
        case for case in cells if nombres(case.mots) and (FIGURE.match(case.mots) or not case.mots[:1].isdigit())
    ]
    if len(rows) > 1 and len(cells) > 1 and len(figures) * 3 >= len(cells) * 2:
        return True
    by_column: dict[int, list[bool]] = defaultdict(list)
    for case in cells:
        by_column[case.colonne].append(bool(_NOMBRE_SEUL.match(case.mots)))
    return len(rows) > 2 and any(all(seen) and len(seen) > 1 for seen in by_column.values())


def fiches_d_un_tableau(texte: Texte, tableau: Tableau) -> list[tuple[Titre | None, list[Region]]]:
    """The sheets that a table holds: the title of each, none where a heading above gives it, and its rubrics."""
    groups: list[tuple[Titre | None, list[Region]]] = []
    for row in tableau.lignes:
        head = _head(row)
        if head is None:
            if not groups:
                groups.append((None, []))
            groups[-1][1].extend(_regions(texte, row))
            continue
        former, rubrics = groups[-1] if groups else (None, [])
        if former is not None and not rubrics and not former.titre:
            groups[-1] = (_completed(former, head), [])
        else:
            groups.append((head, []))
    return groups


def _completed(head: Titre, below: Titre) -> Titre:
    return Titre("fiches", head.rang, below.titre, below.debut, below.fin)


def _head(row: list[Case]) -> Titre | None:
    """The title that a row gives its sheet: beside or after « Fiche n° 3 », beside « Intitulé », or alone across."""
    first = row[0]
    numbered = _numbered_fiche(first.mots)
    if numbered and (numbered["titre"] or len(row) == 1):
        return Titre(
            "fiches",
            numbered["rang"] or numbered["lettre"] or "",
            propre(numbered["titre"]),
            first.numeros[0],
            first.numeros[-1],
        )
    if (numbered or nature(first.mots) == "intitule") and len(row) > 1:
        rang = (numbered["rang"] or "") if numbered else ""
        second = row[-1] if numbered else row[1]
        return Titre("fiches", rang, propre(second.mots), second.numeros[0], second.numeros[-1])
    if len(row) == 1 and nature(first.mots) is None and len(first.mots.split()) <= 30 and len(first.numeros) <= 2:
        return Titre("fiches", "", propre(first.mots), first.numeros[0], first.numeros[-1])
    return None


def _regions(texte: Texte, row: list[Case]) -> Iterator[Region]:
    """The rubrics of a row: label then content, once or several times across."""
    cells = list(row)
    if len(cells) == 1:
        yield from _self_labelled(texte, cells[0])
        return
    while cells:
        label = cells.pop(0)
        found = nature(label.mots)
        content: list[Case] = []
        while cells and not (content and nature(cells[0].mots) and len(cells) > 1):
            content.append(cells.pop(0))
        if content:
            yield Region(
                found or "autre", propre(label.mots), label.numeros[0], content[0].numeros[0], content[-1].numeros[-1]
            )


def _self_labelled(texte: Texte, case: Case) -> Iterator[Region]:
    """A cell across that opens with its own label, on the first line or before a colon."""
    first = texte.net(case.numeros[0])
    head, colon, reste = first.partition(":")
    found = nature(head if colon else first)
    if found is None:
        yield Region("autre", "", case.numeros[0], case.numeros[0], case.numeros[-1])
    elif reste.strip():
        yield Region(found, propre(head), case.numeros[0], case.numeros[0] + 1, case.numeros[-1], reste=reste.strip())
    elif len(case.numeros) > 1:
        yield Region(found, propre(head), case.numeros[0], case.numeros[1], case.numeros[-1])


def fiches_d_une_liste(tableau: Tableau) -> list[tuple[dict[str, Case], PlanDeFiche]]:
    """The actions of a table with one a row; with each, what its row recalls of where it stands (its objective)."""
    heads = tableau.entetes or {}
    own = next(k for wanted in ("intitule", "actions", "description") for k, name in heads.items() if name == wanted)
    named = (case.ligne for case in tableau.cases if nature(case.mots) == heads[own])
    first = min(named, default=tableau.lignes[0][0].ligne)
    found: list[tuple[dict[str, Case], PlanDeFiche]] = []
    carried: dict[int, Case] = {}
    row_of_heads = [case for case in tableau.cases if case.ligne == first]
    printed = {case.colonne: case.mots for case in row_of_heads}
    measured = next((k for k, name in heads.items() if name == "indicateurs"), 0)
    values = valeurs_a_cote(tableau.lignes, row_of_heads, measured) if measured else {}
    for row in tableau.lignes:
        if row[0].ligne <= first:
            continue
        by_column = {case.colonne: case for case in row}
        for column, case in by_column.items():
            if heads.get(column) in PORTES:
                carried = {
                    k: other for k, other in carried.items() if not (k > column and heads.get(k) in NIVEAUX_DITS)
                }
                carried[column] = case
        if banner := _banner(row):
            carried[BANDEAU], printed[BANDEAU] = banner[1], banner[0]
            continue
        title = by_column.get(own)
        if title is None or not any(map(str.isalpha, title.mots)) or title.mots == printed.get(own):
            continue
        regions = tuple(
            replace(region, rangee=_with_values(by_column, k, values, printed)) if k == measured else region
            for k, case in by_column.items()
            if k != own and k in heads and k not in values and heads[k] not in PORTES
            for region in (Region(heads[k], "", case.numeros[0], case.numeros[0], case.numeros[-1]),)
        )
        recalled = tuple((printed.get(k, ""), case.mots) for k, case in carried.items())
        places = tuple(nom for k, nom in tableau.quartiers.items() if k in by_column)
        places = () if len(places) == len(tableau.quartiers) else places  # everywhere
        recalls = {_rappelle(heads.get(k, "rappel"), printed.get(k, "")): case for k, case in carried.items()}
        for rank, said in enumerate(title.puces or (title,)):
            kept = tuple(r for r in regions if not rank or r.nature not in D_UNE_SEULE)
            found.append((recalls, PlanDeFiche(_titre_de_case(said), kept, recalled, places)))
    return found


def _rappelle(dit: str, tete: str) -> str:
    """What a column says of where an action stands: the level that a person told, else the lowest for its words."""
    return BUT if dit not in NIVEAUX_DITS and est_un_but(tete) else dit


def _titre_de_case(case: Case) -> Titre:
    """The title of the action that a cell, or one of its bullets, says."""
    coded = _CODE.match(case.mots)
    titre = propre(coded["titre"] if coded else case.mots)
    return Titre("fiches", coded["rang"] if coded else "", titre, case.numeros[0], _last_in_a_run(case.numeros))


def _last_in_a_run(numeros: Sequence[int]) -> int:
    """The last line of those that follow one another: the end of a page may send the rest of a cell further."""
    return next((n for n in numeros if n + 1 not in numeros), numeros[-1])


def _banner(row: Sequence[Case]) -> tuple[str, Case] | None:
    """The level that a row across says of those below (« Objectif opérationnel : … »), whatever cells it was cut in."""
    said = " ".join(case.mots for case in row)
    found = NIVEAU.match(said)
    serie = numerote(said) if found is None else None
    label, titre = (found["mot"], found["titre"]) if found else (serie.mot, serie.titre) if serie else ("", "")
    if not titre or not dit_un_niveau(label) or row[0].colonne > 1:
        return None
    numeros = tuple(n for case in row for n in case.numeros)
    return label, Case(row[0].ligne, BANDEAU, numeros, propre(titre))


BANDEAU = 0  # the column of what a row across says


def _with_values(row: dict[int, Case], measured: int, values: dict[int, str], heads: dict[int, str]) -> Rangee | None:
    """The indicator of a row with its values, None where it has none."""
    beside: dict[str, list[tuple[str, Case]]] = {}
    for column, sorte in values.items():
        if column in row:
            beside.setdefault(sorte, []).append((heads[column], row[column]))
    return Rangee(row[measured], tuple(row.values()), beside) if beside else None


def lignes_d_une_liste(tableau: Tableau, wanted: str) -> Iterator[tuple[Case, list[Case]]]:
    """Each row under the heads: its cell of the column of a nature, and the others."""
    heads = tableau.entetes or {}
    own = next((k for k, name in heads.items() if name == wanted), 1)
    first = next(c.ligne for c in tableau.cases if c.colonne in heads)
    merged = own == min(heads, default=own)  # the first column alone is merged over the rows below
    cell: Case | None = None
    for row in tableau.lignes:
        if row[0].ligne <= first:
            continue
        cell = next((c for c in row if c.colonne == own), cell if merged else None)
        if cell is not None and any(map(str.isalpha, cell.mots)):
            yield cell, [c for c in row if c is not cell]


def region_de_suivi(tableau: Tableau) -> Region:
    """A table of indicators whole: its rows are told by its heads."""
    return Region("indicateurs", "", tableau.debut, tableau.debut, tableau.fin)


def regions_d_une_liste(tableau: Tableau, wanted: str, *, seule: bool = False) -> Iterator[Region]:
    """One region per cell of the column of a nature, heads left out; `seule`: the first column, whatever its head."""
    heads = tableau.entetes or {}
    columns = [k for k, name in heads.items() if name == wanted] or ([1] if seule else [])
    first = tableau.lignes[0][0].ligne
    for case in tableau.cases:
        if case.colonne in columns and case.ligne > first and nature(case.mots) != wanted:
            yield Region(wanted, "", case.numeros[0], case.numeros[0], case.numeros[-1])


_CODE = re.compile(r"^(?P<rang>[A-Z]{1,3}\.?\d{1,2}(?:\.\d{1,2})?)\s*[–—:.-]\s+(?P<titre>[^\W\d_«].*|«.*)$")
FIGURE = re.compile(
    r"^[<>±+-]?\s*\d(?!\d?(?:\.\d{1,2})*\.?\s+[–—:-]?\s*[A-ZÀ-Ý][a-zà-ÿ’']+\s+[a-zà-ÿ])"
)  # « 1.2 Le titre »
_SUIVI = re.compile(
    r"\b(?:cibles?|départ|valeurs?|référence|base|objectifs?|attendue?s?|état initial)\b", re.IGNORECASE
)
