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
        before, after = ("" if value is None else _shown(value) for value in (self.avant, self.apres))
        return before, after

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return asdict(self)


def compare(before: ContratDeVille, after: ContratDeVille) -> list[Changement]:
    """List every difference of what was signed, contract first, then items in the order of their codes."""
    before, after = before.texte_signe, after.texte_signe
    old, new = before.items, after.items
    changes = _changed_fields("contrat", before.slug, _own_fields(before), _own_fields(after))
    changes += _reordered("contrat", before.slug, before, after)
    for code in sorted(old.keys() | new.keys(), key=_order):
        if code not in new:
            changes.append(Changement(Nature.RETRAIT, old[code].genre, code, avant=name_of(old[code])))
        elif code not in old:
            changes.append(Changement(Nature.AJOUT, new[code].genre, code, apres=name_of(new[code])))
        else:
            changes += _changed_item(code, before, after)
    return changes


def _changed_item(code: str, before: ContratDeVille, after: ContratDeVille) -> list[Changement]:
    old, new = before.items[code], after.items[code]
    places = ({"axe": _axis(code, contrat)} for contrat in (before, after))
    return [
        *_changed_fields(new.genre, code, *places),
        *_changed_fields(new.genre, code, _own_fields(old), _own_fields(new)),
        *_reordered(new.genre, code, old, new),
    ]


def _axis(code: str, contrat: ContratDeVille) -> str | None:
    """The axis that holds an orientation: the one place that a code does not tell."""
    return next((axe.code for axe in contrat.axes if any(code == one.code for one in axe.ensembles)), None)


def name_of(item: Item) -> str:
    """The short name of an item: its title, label, name or funder."""
    for champ in ("titre", "libelle", "nom", "financeur"):
        if value := getattr(item, champ, None):
            return str(value)
    return item.code


def _order(code: str) -> tuple[tuple[bool, str | int], ...]:
    return tuple((isinstance(part, int), part) for part in sort_key(code))


def _own_fields(objet: Objet, above: str = "") -> dict[str, Any]:
    """The fields of an object, those of its mappings as `identite › titre`, without the items it holds."""
    found: dict[str, Any] = {}
    for name, value in as_data(objet).items():
        read = getattr(objet, name)
        if isinstance(read, Objet):
            found |= _own_fields(read, f"{above}{name} › ")
        elif not _is_items(read):
            found[f"{above}{name}"] = value
    return found


def _is_items(value: Any) -> bool:
    return isinstance(value, tuple) and any(isinstance(child, Item) for child in value)


def _reordered(genre: str, code: str, old: Objet, new: Objet) -> list[Changement]:
    """The lists of items whose common items no longer come in the same order."""
    changes = []
    for name in (name for name in type(old).model_fields if name in type(new).model_fields):
        was, now = getattr(old, name), getattr(new, name)
        if isinstance(was, Objet) and isinstance(now, Objet):
            changes += _reordered(genre, code, was, now)
        if _is_items(was) and _is_items(now):
            before, after = [item.code for item in was], [item.code for item in now]
            kept = [c for c in before if c in after], [c for c in after if c in before]
            if kept[0] != kept[1]:
                changes.append(Changement(Nature.MODIFICATION, genre, code, f"ordre de {name}", *kept))
    return changes


def _changed_fields(genre: str, code: str, old: dict[str, Any], new: dict[str, Any]) -> list[Changement]:
    return [
        Changement(Nature.MODIFICATION, genre, code, champ, old.get(champ), new.get(champ))
        for champ in [*old, *(name for name in new if name not in old)]
        if old.get(champ) != new.get(champ)
    ]


def _shown(value: Any) -> str:
    """A value as a person reads it: « oui », « rien », « nom : CAF, organisme : caf-gironde »."""
    if value is None or value in ([], {}):
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{name} : {_shown(child)}" for name, child in value.items())
    return " ; ".join(_shown(child) for child in value) if isinstance(value, list) else str(value)
