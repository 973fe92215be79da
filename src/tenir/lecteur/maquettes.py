"""The tables that cross funders with axes or orientations: who brings how much, wherever the table is printed.

Funders go down and axes across, or the contrary; a cross is a funding line without an amount.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tenir.fichier.enums import NatureDeCredits
from tenir.fichier.modeles import Axe, LigneDeCredits, Orientation
from tenir.fichier.mots import comparable
from tenir.fichier.source import Plage
from tenir.lecteur.avis import Atelier, Niveau
from tenir.lecteur.chiffres_ranges import chiffres_alignes
from tenir.lecteur.credits import ligne_de_credits
from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.organismes import reconnaitre
from tenir.lecteur.plan import Plan
from tenir.lecteur.rubriques import Titre
from tenir.lecteur.structure.cases import Case, nature
from tenir.lecteur.structure.chiffres_de_tableaux import ChiffreDeTableau
from tenir.lecteur.structure.tableaux import Sorte, Tableau

_MONTANT = re.compile(
    r"^(?:env(?:iron|\.)?\s*)?\d[\d\s\u202f\u00a0.,]*\s*(?:k€|K€|M€|€|euros?|%)?(?:\s*(?:/|par)\s*an)?$"
)
_CROIX = re.compile(r"^(?:x|X|✓|✔|●|•|oui|Oui)$")
_TOTAL = re.compile(r"\b(?:total|totaux|ensemble|somme|cumul)\b")
_AN = re.compile(r"^(?:en\s+)?(?:19|20)\d\d\b")
_FINANCE = re.compile(r"\b(?:financ|contribu|maquette|budget|credit|cofinanc|apport|moyen)")
_RANG = re.compile(r"^(?P<mot>[^\W\d_]+\s+)?(?:n\s?[°º]\s*)?(?P<rang>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])(?![\w’'])")
_AUTOUR = 3  # lines above a table that may say what it is
DROIT_COMMUN = "droit commun"


@dataclass(frozen=True, slots=True)
class Cible:
    """What a row or a column of a table is about: an orientation, or an axis as a whole."""

    titre: Titre
    axe: bool


@dataclass(frozen=True, slots=True)
class Apport:
    """What one funder brings to one axis or orientation: its name, and the cells that say so."""

    financeur: Case
    cible: Cible
    tete: Case
    montant: Case


def maquettes(atelier: Atelier, plan: Plan) -> list[Apport]:
    """What the tables of funders say, each table marked so that nobody reads figures in it."""
    found: list[Apport] = []
    for table in atelier.tables.values():
        if table.sorte in (Sorte.CHIFFRES, Sorte.AUTRE) and (
            read := _read(atelier, plan, table) or _listed(atelier, plan, table)
        ):
            table.sorte = Sorte.MAQUETTE
            found += read
        elif table.sorte is Sorte.CHIFFRES and _shares_money(atelier, table):
            table.sorte = Sorte.MAQUETTE
    for run in _aligned(atelier, plan):
        if read := _read(atelier, plan, _as_a_table(run)):
            atelier.alignees |= {figure.numero for figure in run}
            found += read
    return found


def _aligned(atelier: Atelier, plan: Plan) -> Iterator[list[ChiffreDeTableau]]:
    """The figures that spaces align in a text, run by run: consecutive rows under the same heads."""
    for region in plan.sections:
        run: list[ChiffreDeTableau] = []
        for figure in chiffres_alignes(atelier.texte, region.corps, region.fin):
            if run and figure.numero > run[-1].numero + 2:
                yield run
                run = []
            run.append(figure)
        if run:
            yield run


def _as_a_table(run: Sequence[ChiffreDeTableau]) -> Tableau:
    """Aligned figures as the cells of a table, their heads in a first row of no line."""
    heads = list(dict.fromkeys(figure.perimetre or figure.periode or "" for figure in run))
    cases = [Case(0, 2 + k, (-1 - k,), head) for k, head in enumerate(heads)]
    cases += [Case(n, 1, (n,), label) for n, label in {figure.numero: figure.libelle for figure in run}.items()]
    cases += [Case(f.numero, 2 + heads.index(f.perimetre or f.periode or ""), (f.numero,), f.imprime) for f in run]
    return Tableau(0, sorted(cases, key=lambda case: (case.ligne, case.colonne)))


def _read(atelier: Atelier, plan: Plan, table: Tableau) -> list[Apport]:
    rows = table.lignes
    heads = [case for case in rows[0] if case.colonne > 1]
    labels = [row[0] for row in rows[1:] if row[0].colonne == 1]
    if len(heads) < 2 or not labels:
        return []
    cells = [case for row in rows[1:] for case in row if case.colonne > 1]
    filled = [case for case in cells if not lexique().rien(case.mots)]
    if not filled or sum(_brings(case) for case in filled) * 3 < len(filled) * 2:
        return []
    across, down = (_targets(atelier, plan, cases) for cases in (heads, labels))
    if len(across) >= len(down) and _tells(atelier, table, labels, across, heads):
        return list(_crossed(heads, labels, cells, across, down=True))
    if _tells(atelier, table, heads, down, labels):
        return list(_crossed(heads, labels, cells, down, down=False))
    return []


def _listed(atelier: Atelier, plan: Plan, table: Tableau) -> list[Apport]:
    """Who brings how much, a row each, under the axis or the orientation of a cell merged over the rows below."""
    heads, *rows = table.lignes
    payers = next((head for head in heads if nature(head.mots) == "crédits" and not _of_amounts(rows, head)), None)
    paid = next((head for head in heads if payers and head.colonne > payers.colonne and _of_amounts(rows, head)), None)
    about = next((head for head in heads if payers and head.colonne < payers.colonne), None)
    if payers is None or paid is None or about is None:
        return []
    found: list[Apport] = []
    target: Case | None = None
    known = _targets(atelier, plan, [case for row in rows for case in row if case.colonne == about.colonne])
    for row in rows:
        cells = {case.colonne: case for case in row}
        target = cells.get(about.colonne, target)
        funder, brought = cells.get(payers.colonne), cells.get(paid.colonne)
        if target and funder and brought and target.numeros[0] in known and not _is_total(funder):
            found.append(Apport(funder, known[target.numeros[0]], target, brought))
    return found


def _of_amounts(rows: Sequence[Sequence[Case]], head: Case) -> bool:
    below = [case for row in rows for case in row if case.colonne == head.colonne]
    return bool(below) and all(_brings(case) for case in below)


def _shares_money(atelier: Atelier, table: Tableau) -> bool:
    """Whether a table gives what bodies pay, year by year, for no orientation in particular: no data of a diagnosis."""
    heads, *rows = table.lignes
    labels = [row[0] for row in rows if row[0].colonne == 1]
    paid = [case for row in rows for case in row if case.colonne > 1 and not lexique().rien(case.mots)]
    funders = [case for case in labels if _is_total(case) or _known(atelier, case.mots)]
    told = nature(heads[0].mots) == "crédits" or (_of_money(atelier, table) and len(funders) * 2 >= len(labels))
    return told and sum("€" in case.mots or "euro" in case.mots for case in paid) * 2 > len(paid)


def _brings(case: Case) -> bool:
    return bool(_MONTANT.match(case.mots) or _CROIX.match(case.mots))


def _is_total(case: Case) -> bool:
    return bool(_TOTAL.search(cle(case.mots)))


def _tells(
    atelier: Atelier, table: Tableau, funders: Sequence[Case], targets: dict[int, Cible], heads: Sequence[Case]
) -> bool:
    """Whether one side names axes or orientations and the other bodies that pay, or a table said to be one of money."""
    named = [case for case in heads if not _is_total(case)]
    if len(targets) < min(2, len(named)) or len(targets) * 2 < len(named):
        return False
    bodies = [case for case in funders if not _is_total(case) and not _AN.match(case.mots)]
    known = [case for case in bodies if _known(atelier, case.mots)]
    return bool(bodies) and (len(known) * 2 >= len(bodies) or (bool(known) and _of_money(atelier, table)))


def _known(atelier: Atelier, mots: str) -> bool:
    bare = re.sub(r"\s*\(.*\)$", "", mots).strip()
    return (
        reconnaitre(mots, atelier.territoires) is not None
        or cle(bare) in lexique().listes["institutions"]
        or comparable(bare) in atelier.collectivites
    )


def _of_money(atelier: Atelier, table: Tableau) -> bool:
    first = min(n for case in table.cases for n in case.numeros if n > 0)
    above = atelier.texte.pleines(max(1, first - 2 * _AUTOUR), first - 1)[-_AUTOUR:]
    said = " ".join([table.lignes[0][0].mots, *(atelier.texte.net(n) for n in above)])
    return bool(_FINANCE.search(cle(said)))


def _targets(atelier: Atelier, plan: Plan, cases: Sequence[Case]) -> dict[int, Cible]:
    """What each cell is about, by its first line."""
    known = [*(Cible(axe, True) for axe in plan.axes), *(Cible(o.titre, False) for o in plan.orientations)]
    found = {case.numeros[0]: _target(atelier, known, case.mots) for case in cases if not _is_total(case)}
    return {numero: cible for numero, cible in found.items() if cible}


def _target(atelier: Atelier, known: Sequence[Cible], mots: str) -> Cible | None:
    """The axis or the orientation that words name: by its title, its word and number, or words that it alone holds."""
    said = comparable(mots)
    titled = [c for c in known if (t := comparable(c.titre.titre)) and (t == said or f" {t} " in f" {said} ")]
    if titled:
        return max(titled, key=lambda c: len(c.titre.titre))
    ranked = _RANG.match(mots.strip())
    if ranked:
        same = [c for c in known if c.titre.rang == ranked["rang"] and _worded(atelier, c, ranked["mot"])]
        if len(same) == 1:
            return same[0]
    words = set(said.split())
    holding = [c for c in known if words and words <= set(comparable(c.titre.titre).split())]
    return holding[0] if len(holding) == 1 else None


def _worded(atelier: Atelier, cible: Cible, mot: str | None) -> bool:
    """Whether the heading opens with the word that a reference says (« Axe 1 », « Enjeu 1 »)."""
    return not mot or cle(mot) in cle(atelier.texte.net(cible.titre.debut)).split()[:3]


def _crossed(
    heads: Sequence[Case], labels: Sequence[Case], cells: Sequence[Case], targets: dict[int, Cible], *, down: bool
) -> Iterator[Apport]:
    """Each cell that brings something, with its funder and what it is brought to; totals left out."""
    by_column, by_row = {case.colonne: case for case in heads}, {case.ligne: case for case in labels}
    for cell in cells:
        head, label = by_column.get(cell.colonne), by_row.get(cell.ligne)
        if head is None or label is None or not _brings(cell) or not cell.mots.strip("0 €"):
            continue
        funder, about = (label, head) if down else (head, label)
        if about.numeros[0] in targets and not _is_total(funder):
            yield Apport(funder, targets[about.numeros[0]], about, cell)


def avec_maquettes(atelier: Atelier, axes: Sequence[Axe], apports: Sequence[Apport]) -> tuple[Axe, ...]:
    """The axes with the funding lines of these tables: of an orientation, or of its axis, said with the first of it."""
    held: dict[str, list[Apport]] = {}
    for apport in apports:
        if orientation := _holder(axes, apport.cible):
            held.setdefault(orientation.code, []).append(apport)
    return tuple(
        axe.model_copy(
            update={"orientations": tuple(_funded(atelier, o, held.get(o.code, [])) for o in axe.orientations)}
        )
        for axe in axes
    )


def _holder(axes: Sequence[Axe], cible: Cible) -> Orientation | None:
    """The orientation that a heading opens, or the first of the axis that it opens."""
    if cible.axe:
        return next((a.orientations[0] for a in axes if a.orientations and _opens(a, cible)), None)
    return next((o for axe in axes for o in axe.orientations if _opens(o, cible)), None)


def _opens(item: Axe | Orientation, cible: Cible) -> bool:
    return bool(item.source) and item.source[0].debut == cible.titre.debut


def _funded(atelier: Atelier, orientation: Orientation, apports: Sequence[Apport]) -> Orientation:
    rank = len(orientation.credits) + 1
    paid = {_payer(line.financeur, line.organisme) for line in orientation.credits}
    named = [(a, _payer(a.financeur.mots, _id(atelier, a.financeur.mots))) for a in apports]
    apports = [a for a, payer in named if payer not in paid]  # the sum of what sheets say is not said again
    read = [_credit(atelier, a, f"{orientation.code}-F{n:02d}") for n, a in enumerate(apports, rank)]
    more = tuple(line for line in read if line)
    return orientation.model_copy(update={"credits": (*orientation.credits, *more)}) if more else orientation


def _payer(nom: str, organisme: str | None) -> str:
    return organisme or comparable(re.sub(r"\s*\(.*\)$", "", nom))


def _id(atelier: Atelier, nom: str) -> str | None:
    body = reconnaitre(nom, atelier.territoires)
    return body.id if body else None


def _credit(atelier: Atelier, apport: Apport, code: str) -> LigneDeCredits | None:
    cells = sorted((apport.financeur, apport.montant), key=lambda case: case.numeros[0])
    source = tuple(dict.fromkeys(Plage(case.numeros[0], case.numeros[-1]) for case in cells))
    brings = "" if _CROIX.match(apport.montant.mots) else apport.montant.mots
    common = DROIT_COMMUN in cle(f"{apport.financeur.mots} {apport.tete.mots}")
    nature = NatureDeCredits.DROIT_COMMUN if common else NatureDeCredits.SPECIFIQUE
    name = apport.financeur.mots.strip(" :")
    line = ligne_de_credits(atelier, name, brings, nature, code, source, apport.tete.mots if apport.cible.axe else None)
    if line and apport.cible.axe:
        atelier.juge(code, Niveau.BASSE, "Le document chiffre l’axe entier : à quelle orientation va ce crédit ?")
    return line
