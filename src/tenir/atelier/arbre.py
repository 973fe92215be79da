"""A working copy of a contract: its items one by one, to be changed, added, moved, withdrawn, then made whole again.

Items are the pydantic models of the contract file, without what they hold; nothing here knows the database.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tenir.atelier.genres import Genre, children_of, next_code
from tenir.fichier.contenus import contenus
from tenir.fichier.modeles import ContratDeVille, Donnee, Engagement, Indicateur, InstanceDeGouvernance
from tenir.fichier.objet import Item, Objet
from tenir.fichier.source import Plage

DuFichier = TypeVar("DuFichier", bound=Objet)
RENVOIS = {
    Donnee: ("partie_de",),
    Engagement: ("parent", "orientations"),
    Indicateur: ("orientations", "repete"),
}
"""The fields by which an item names another."""


class PasDElement(LookupError):
    """No item has that code; the message is the French sentence to show."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} n’existe plus dans ce texte : il a été retiré ou déplacé.")


@dataclass(frozen=True, slots=True)
class Noeud:
    """One item without what it holds: its kind, and the code of what holds it (empty: the contract)."""

    genre: Genre
    dans: str
    item: Item


@dataclass
class Arbre:
    """The items of a contract in their order, and the contract without them."""

    racine: ContratDeVille
    noeuds: list[Noeud] = field(default_factory=list)
    pris: set[str] = field(default_factory=set)
    """The codes that may not serve: those that are there, and those that were withdrawn."""
    remplacements: dict[str, str] = field(default_factory=dict)
    """The codes that left in favour of another."""

    @classmethod
    def of(cls, contrat: ContratDeVille) -> "Arbre":
        """The working copy of a contract."""
        found = cls(emptied(contrat))
        found.noeuds = list(_cut(contrat, ""))
        found.pris = set(contrat.items) | {retired.code for retired in contrat.codes_retires}
        return found

    def contrat(self) -> ContratDeVille:
        """The contract made whole again."""
        below: dict[tuple[str, str], list[Noeud]] = {}
        for noeud in self.noeuds:
            below.setdefault((noeud.dans, noeud.genre.champ), []).append(noeud)
        whole = _filled(self.racine, "", below)
        held = contenus(whole)
        return whole.model_copy(update={"absents": tuple(kind for kind in whole.absents if kind not in held)})

    def __contains__(self, code: str) -> bool:
        return any(noeud.item.code == code for noeud in self.noeuds)

    def noeud(self, code: str) -> Noeud:
        """The item of a code.

        Raises:
            PasDElement: no such item.
        """
        for noeud in self.noeuds:
            if noeud.item.code == code:
                return noeud
        raise PasDElement(code)

    def sous(self, code: str) -> list[Noeud]:
        """All that an item holds, at any depth, in order."""
        found: list[Noeud] = []
        for noeud in self.noeuds:
            if noeud.dans == code:
                found += [noeud, *self.sous(noeud.item.code)]
        return found

    def freres(self, genre: Genre, dans: str) -> list[Noeud]:
        """The items of one kind that one thing holds."""
        return [noeud for noeud in self.noeuds if noeud.genre.champ == genre.champ and noeud.dans == dans]

    def libre(self, genre: Genre, dans: str) -> str:
        """The next free code of a kind in a place."""
        return next_code(genre, dans, self.pris)

    def ecrire(self, code: str, item: Item) -> None:
        """Put an item in the place of the one of a code."""
        at = self.noeuds.index(self.noeud(code))
        self.noeuds[at] = Noeud(self.noeuds[at].genre, self.noeuds[at].dans, emptied(item))

    def ajouter(self, genre: Genre, dans: str, item: Item, *, apres: str | None = None) -> None:
        """Add an item after another of its place, at the end unless said; « » is the first place."""
        if dans:
            self.noeud(dans)
        self.pris.add(item.code)
        self._insert(Noeud(genre, dans, emptied(item)), apres)

    def retirer(self, code: str) -> list[str]:
        """Withdraw an item and all that it holds; the codes that left. What named them names them no more."""
        gone = [self.noeud(code), *self.sous(code)]
        codes = [noeud.item.code for noeud in gone]
        self.noeuds = [noeud for noeud in self.noeuds if noeud not in gone]
        self.renvoyer(dict.fromkeys(codes, None))
        return codes

    def deplacer(self, code: str, genre: Genre, dans: str, *, apres: str | None = None) -> str:
        """Move an item with all that it holds; its code, which is another one in another place."""
        moved = self.noeud(code)
        if moved.dans == dans and moved.genre == genre:
            self.noeuds.remove(moved)
            self._insert(moved, apres)
            return code
        new = code if genre.partout else self.libre(genre, dans)
        renamed = {code: new}
        under = self.sous(code)
        for noeud in under:
            renamed[noeud.item.code] = new + noeud.item.code.removeprefix(code)
        self.noeuds = [noeud for noeud in self.noeuds if noeud is not moved and noeud not in under]
        given = {"code": new, **({"parent": None} if isinstance(moved.item, Engagement) else {})}
        self._insert(Noeud(genre, dans, moved.item.model_copy(update=given)), apres)
        for noeud in under:
            item = noeud.item.model_copy(update={"code": renamed[noeud.item.code]})
            self._insert(Noeud(noeud.genre, renamed[noeud.dans], item), None)
        self._renamed(renamed)
        return new

    def recevoir(self, code: str, autre: str) -> None:
        """Let an item take all that another holds, then the place of this other, which leaves."""
        renamed = {autre: code}
        for noeud in [one for one in self.noeuds if one.dans == autre]:
            renamed |= {noeud.item.code: self.deplacer(noeud.item.code, noeud.genre, code)}
        self.noeuds.remove(self.noeud(autre))
        self._renamed(renamed)

    def renvoyer(self, renamed: Mapping[str, str | None]) -> None:
        """Let what names an item by a code name it by another, or not at all."""
        self.noeuds = [Noeud(one.genre, one.dans, _sent(one.item, renamed)) for one in self.noeuds]

    def _renamed(self, renamed: dict[str, str]) -> None:
        left = {old: new for old, new in renamed.items() if old != new}
        self.pris |= set(renamed.values())
        self.remplacements = {old: left.get(new, new) for old, new in self.remplacements.items()} | left
        self.renvoyer(left)

    def _insert(self, noeud: Noeud, apres: str | None) -> None:
        beside = self.freres(noeud.genre, noeud.dans)
        if apres is None or not beside:
            self.noeuds.append(noeud)
            return
        before = next((one for one in beside if one.item.code == apres), None)
        at = self.noeuds.index(before) + 1 if before else self.noeuds.index(beside[0])
        self.noeuds.insert(at, noeud)


def emptied(objet: DuFichier) -> DuFichier:
    """An object without the items that it holds."""
    given = {}
    for genre in children_of(objet):
        first, _, rest = genre.champ.partition(".")
        if not rest:
            given[first] = ()
        elif held := getattr(objet, first):
            given[first] = held.model_copy(update={rest: ()})
    return objet.model_copy(update=given)


def _cut(objet: Objet, dans: str) -> Iterator[Noeud]:
    for genre in children_of(objet):
        for item in _held(objet, genre.champ):
            yield Noeud(genre, dans, emptied(item))
            yield from _cut(item, item.code)


def _held(objet: Objet, champ: str) -> tuple[Item, ...]:
    found: Any = objet
    for name in champ.split("."):
        found = getattr(found, name) if found is not None else None
    return found or ()


def _filled(objet: DuFichier, code: str, below: dict[tuple[str, str], list[Noeud]]) -> DuFichier:
    given: dict[str, Any] = {}
    for genre in children_of(objet):
        items = tuple(_filled(one.item, one.item.code, below) for one in below.get((code, genre.champ), ()))
        first, _, rest = genre.champ.partition(".")
        if not rest:
            given[first] = items
        elif held := getattr(objet, first):
            given[first] = held.model_copy(update={rest: items})
    return objet.model_copy(update=given)


def _sent(item: Item, renamed: Mapping[str, str | None]) -> Item:
    given: dict[str, Any] = {}
    for name in RENVOIS.get(type(item), ()):
        value = getattr(item, name)
        if isinstance(value, tuple):
            kept = [renamed.get(code, code) for code in value]
            given[name] = tuple(dict.fromkeys(code for code in kept if code))
        else:
            given[name] = renamed.get(value, value)
    if isinstance(item, InstanceDeGouvernance):
        rules = (one.model_copy(update={"avant": renamed.get(one.avant or "", one.avant)}) for one in item.regles)
        given["regles"] = tuple(rules)
    changed = {name: value for name, value in given.items() if value != getattr(item, name)}
    return item.model_copy(update=changed) if changed else item


def joined(*sources: Iterable[Plage]) -> tuple[Plage, ...]:
    """Sources as one, in the order of the document; whole lines that follow one another make one range."""
    kept: list[Plage] = []
    for plage in sorted({plage for source in sources for plage in source}, key=_place):
        last = kept[-1] if kept else None
        if last and last.colonne_debut is None and plage.colonne_debut is None and plage.debut <= last.fin + 1:
            kept[-1] = Plage(last.debut, max(last.fin, plage.fin))
        else:
            kept.append(plage)
    return tuple(kept)


def _place(plage: Plage) -> tuple[int, int]:
    return plage.debut, plage.colonne_debut or 0


def without_lines(source: Iterable[Plage], lines: range) -> tuple[Plage, ...]:
    """A source without some whole lines."""
    kept: list[Plage] = []
    for plage in source:
        if plage.fin < lines.start or plage.debut >= lines.stop:
            kept.append(plage)
            continue
        if plage.debut < lines.start:
            kept.append(Plage(plage.debut, lines.start - 1))
        if plage.fin >= lines.stop:
            kept.append(Plage(lines.stop, plage.fin))
    return tuple(kept)
