"""« L’essentiel »: a dozen facts on one page, ranked by what they prevent; each fact once, with its places behind it.

What several anomalies of one rule say is one fact: fifteen orientations whose funders announce nothing are one line.
Typography comes last, apart: a contract that cannot be measured comes before a bracket.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from tenir.regles.anomalie import Gravite
from tenir.regles.lieux import WHOLE
from tenir.regles.registre import regle_de

LE_PLUS = 12
"""How many facts the essential holds at most."""
DE_CHAQUE = 3
"""How many facts of each thing that they prevent have their place before any other."""
PLACES = 3
"""How many places a fact names before it counts the others."""


class Dite(Protocol):
    """An anomaly as it is told, whoever holds it: the rules, the database, a draft."""

    @property
    def regle(self) -> str: ...
    @property
    def gravite(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def lignes(self) -> str: ...
    @property
    def phrase(self) -> str: ...
    @property
    def remede(self) -> str: ...
    @property
    def ou(self) -> str: ...


D = TypeVar("D", bound=Dite)
D_co = TypeVar("D_co", bound=Dite, covariant=True)


class Empeche(StrEnum):
    """What a fact prevents, the worst first; typography prevents nothing."""

    SIGNER = "de signer"
    MESURER = "de mesurer"
    TENIR = "de tenir parole"
    PAYER = "de savoir qui paie"
    COMPRENDRE = "de comprendre"
    RIEN = "rien : forme"


FAMILLES = {
    "CHF": Empeche.MESURER,
    "DRT": Empeche.SIGNER,
    "ENG": Empeche.TENIR,
    "FIN": Empeche.PAYER,
    "GOV": Empeche.TENIR,
    "IND": Empeche.MESURER,
    "RED": Empeche.COMPRENDRE,
    "STR": Empeche.COMPRENDRE,
}
"""What the anomalies of a family prevent, those of `REGLES` apart."""
REGLES = {
    "FIN003": Empeche.COMPRENDRE,
    "FIN004": Empeche.COMPRENDRE,
    "FIN006": Empeche.RIEN,
    "ENG007": Empeche.PAYER,
    "GOV013": Empeche.MESURER,
    "GOV017": Empeche.COMPRENDRE,
    "STR019": Empeche.SIGNER,
    "RED002": Empeche.RIEN,
    "RED003": Empeche.TENIR,
    "RED004": Empeche.RIEN,
    "STR001": Empeche.MESURER,
    "STR004": Empeche.TENIR,
    "STR011": Empeche.TENIR,
}


@dataclass(frozen=True)
class Fait(Generic[D_co]):
    """What one rule says of a contract: its gravity, what it prevents, its anomalies."""

    regle: str
    gravite: Gravite
    empeche: Empeche
    anomalies: tuple[D_co, ...]

    @property
    def phrase(self) -> str:
        """The fact in one line: the anomaly itself when there is one, else what they share and where."""
        if len(self.anomalies) == 1:
            return self.anomalies[0].phrase
        places = [place for place in dict.fromkeys(one.ou for one in self.anomalies) if place != WHOLE]
        more = len(places) - PLACES
        named = ", ".join(places[:PLACES]) + (f" et {more} de plus" if more > 0 else "")
        count = f"{regle_de(self.regle).titre} ({len(self.anomalies)} fois)"
        return f"{count} : {named}." if named else f"{count}."

    @property
    def ou(self) -> str:
        """Where, when it is one anomaly; the line of several says it."""
        return self.anomalies[0].ou if len(self.anomalies) == 1 else ""


@dataclass(frozen=True)
class Essentiel(Generic[D_co]):
    """The facts of a contract: the dozen that matter, the others, those of typography; and all, part by part."""

    premiers: tuple[Fait[D_co], ...]
    autres: tuple[Fait[D_co], ...]
    forme: tuple[Fait[D_co], ...]
    parties: tuple[tuple[str, tuple[D_co, ...]], ...]


def empeche(regle: str) -> Empeche:
    """What the anomalies of a rule prevent; a blank or a name left in is not signed, whatever its family."""
    if regle_de(regle).gravite is Gravite.BLOQUANTE:
        return Empeche.SIGNER
    return REGLES.get(regle, FAMILLES[regle[:3]])


def essentiel(anomalies: Sequence[D]) -> Essentiel[D]:
    """Make the facts of the anomalies of a contract, ranked by what they prevent, then by gravity, then by number."""
    every = sorted(_facts(anomalies), key=_rank)
    told = [one for one in every if one.empeche is not Empeche.RIEN]
    first = _first(told)
    others = tuple(one for one in told if one not in first)
    forme = tuple(one for one in every if one.empeche is Empeche.RIEN)
    return Essentiel(tuple(first), others, forme, tuple(_parts(told, anomalies)))


def _first(told: list[Fait[D]]) -> list[Fait[D]]:
    """The dozen, ranked: the worst of each thing that facts prevent, then the worst of what is left."""
    seen: Counter[Empeche] = Counter()
    chosen: list[Fait[D]] = []
    for one in told:
        if seen[one.empeche] < DE_CHAQUE:
            seen[one.empeche] += 1
            chosen.append(one)
    chosen += [one for one in told if one not in chosen]
    return sorted(chosen[:LE_PLUS], key=_rank)


def _facts(anomalies: Iterable[D]) -> Iterable[Fait[D]]:
    by_rule: dict[str, list[D]] = {}
    for one in anomalies:
        by_rule.setdefault(one.regle, []).append(one)
    for regle, held in by_rule.items():
        yield Fait(regle, Gravite(held[0].gravite), empeche(regle), tuple(held))


def _rank(fait: Fait[Dite]) -> tuple[int, int, int, str]:
    return (
        list(Empeche).index(fait.empeche),
        list(Gravite).index(fait.gravite),
        -len(fait.anomalies),
        fait.regle,
    )


def _parts(told: Iterable[Fait[D]], anomalies: Sequence[D]) -> Iterable[tuple[str, tuple[D, ...]]]:
    """The anomalies of each part of the contract, in its order; what is of the whole comes first."""
    kept = {id(one) for fait in told for one in fait.anomalies}
    places: dict[str, list[D]] = {WHOLE: []}
    for one in sorted((one for one in anomalies if id(one) in kept), key=lambda one: one.code):
        places.setdefault(one.ou.partition(", page ")[0], []).append(one)
    yield from ((place, tuple(held)) for place, held in places.items() if held)
