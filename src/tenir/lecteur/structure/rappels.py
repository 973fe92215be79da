"""What an action recalls of where it stands (« Enjeu : 1.1 – … », « Se rattache à : … »), wherever it is printed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tenir.lecteur.lexique import cle
from tenir.lecteur.lignes import Texte
from tenir.lecteur.plan import PlanDeFiche
from tenir.lecteur.rubriques import Titre
from tenir.lecteur.structure.arbre import Noeud
from tenir.lecteur.structure.contenu import etiquettes
from tenir.lecteur.structure.tableaux import Sorte, Tableau, fiches_d_un_tableau, fiches_d_une_liste

RAPPELLENT = frozenset({"rappel", "enjeux", "objectifs", "autre"})  # natures of rows that may name a level
_RANG = re.compile(
    r"(?:^|[\s°])(?P<rang>\d{1,2}(?:[.-]\d{1,2})*|[IVX]{1,5}(?:\.\d{1,2})?|[A-Z](?:\.?\d{1,2})?)(?![\w’'])"
)
SANS_TITRE = Titre("fiches", "", "", 0, 0)  # the heading above the table gives it
ASSEZ_DIT = 8  # characters: a shorter title names nothing by itself


@dataclass(frozen=True, slots=True)
class Rappel:
    """The label of a row and what it says."""

    label: str
    mots: str


@dataclass(frozen=True, slots=True)
class Unite:
    """An action as a table or a label shows it: a line of it, and what it recalls."""

    numero: int
    rappels: tuple[Rappel, ...]


def rappels_de(texte: Texte, fiche: PlanDeFiche) -> tuple[Rappel, ...]:
    """What a sheet recalls, in its rows or its labels, or in the columns of its list."""
    read = (
        Rappel(r.titre, r.dit or r.reste or " ".join(texte.net(n) for n in texte.pleines(r.corps, r.fin)))
        for r in fiche.rubriques
        if r.nature in RAPPELLENT and r.titre
    )
    return (*(Rappel(label, mots) for label, mots in fiche.rappels), *read)


def vise(rappels: Iterable[Rappel], noeuds: Sequence[Noeud]) -> Noeud | None:
    """The heading that recalls name: by its title, the deepest first; else by its number, where their word agrees."""
    said = list(rappels)
    titled = [n for n in noeuds if any(_says_title(r.mots, n) for r in said)]
    numbered = titled or [n for n in noeuds if any(_says_number(r, n) for r in said)]
    return max(numbered, key=lambda n: (sum(1 for _ in n.ancetres()), len(n.entete.titre)), default=None)


def _says_title(mots: str, node: Noeud) -> bool:
    titre = cle(node.entete.titre)
    return len(titre) >= ASSEZ_DIT and f" {titre} " in f" {cle(mots)} "


def _says_number(rappel: Rappel, node: Noeud) -> bool:
    """« Enjeu : 1.1 », « Rattachement : orientation 3 »: the number, and the word of the series on one side."""
    if not node.entete.mot or not node.entete.rang:
        return False
    said = f" {cle(rappel.label)} {cle(rappel.mots)} "
    ranks = [found["rang"].replace("-", ".") for found in _RANG.finditer(rappel.mots)]
    return f" {node.entete.mot} " in said and node.entete.rang in ranks


class Deplacees:
    """The actions of a document that stand apart from the heading that they recall."""

    def __init__(
        self, texte: Texte, noeuds: Sequence[Noeud], tables: Mapping[int, Tableau], projets: Iterable[Noeud] = ()
    ) -> None:
        """Ask each action shown by a table or by labels what it recalls.

        In the projects of quarters they stay, where what they recall has actions of its own.
        """
        self._noeuds = noeuds
        units = list(_units(texte, tables))
        held = {node for unit in units for node in self._chain(unit.numero)}
        kept = set(projets)
        candidates = [n for n in noeuds if not n.entete.rubrique]
        apart: dict[Noeud, list[Noeud]] = defaultdict(list)
        seen: dict[bool, Counter[Noeud]] = {True: Counter(), False: Counter()}
        for unit in units:
            chain = self._chain(unit.numero)
            seen[bool(unit.rappels)].update(chain)
            target = vise(unit.rappels, candidates)
            stays = bool(kept.intersection(chain)) and target in held
            if target and target not in chain and chain and not stays:
                holder = _apart_from(target, chain)
                if holder not in target.descendants():
                    apart[holder].append(target)
        self.conteneurs = {holder for holder, targets in apart.items() if self._most(holder, len(targets), seen)}
        self.visees = {target for holder in self.conteneurs for target in apart[holder]}

    @staticmethod
    def _most(holder: Noeud, moved: int, seen: Mapping[bool, Counter[Noeud]]) -> bool:
        """Whether most of the actions under a heading recall another; labels say twice those that recall."""
        return moved * 2 > max(seen[True][holder], seen[False][holder])

    def _chain(self, numero: int) -> list[Noeud]:
        """The headings that a line stands under, the nearest first."""
        place = self._at(numero)
        return [place, *place.ancetres()] if place else []

    def _at(self, numero: int) -> Noeud | None:
        above = [node for node in self._noeuds if node.entete.debut <= numero]
        return above[-1] if above else None


def _apart_from(target: Noeud, chain: Sequence[Noeud]) -> Noeud:
    """The highest heading above an action that does not hold the one it recalls too."""
    held = set(target.ancetres())
    return [node for node in chain if node not in held][-1]


def _units(texte: Texte, tables: Mapping[int, Tableau]) -> Iterator[Unite]:
    for table in tables.values():
        if table.sorte is Sorte.FICHE:
            for titre, regions in fiches_d_un_tableau(texte, table):
                sheet = PlanDeFiche(titre or SANS_TITRE, tuple(regions))
                yield Unite(table.debut, rappels_de(texte, sheet))
        elif table.sorte is Sorte.ACTIONS:
            for _recalls, sheet in fiches_d_une_liste(table):
                yield Unite(sheet.titre.debut, rappels_de(texte, sheet))
    yield from _labelled(texte)


def _labelled(texte: Texte) -> Iterator[Unite]:
    """Outside tables, an action is seen by who carries it; what is recalled near it is counted with it."""
    for numero, ligne in texte.lignes.items():
        if ligne.tableau is not None or texte.vide(numero):
            continue
        labels = etiquettes(texte, numero)
        recalled = tuple(Rappel(e.label, e.reste) for e in labels if e.nature in RAPPELLENT and e.reste)
        if recalled and any(e.nature == "rappel" for e in labels):
            yield Unite(numero, recalled)
        if any(e.nature == "pilotes" for e in labels):
            yield Unite(numero, ())
