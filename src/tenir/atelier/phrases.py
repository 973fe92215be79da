"""What gestures say, in French: what they wrote, before and after, and what no longer stands of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tenir.atelier.cliches import CHAMP, DOUTE, ORDRE, Ecarts, Reste
from tenir.atelier.genres import PAR_CLE, said
from tenir.atelier.libelles import label, shown

CHAMPS = {
    "identite": "Identité du contrat",
    "document": "Document",
    "fictif": "Contrat fictif",
    "note": "Remarque",
    "contrat_precedent": "Contrat précédent",
    "codes_retires": "Codes retirés",
    "derogations": "Dérogations",
    "absents": "Ce que le document ne contient pas",
}
"""The fields of the contract itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a gesture changed: its code, what of it, before and after; empty for nothing."""

    code: str
    champ: str
    avant: str
    apres: str


def written(ecarts: Ecarts) -> Iterator[Difference]:
    """What a gesture changed, one value at a time."""
    for cle, (before, after) in ecarts.items():
        if cle.startswith(ORDRE):
            yield Difference("", "Ordre", ", ".join(before), ", ".join(after))
        elif cle.startswith(DOUTE):
            yield Difference(cle.removeprefix(DOUTE), "Doute", _doubt(before), _doubt(after))
        elif cle.startswith(CHAMP):
            yield from _of_the_contract(cle.removeprefix(CHAMP), before, after)
        elif before is None or after is None:
            yield Difference(cle, said(PAR_CLE[(before or after)["genre"]]), _name(before), _name(after))
        else:
            yield from _of_an_item(cle, before, after)


def _of_the_contract(name: str, before: Any, after: Any) -> Iterator[Difference]:
    was, now = ((one or {}).get("valeur") for one in (before, after))
    noun = CHAMPS.get(name) or label(name)
    if not isinstance(was or now, Mapping):
        yield Difference("", noun, _shown(was), _shown(now))
        return
    for key in dict.fromkeys([*(was or {}), *(now or {})]):
        one, other = (was or {}).get(key), (now or {}).get(key)
        if one != other:
            yield Difference("", f"{noun}, {label(key).lower()}", _shown(one), _shown(other))


def _of_an_item(code: str, before: Any, after: Any) -> Iterator[Difference]:
    if before["dans"] != after["dans"]:
        yield Difference(code, "Rangé dans", before["dans"], after["dans"])
    was, now = before["valeurs"], after["valeurs"]
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) != now.get(name) and name != "texte":
            yield Difference(code, label(name), _shown(was.get(name)), _shown(now.get(name)))


def still_said(reste: Reste) -> str:
    """What no longer stands of a gesture, both values told."""
    left, now = _entry(reste.cle, reste.laisse), _entry(reste.cle, reste.actuel)
    what = reste.cle.removeprefix(DOUTE).removeprefix(CHAMP).removeprefix(ORDRE)
    return f"{CHAMPS.get(what, what)} a changé depuis : ce geste avait laissé « {left} », on y lit « {now} »."


def _entry(cle: str, entry: Any) -> str:
    if entry is None:
        return "rien"
    if cle.startswith(DOUTE):
        return _doubt(entry)
    if cle.startswith(ORDRE):
        return ", ".join(entry)
    if cle.startswith(CHAMP):
        return shown(entry["valeur"])
    data = {name: value for name, value in entry["valeurs"].items() if name not in ("code", "texte")}
    return " · ".join(f"{label(name).lower()} : {shown(value)}" for name, value in data.items())


def _name(entry: Any) -> str:
    if entry is None:
        return ""
    valeurs = entry["valeurs"]
    return next(
        (str(valeurs[name]) for name in ("titre", "libelle", "nom", "financeur") if valeurs.get(name)), "sans titre"
    )


def _doubt(entry: Any) -> str:
    return "" if entry is None else f"{entry['phrase']} ({entry['etat']})"


def _shown(value: Any) -> str:
    return "" if value is None or value in ([], {}) else shown(value)
