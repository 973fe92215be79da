"""What changed between two contract files, item by item (`tenir comparer A B`)."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from tenir.fichier.canonique import as_data
from tenir.fichier.codes import sort_key
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.objet import Item, Objet


class Nature(StrEnum):
    """How an item differs."""

    AJOUT = "ajout"
    RETRAIT = "retrait"
    MODIFICATION = "modification"


@dataclass(frozen=True, slots=True)
class Changement:
    """One item that differs; `champ` is None when it comes or goes whole."""

    nature: Nature
    genre: str
    code: str
    champ: str | None = None
    avant: Any = None
    apres: Any = None

    def phrase(self) -> str:
        """The change as a French sentence."""
        if self.nature is Nature.AJOUT:
            return f"{self.code} ({self.genre}) est ajouté : « {self.apres} »."
        if self.nature is Nature.RETRAIT:
            return f"{self.code} ({self.genre}) est retiré : « {self.avant} »."
        return f"{self.code} ({self.genre}), {self.champ} : « {_shown(self.avant)} » devient « {_shown(self.apres)} »."

    def valeurs(self) -> tuple[str, str]:
        """Before and after as text, empty for nothing."""
        before, after = ("" if value is None else str(value) for value in (self.avant, self.apres))
        return before, after

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return asdict(self)


def compare(before: ContratDeVille, after: ContratDeVille) -> list[Changement]:
    """List every difference, contract first, then items in the order of their codes."""
    old, new = before.items, after.items
    changes = _changed_fields("contrat", before.slug, _own_fields(before), _own_fields(after))
    for code in sorted(old.keys() | new.keys(), key=_order):
        if code not in new:
            changes.append(Changement(Nature.RETRAIT, old[code].genre, code, avant=name_of(old[code])))
        elif code not in old:
            changes.append(Changement(Nature.AJOUT, new[code].genre, code, apres=name_of(new[code])))
        else:
            changes.extend(_changed_fields(new[code].genre, code, _own_fields(old[code]), _own_fields(new[code])))
    return changes


def name_of(item: Item) -> str:
    """The short name of an item: its title, label, name or funder."""
    for champ in ("titre", "libelle", "nom", "financeur"):
        if value := getattr(item, champ, None):
            return str(value)
    return item.code


def _order(code: str) -> tuple[tuple[bool, str | int], ...]:
    return tuple((isinstance(part, int), part) for part in sort_key(code))


def _own_fields(objet: Objet) -> dict[str, Any]:
    """The fields of an object without the items it holds, which are compared under their own code."""
    return {name: _without_items(value) for name, value in as_data(objet).items() if not _is_items(value)}


def _is_items(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(child, dict) and "code" in child for child in value)


def _without_items(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_items(child) for name, child in value.items() if not _is_items(child)}
    return value


def _changed_fields(genre: str, code: str, old: dict[str, Any], new: dict[str, Any]) -> list[Changement]:
    return [
        Changement(Nature.MODIFICATION, genre, code, champ, old.get(champ), new.get(champ))
        for champ in [*old, *(name for name in new if name not in old)]
        if old.get(champ) != new.get(champ)
    ]


def _shown(value: Any) -> str:
    return "rien" if value is None else str(value)
