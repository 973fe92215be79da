"""The draw: pure functions of a list of numbers and of a seed, so that anyone computes the same.

The same rule is written in French on the public page and again in `outils/rejouer.py`, which strangers run.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

COLUMNS = ("numero", "college", "sexe")
"""The columns of the published list: nothing that names anyone."""
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Inscrit:
    """A candidate as the draw knows one."""

    numero: int
    college: str
    sexe: str


@dataclass(frozen=True, slots=True)
class Places:
    """What a college is to fill: its seats, those kept for women and for men first, how many deputies."""

    college: str
    sieges: int
    femmes: int
    hommes: int
    suppleants: int


@dataclass(slots=True)
class Resultat:
    """What the draw gives a college, in the order of the ranks.

    `hors_quota`: the members whom no quota kept (it could not be filled, or none keeps that seat); `manques`: by sex,
    how many seats of its quota nobody could take; `vides`: the seats left empty.
    """

    college: str
    rangs: list[Inscrit] = field(default_factory=list)
    membres: list[Inscrit] = field(default_factory=list)
    suppleants: list[Inscrit] = field(default_factory=list)
    hors_quota: list[Inscrit] = field(default_factory=list)
    manques: dict[str, int] = field(default_factory=dict)
    vides: int = 0


def list_of(inscrits: Iterable[Inscrit]) -> str:
    """The frozen list: UTF-8, lines ended by a line feed, in the order of the numbers."""
    rows = [(str(one.numero), one.college, one.sexe) for one in sorted(inscrits, key=lambda one: one.numero)]
    return "".join(f"{SEPARATOR.join(row)}\n" for row in (COLUMNS, *rows))


def read_list(text: str) -> list[Inscrit]:
    """The candidates of a frozen list."""
    rows = [line.split(SEPARATOR) for line in text.splitlines()[1:]]
    return [Inscrit(int(numero), college, sexe) for numero, college, sexe in rows]


def digest(text: str) -> str:
    """The SHA-256 of a list, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seed_of(mots: str, empreinte: str) -> str:
    """The seed: the words drawn in public, followed by the digest of the list."""
    return mots + empreinte


def rank_key(graine: str, numero: int) -> str:
    """What sorts a candidate: the SHA-256 of the seed followed by the number, in hexadecimal."""
    return digest(f"{graine}{numero}")


def draw(inscrits: Sequence[Inscrit], places: Iterable[Places], graine: str) -> list[Resultat]:
    """The members and the deputies of each college."""
    return [_draw_college([one for one in inscrits if one.college == asked.college], asked, graine) for asked in places]


def _draw_college(inscrits: list[Inscrit], asked: Places, graine: str) -> Resultat:
    ranked = sorted(inscrits, key=lambda one: rank_key(graine, one.numero))
    open_quota = {"F": asked.femmes, "H": asked.hommes}
    kept: list[Inscrit] = []
    for one in ranked:
        if open_quota.get(one.sexe, 0) and len(kept) < asked.sieges:
            open_quota[one.sexe] -= 1
            kept.append(one)
    beside = [one for one in ranked if one not in kept][: asked.sieges - len(kept)]
    membres = [one for one in ranked if one in kept or one in beside]
    others = [one for one in ranked if one not in membres]
    return Resultat(
        asked.college, ranked, membres, others[: asked.suppleants], beside,
        {sexe: left for sexe, left in open_quota.items() if left}, asked.sieges - len(membres),
    )  # fmt: skip


def replacing(sexe: str, suppleants: Sequence[Inscrit]) -> Inscrit | None:
    """Who replaces a member who leaves: the next deputy of the same sex, else the next; none when none is left."""
    return next((one for one in suppleants if one.sexe == sexe), suppleants[0] if suppleants else None)
