"""What a survey says: shares of each question, small numbers masked, this edition beside another.

Whoever is not of the team reads no result under twenty questionnaires, no number under five, and, of a question that
takes one answer, never one masked number alone: it would be found by taking away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from tenir.core.typographie import nombre
from tenir.enquetes.models import Enquete, QuestionDEnquete

ASSEZ, FEW = 20, 5
"""Under how many questionnaires no result leaves the team; under how many a number does not."""
SURE = 1.96
"""How many standard errors apart two shares must be, to be said different (95 %)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One answer: how many, which share of those who answered; neither when it is masked."""

    code: str
    mots: str
    nombre: int | None
    part: float | None

    @property
    def dit(self) -> str:
        """Its number and its share in words."""
        if self.nombre is None or self.part is None:
            return "secret"
        return f"{pourcent(self.part)} ({nombre(self.nombre)})"


@dataclass(frozen=True, slots=True)
class Resultat:
    """A question with the shares of its answers, and how many answered it."""

    question: QuestionDEnquete
    total: int
    parts: Sequence[Part]


def pourcent(part: float) -> str:
    """« 34 % »."""
    return f"{nombre(round(100 * part))} %"


def readable(enquete: Enquete) -> bool:
    """Whether enough answered for someone else than the team to read anything."""
    return enquete.reponses >= ASSEZ


def results(enquete: Enquete, *, whole: bool) -> list[Resultat]:
    """The results of a survey; three queries. `whole`: for the team, nothing masked."""
    rows = enquete.questions.order_by("rang").prefetch_related("decomptes")
    return [_result(one, whole=whole) for one in rows]


def _result(question: QuestionDEnquete, *, whole: bool) -> Resultat:
    held = {one.reponse: one.nombre for one in question.decomptes.all()}
    counts = {code: held.get(code, 0) for code in question.possibles}
    total = held.get(TOUTES, 0)
    hidden = set() if whole else masked(counts, single=not question.plusieurs)
    parts = [
        Part(code, words, None, None)
        if code in hidden or not total
        else Part(code, words, counts[code], counts[code] / total)
        for code, words in question.possibles.items()
    ]
    return Resultat(question, total, parts)


TOUTES = "toutes"
"""The count of those who answered a question, whatever they answered."""


def masked(counts: Mapping[str, int], *, single: bool) -> set[str]:
    """The answers whose number is not told: those under five, and one more when one alone could be found."""
    small = {code for code, many in counts.items() if 0 < many < FEW}
    if single and len(small) == 1:
        others = sorted((many, code) for code, many in counts.items() if code not in small and many)
        small |= {others[0][1]} if others else set()
    return small


def gap(one: Part, before: Part, total: int, total_before: int) -> str:
    """How a share moved since an edition, in words; « écart non significatif » when it may be chance."""
    if one.part is None or before.part is None or not total or not total_before:
        return ""
    both = ((one.nombre or 0) + (before.nombre or 0)) / (total + total_before)
    error = sqrt(both * (1 - both) * (1 / total + 1 / total_before))
    moved = one.part - before.part
    if not error or abs(moved) / error < SURE:
        return "écart non significatif"
    points = nombre(abs(round(100 * moved)))
    return f"{'+' if moved > 0 else '−'} {points} points"


def compared(now: Sequence[Resultat], before: Sequence[Resultat]) -> dict[str, list[tuple[Part, Part | None, str]]]:
    """The answers of this edition beside those of another, by the code of the question, where both asked it."""
    then = {one.question.code: one for one in before}
    found = {}
    for one in now:
        if (other := then.get(one.question.code)) is not None:
            old = {part.code: part for part in other.parts}
            found[one.question.code] = [
                (
                    part,
                    old.get(part.code),
                    gap(part, old[part.code], one.total, other.total) if part.code in old else "",
                )
                for part in one.parts
            ]
    return found
