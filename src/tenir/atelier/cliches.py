"""What a gesture changed, item by item, kept as plain data: enough to show it, and to put it back if it still stands.

A state is a flat table: each item under its code, each field of the contract itself under « champ NOM », each doubt
under « doute CODE », each order of a list under « ordre CODE champ » where a gesture changed it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenir.atelier.arbre import Arbre
from tenir.atelier.genres import PAR_CLE
from tenir.fichier.modeles import ContratDeVille

Cliche = dict[str, Any]
Ecarts = dict[str, list[Any]]
"""By key, what it held before and what it holds after; None where there was, or is, nothing."""
DOUTE, ORDRE, CHAMP = "doute ", "ordre ", "champ "


@dataclass(frozen=True, slots=True)
class Reste:
    """What no longer stands: the key, what the gesture left there, what is there now."""

    cle: str
    laisse: Any
    actuel: Any


class ChangeDepuis(Exception):
    """Something that a gesture wrote was written over since."""

    def __init__(self, restes: list[Reste]) -> None:
        super().__init__("Ce que ce geste a écrit a changé depuis.")
        self.restes = restes


def cliche(contrat: ContratDeVille, doutes: Mapping[str, Any]) -> Cliche:
    """The flat table of a state."""
    arbre = Arbre.of(contrat)
    own = arbre.racine.model_dump(mode="json", exclude_defaults=True)
    found: Cliche = {f"{CHAMP}{name}": {"valeur": value} for name, value in own.items()}
    ranks: dict[tuple[str, str], int] = {}
    for noeud in arbre.noeuds:
        place = (noeud.dans, noeud.genre.champ)
        ranks[place] = ranks.get(place, -1) + 1
        found[noeud.item.code] = {
            "genre": noeud.genre.cle,
            "dans": noeud.dans,
            "rang": ranks[place],
            "valeurs": noeud.item.model_dump(mode="json", exclude_defaults=True),
        }
    return found | {f"{DOUTE}{code}": doute for code, doute in doutes.items()}


def differences(avant: Cliche, apres: Cliche) -> Ecarts:
    """What changed from one state to another."""
    found = {
        cle: [avant.get(cle), apres.get(cle)]
        for cle in dict.fromkeys([*avant, *apres])
        if same(avant.get(cle)) != same(apres.get(cle))
    }
    orders = _orders(avant), _orders(apres)
    for place in orders[1]:
        before, after = orders[0].get(place, []), orders[1][place]
        both = set(before) & set(after)
        kept = [c for c in before if c in both], [c for c in after if c in both]
        if kept[0] != kept[1]:
            found[f"{ORDRE}{place[0]} {place[1]}"] = list(kept)
    return found


def undone(courant: Cliche, ecarts: Ecarts) -> Cliche:
    """A state in which what a gesture changed is as it was before.

    Raises:
        ChangeDepuis: something of it no longer stands as the gesture left it, or leans on what would leave.
    """
    restes = [
        Reste(cle, after, now)
        for cle, (_, after) in ecarts.items()
        if (now := _now(courant, cle, after)) != same(after)
    ]
    gone = {cle for cle, (before, _) in ecarts.items() if before is None}
    restes += [
        Reste(code, None, entry)
        for code, entry in courant.items()
        if _is_item(code) and entry["dans"] in gone and code not in ecarts
    ]
    if restes:
        raise ChangeDepuis(restes)
    found = dict(courant)
    for cle, (before, _) in ecarts.items():
        if cle.startswith(ORDRE):
            found |= _reordered(found, cle, before)
        elif before is None:
            found.pop(cle)
        elif cle in found and _is_item(cle):
            kept = found[cle]["dans"] == before["dans"]
            found[cle] = {**before, "rang": found[cle]["rang"] if kept else before["rang"] - 0.5}
        else:
            found[cle] = {**before, "rang": before["rang"] - 0.5} if _is_item(cle) else before
    return found


def contrat_of(state: Cliche) -> ContratDeVille:
    """The contract of a state, checked by its models."""
    data = {cle.removeprefix(CHAMP): one["valeur"] for cle, one in state.items() if cle.startswith(CHAMP)}
    below: dict[str, list[Any]] = {}
    for code, entry in state.items():
        if _is_item(code):
            below.setdefault(entry["dans"], []).append(entry)
    _fill(data, "", below)
    return ContratDeVille.model_validate(data)


def doutes_of(state: Cliche) -> dict[str, Any]:
    """The doubts of a state."""
    return {cle.removeprefix(DOUTE): doute for cle, doute in state.items() if cle.startswith(DOUTE)}


def same(entry: Any) -> Any:
    """What is compared of an entry: all but its rank, which moves with its neighbours."""
    return {name: value for name, value in entry.items() if name != "rang"} if isinstance(entry, dict) else entry


def _is_item(cle: str) -> bool:
    return not cle.startswith((DOUTE, ORDRE, CHAMP))


def _place(entry: Any) -> tuple[str, str]:
    return entry["dans"], PAR_CLE[entry["genre"]].champ


def _orders(state: Cliche) -> dict[tuple[str, str], list[str]]:
    """The codes of each list, in order."""
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for code, entry in state.items():
        if _is_item(code):
            found.setdefault(_place(entry), []).append((entry["rang"], code))
    return {place: [code for _, code in sorted(codes)] for place, codes in found.items()}


def _now(courant: Cliche, cle: str, after: Any) -> Any:
    if not cle.startswith(ORDRE):
        return same(courant.get(cle))
    return [code for code in _orders(courant).get(_named(cle), []) if code in after]


def _named(cle: str) -> tuple[str, str]:
    dans, _, champ = cle.removeprefix(ORDRE).rpartition(" ")
    return dans, champ


def _reordered(state: Cliche, cle: str, order: list[str]) -> Cliche:
    ranks = sorted(state[code]["rang"] for code in order if code in state)
    return {code: {**state[code], "rang": rank} for code, rank in zip(order, ranks, strict=False) if code in state}


def _fill(data: dict[str, Any], code: str, below: dict[str, list[Any]]) -> None:
    for entry in sorted(below.get(code, ()), key=lambda one: one["rang"]):
        item = dict(entry["valeurs"])
        _fill(item, item["code"], below)
        holder = data
        *path, last = PAR_CLE[entry["genre"]].champ.split(".")
        for name in path:
            holder[name] = dict(holder[name])
            holder = holder[name]
        holder[last] = [*holder.get(last, ()), item]
