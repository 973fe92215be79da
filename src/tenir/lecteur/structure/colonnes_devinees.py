"""What columns under unknown heads give, told by what stands in them."""

from collections.abc import Sequence

from tenir.lecteur.intitules_devines import est_un_corps
from tenir.lecteur.structure.cases import Case, nature


def devinees(rows: Sequence[Sequence[Case]], heads: dict[int, str]) -> dict[int, str]:
    """What columns under unknown heads give, beside who helps: the first one the titles, one of bodies who carries."""
    if not {"pilotes", "services associés"} & set(heads.values()) or TITRENT & set(heads.values()):
        return {}
    unknown = [case.colonne for case in rows[0] if case.colonne not in heads and nature(case.mots) is None]
    below = {column: [c.mots for row in rows[1:] for c in row if c.colonne == column] for column in unknown}
    first = next(iter(unknown), 0)
    alone = first == rows[0][0].colonne and len(set(below.get(first, ()))) == len(rows) - 1 > 0
    if not alone or not all(any(map(str.isalpha, mots)) for mots in below[first]):
        return {}
    carriers = [
        column
        for column in unknown[1:]
        if "pilotes" not in heads.values()
        and below[column]
        and sum(map(_is_a_body, below[column])) * 2 >= len(below[column])
    ]
    return {first: "intitule", **dict.fromkeys(carriers[:1], "pilotes")}


TITRENT = frozenset({"intitule", "actions", "description", "signataire", "engagement", "instance"})


def _is_a_body(mots: str) -> bool:
    return est_un_corps(mots, ())
