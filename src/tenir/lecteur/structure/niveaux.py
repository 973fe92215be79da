"""Axes and orientations that only the columns of a table of actions say, their cells merged over the rows below.

« Thème | Finalité | Intitulé du projet | Qui porte »: where no heading holds the actions, or where a person said what
these columns are, each cell is a level, and the rows beside it stand under it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tenir.lecteur.lexique import cle, lexique
from tenir.lecteur.plan import PlanDeFiche, PlanDOrientation
from tenir.lecteur.rubriques import Titre, propre
from tenir.lecteur.structure.arbre import Noeud
from tenir.lecteur.structure.cases import AXE, ORIENTATION, Case, est_un_but
from tenir.lecteur.structure.formes import titre_de
from tenir.lecteur.structure.roles import Role
from tenir.lecteur.structure.series import numerote
from tenir.lecteur.structure.tableaux import BUT, NIVEAUX_DITS, PORTES, Sorte, Tableau, fiches_d_une_liste

SANS_NIVEAU = (None, "rappel", "enjeux", "constat")  # natures of the heads that may name a level
RANGEES = 4  # rows under the heads: fewer show no merged cell


@dataclass
class ParColonnes:
    """What the columns of tables say: the axes, and the orientations with their actions."""

    axes: list[Titre] = field(default_factory=list)
    orientations: list[PlanDOrientation] = field(default_factory=list)

    def ajoute(self, orientation: Titre, axe: Titre | None, fiche: PlanDeFiche, fin: int) -> None:
        """One action more, under the orientation of these words when it is known."""
        for rank, place in enumerate(self.orientations):
            if cle(place.titre.titre) == cle(orientation.titre) and place.axe == axe:
                self.orientations[rank] = replace(place, fiches=(*place.fiches, fiche))
                return
        self.orientations.append(PlanDOrientation(orientation, axe, fin, (), (fiche,)))


def niveaux_en_colonnes(
    noeuds: Sequence[Noeud], tables: Mapping[int, Tableau], roles: dict[Noeud, Role]
) -> ParColonnes:
    """What the columns of the tables of actions say of levels; the headings above them lose the role they had."""
    found = ParColonnes()
    lists = [table for table in tables.values() if table.sorte is Sorte.ACTIONS]
    for table in lists:
        _under_an_axis(table, _above(noeuds, table), roles)
    if not any(_said(table) for table in lists):
        if not _stands_alone(noeuds, lists, roles):
            return found
        for table in lists:
            table.entetes = (table.entetes or {}) | _merged_levels(table)
    for table in lists:
        if _said(table):
            _read(table, _above(noeuds, table), roles, found)
    return found


def _under_an_axis(table: Tableau, above: Noeud | None, roles: Mapping[Noeud, Role]) -> None:
    """Right under an axis, the column of objectives says the orientations: nothing else does."""
    heads = table.entetes or {}
    aims = [case.colonne for case in table.lignes[0] if heads.get(case.colonne) in PORTES and est_un_but(case.mots)]
    if above is not None and roles.get(above) is Role.AXE and aims and ORIENTATION not in heads.values():
        table.entetes = heads | {aims[0]: ORIENTATION}


def _said(table: Tableau) -> bool:
    return ORIENTATION in (table.entetes or {}).values()


def _above(noeuds: Sequence[Noeud], table: Tableau) -> Noeud | None:
    return next((node for node in reversed(noeuds) if node.entete.debut <= table.debut), None)


def _stands_alone(noeuds: Sequence[Noeud], lists: Sequence[Tableau], roles: Mapping[Noeud, Role]) -> bool:
    """Whether no heading but that of the only table holds a project: a title of its own, no axis nor orientation."""
    holders = {_above(noeuds, table) for table in lists}
    others = [node for node in roles if node not in holders]
    holder = next(iter(holders), None)
    return len(holders) == 1 and not others and (holder is None or not (holder.entete.mot or holder.entete.rang))


def _merged_levels(table: Tableau) -> dict[int, str]:
    """The columns on the left of the titles whose cells are merged, or left blank, over several rows."""
    heads = table.entetes or {}
    own = next((k for k, name in heads.items() if name in ("intitule", "actions")), 0)
    rows = table.lignes[1:]
    levels = [
        column
        for column in range(1, own)
        if heads.get(column) in SANS_NIVEAU
        and 1 < len(cells := _cells(rows, column)) < len(rows)
        and cells[0] in rows[0]
    ]
    names = ([ORIENTATION], [AXE, ORIENTATION])[min(len(levels), 2) - 1] if levels and len(rows) >= RANGEES else []
    return dict(zip(levels[-len(names) :] if names else [], names, strict=True))


def _cells(rows: Sequence[Sequence[Case]], column: int) -> list[Case]:
    return [case for row in rows for case in row if case.colonne == column]


def _read(table: Tableau, above: Noeud | None, roles: dict[Noeud, Role], found: ParColonnes) -> None:
    """Place each action of a table under the levels that its row says."""
    around = _axis_above(above, roles)
    last: tuple[Titre | None, Titre | None] = (None, None)
    seen: set[int] = set()
    for recalls, fiche in fiches_d_une_liste(table):
        axe = _title(recalls.get(AXE), "axes", found.axes) or around
        orientation = _title(recalls.get(ORIENTATION), "orientations", (o.titre for o in found.orientations)) or last[0]
        if orientation is None:
            continue
        last = (orientation, axe)
        if axe and axe not in found.axes and axe is not around:
            found.axes.append(axe)
        for aim in _aims(recalls, seen):
            found.ajoute(orientation, axe, aim, table.fin)
        found.ajoute(orientation, axe, fiche, table.fin)


def _axis_above(node: Noeud | None, roles: dict[Noeud, Role]) -> Titre | None:
    """The axis that a table stands under: the heading above it holds no action by itself any more."""
    if node is None:
        return None
    held = roles.get(node)
    if held in (Role.ORIENTATION, Role.PROJET):
        del roles[node]
    if node.entete.etage == 0 or (held is Role.ORIENTATION and node.entete.mot):
        roles[node] = Role.AXE
    holder = next((n for n in (node, *node.ancetres()) if roles.get(n) is Role.AXE), None)
    return titre_de(holder.entete, "axes") if holder else None


def _title(case: Case | None, genre: str, known: "Iterator[Titre] | Sequence[Titre]") -> Titre | None:
    """The level that a cell says, as it was first printed."""
    if case is None or lexique().rien(case.mots):
        return None
    serie = numerote(case.mots)
    words, rank = (serie.titre, serie.rang) if serie and serie.titre else (case.mots, "")
    said = Titre(genre, rank, propre(words), case.numeros[0], case.numeros[-1])
    return next((titre for titre in known if cle(titre.titre) == cle(said.titre)), said)


def _aims(recalls: Mapping[str, Case], seen: set[int]) -> Iterator[PlanDeFiche]:
    """The objective that a row recalls, said once."""
    aim = recalls.get("objectifs") or recalls.get(BUT)
    if aim is not None and aim.numeros[0] not in seen:
        seen.add(aim.numeros[0])
        titre = Titre("objectifs_operationnels", "", propre(aim.mots), aim.numeros[0], aim.numeros[-1])
        yield PlanDeFiche(titre, ())


__all__ = ["NIVEAUX_DITS", "ParColonnes", "niveaux_en_colonnes"]
