"""The draw: pure functions of a list of numbers and of a seed, so that anyone computes the same.

The same rule is written in French on the public page and again in `outils/rejouer.py`, which strangers run.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

COLUMNS = ("numero", "college", "sexe")
"""The columns of the published list: nothing that names anyone."""
FACTS = ("age", "secteur")
"""What the list also says where seats are kept by it, and only of the classes for which they are."""
SEPARATOR = ";"
Classe = tuple[str, str]
"""A fact and its value: « age », « 16-25 »."""


@dataclass(frozen=True, slots=True)
class Inscrit:
    """A candidate as the draw knows one."""

    numero: int
    college: str
    sexe: str
    age: str = ""
    secteur: str = ""

    @property
    def classes(self) -> list[Classe]:
        """What is known of her besides."""
        return [(name, value) for name in FACTS if (value := getattr(self, name))]


@dataclass(frozen=True, slots=True)
class Places:
    """What a college is to fill: its seats, those kept for women and for men first, how many deputies.

    `classes`: the seats kept for an age band or for a sector, looked at first; they never take those that parity keeps.
    """

    college: str
    sieges: int
    femmes: int
    hommes: int
    suppleants: int
    classes: tuple[tuple[Classe, int], ...] = ()


@dataclass(slots=True)
class Resultat:
    """What the draw gives a college, in the order of the ranks.

    `hors_quota`: the members whom no quota kept (it could not be filled, or none keeps that seat); `manques` by sex,
    `vacants` by class: how many seats of its quota nobody could take; `vides`: the seats left empty.
    """

    college: str
    rangs: list[Inscrit] = field(default_factory=list)
    membres: list[Inscrit] = field(default_factory=list)
    suppleants: list[Inscrit] = field(default_factory=list)
    hors_quota: list[Inscrit] = field(default_factory=list)
    manques: dict[str, int] = field(default_factory=dict)
    vacants: dict[Classe, int] = field(default_factory=dict)
    vides: int = 0


def publishable(inscrits: Sequence[Inscrit], places: Iterable[Places], floor: int) -> list[Inscrit]:
    """The candidates with the classes that the list may say: those for which seats are kept, and no other.

    A class is kept silent when saying it, beside those that come before it, would single out fewer than `floor`: of one
    college and one sex, nobody may stand among fewer than that who read alike.
    """
    wanted = {one.college: [classe for classe, _ in one.classes] for one in places}
    said: dict[str, list[Classe]] = {}
    for college, classes in wanted.items():
        kept: list[Classe] = []
        for classe in classes:
            shown = [_seen(one, [*kept, classe]) for one in inscrits if one.college == college]
            kept += [classe] if _enough(shown, floor) else []
        said[college] = kept
    return [_seen(one, said.get(one.college, [])) for one in inscrits]


def _seen(one: Inscrit, said: Sequence[Classe]) -> Inscrit:
    known = {name: value for name, value in one.classes if (name, value) in said}
    return replace(one, age=known.get("age", ""), secteur=known.get("secteur", ""))


def _enough(shown: Sequence[Inscrit], floor: int) -> bool:
    alike = Counter((one.sexe, one.age, one.secteur) for one in shown)
    whole = Counter(one.sexe for one in shown)
    return all(count >= floor or (not age and not sector and count == whole[sexe])
               for (sexe, age, sector), count in alike.items())  # fmt: skip


def list_of(inscrits: Iterable[Inscrit]) -> str:
    """The frozen list: UTF-8, lines ended by a line feed, by number; a column for each fact it says."""
    held = sorted(inscrits, key=lambda one: one.numero)
    columns = (*COLUMNS, *(name for name in FACTS if any(getattr(one, name) for one in held)))
    rows = [[str(getattr(one, name)) for name in columns] for one in held]
    return "".join(f"{SEPARATOR.join(row)}\n" for row in (columns, *rows))


def read_list(text: str) -> list[Inscrit]:
    """The candidates of a frozen list."""
    header, *lines = [line.split(SEPARATOR) for line in text.splitlines()] or [[]]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    return [Inscrit(**{**row, "numero": int(row["numero"])}) for row in rows]  # type: ignore[arg-type]


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


@dataclass(slots=True)
class _Sieges:
    """The seats of a college while they are given."""

    libres: int
    parite: dict[str, int]
    classes: dict[Classe, int]
    pris: list[Inscrit] = field(default_factory=list)

    def of_a_class(self, one: Inscrit) -> bool:
        """Whether a seat is kept for one of her classes."""
        return any(self.classes.get(classe, 0) for classe in one.classes)

    def beside_parity(self, one: Inscrit) -> bool:
        """Whether she takes no seat that parity keeps for the other sex."""
        return self.parite[one.sexe] > 0 or self.libres > sum(self.parite.values())

    def give(self, one: Inscrit) -> None:
        """She is seated: each quota that she fills has a seat less."""
        self.pris.append(one)
        self.libres -= 1
        self.parite[one.sexe] = max(0, self.parite[one.sexe] - 1)
        for classe in one.classes:
            self.classes[classe] = max(0, self.classes.get(classe, 0) - 1)


def _draw_college(inscrits: list[Inscrit], asked: Places, graine: str) -> Resultat:
    ranked = sorted(inscrits, key=lambda one: rank_key(graine, one.numero))
    seats = _Sieges(asked.sieges, {"F": asked.femmes, "H": asked.hommes}, dict(asked.classes))
    rounds = (
        lambda one: seats.of_a_class(one) and seats.beside_parity(one),
        lambda one: seats.parite[one.sexe] > 0,
        seats.of_a_class,
        lambda one: True,
    )
    beside: list[Inscrit] = []
    for fits in rounds:
        last = fits is rounds[-1]
        for one in ranked:
            if seats.libres and one not in seats.pris and fits(one):
                seats.give(one)
                beside += [one] if last else []
    others = [one for one in ranked if one not in seats.pris]
    return Resultat(
        asked.college, ranked, [one for one in ranked if one in seats.pris], others[: asked.suppleants], beside,
        {sexe: left for sexe, left in seats.parite.items() if left},
        {classe: left for classe, _ in asked.classes if (left := seats.classes[classe])}, seats.libres,
    )  # fmt: skip


def replacing(sexe: str, suppleants: Sequence[Inscrit]) -> Inscrit | None:
    """Who replaces a member who leaves: the next deputy of the same sex, else the next; none when none is left."""
    return next((one for one in suppleants if one.sexe == sexe), suppleants[0] if suppleants else None)
