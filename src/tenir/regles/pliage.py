"""One fact once, its places behind it: the anomalies of a rule that say the same thing are one row.

Rows are one when their sentences are, or differ by what one pair of quotes holds; and, for the rules of `PARTOUT`,
wherever the same thing is missing part by part. Nothing is lost: a row names every item, every line, every word.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tenir.regles.anomalie import Ligne

PARTOUT = frozenset({"ENG003", "FIN001", "FIN006", "STR001"})
"""The rules that say of each part the one thing they say of the whole."""
_CITE = re.compile(r"«[^«»]*+(?:«[^«»]*+»[^«»]*+)*+»")


def plier(lignes: Sequence[Ligne]) -> list[Ligne]:
    """The same anomalies, those that say one fact made one row, in the place of the first."""
    groups: list[list[Ligne]] = []
    for one in lignes:
        held = next((group for group in groups if _says_the_same(group, one)), None)
        if held is None:
            groups.append([one])
        else:
            held.append(one)
    return [_row(group) for group in groups]


def _says_the_same(group: list[Ligne], one: Ligne) -> bool:
    first = group[0]
    if (one.regle, one.gravite) != (first.regle, first.gravite):
        return False
    if one.regle in PARTOUT:
        return True
    if one.remede != first.remede or _CITE.split(one.phrase) != _CITE.split(first.phrase):
        return False
    return len(_slots([*group, one])) <= 1


def _slots(group: Sequence[Ligne]) -> list[int]:
    """Which of the quotes of a sentence differ from a row to another."""
    quoted = [_CITE.findall(one.phrase) for one in group]
    return [rank for rank, said in enumerate(zip(*quoted, strict=True)) if len(set(said)) > 1]


def _row(group: list[Ligne]) -> Ligne:
    if len(group) == 1:
        return group[0]
    return replace(
        group[0],
        code=", ".join(_each(one.code for one in group)),
        lignes=", ".join(_each(one.lignes for one in group)),
        ou=" ; ".join(_each(one.ou for one in group)),
        phrase=_sentence(group),
    )


def _sentence(group: list[Ligne]) -> str:
    """The sentence that all say, what differs listed in its place; or each sentence with the place it speaks of."""
    said = _each(one.phrase for one in group)
    if len(said) == 1:
        return f"{said[0]} ({len(group)} fois)"
    if group[0].regle in PARTOUT:
        return f"En {len(group)} endroits. " + " ".join(
            _each(f"{one.code} : {one.phrase}" if one.code else one.phrase for one in group)
        )
    (slot,) = _slots(group)
    listed = ", ".join(_each(_CITE.findall(one.phrase)[slot] for one in group))
    texts, quotes = _CITE.split(said[0]), _CITE.findall(said[0])
    quotes[slot] = listed
    return "".join(text + quote for text, quote in zip(texts, [*quotes, ""], strict=True))


def _each(words: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(words) if one]
