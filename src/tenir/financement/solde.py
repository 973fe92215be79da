"""What the dated rows of a line come to: the state that stands, the amount that counts, the last of each stage.

An amount is what the state comes to in all at that date: a second payment says the total paid. The later date stands,
and of two of one day, the one written last. A payment in part does not lessen what was voted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tenir.financement.enums import DECIDED, ENDED, WITHOUT_AMOUNT, EtatDeFinancement
from tenir.financement.montants import ZERO


class EnDate(Protocol):
    """What is read of a row."""

    rang: int
    le: date
    etat: str
    montant: Decimal | None


@dataclass(frozen=True, slots=True)
class Solde:
    """What the rows of a line come to."""

    etat: str
    etat_le: date | None
    montant: Decimal | None
    compte: Decimal
    annonce: Decimal | None = None
    demande: Decimal | None = None
    vote: Decimal | None = None
    verse: Decimal | None = None


def settle(rows: Iterable[EnDate]) -> Solde:
    """What the rows of a line come to; announced, without an amount, when there is none."""
    ordered = sorted(rows, key=lambda one: (one.le, one.rang))
    if not ordered:
        return Solde(EtatDeFinancement.ANNONCE, None, None, ZERO)
    last = ordered[-1]
    stages = _stages(ordered)
    counted = _counted(last, stages)
    return Solde(last.etat, last.le, last.montant, counted, **stages)


def _stages(ordered: list[EnDate]) -> dict[str, Decimal | None]:
    """The last amount announced, asked, decided and paid; what was decided falls with a refusal or a cancellation."""
    found: dict[str, Decimal | None] = dict.fromkeys(("annonce", "demande", "vote", "verse"))
    for one in ordered:
        if one.etat in ENDED:
            found["vote"] = None
        elif one.etat in DECIDED:
            found["vote"] = one.montant
        elif one.etat in found:
            found[one.etat] = one.montant
    if found["verse"] is not None and ordered[-1].etat not in ENDED:
        found["vote"] = max(found["vote"] or ZERO, found["verse"])
    return found


def _counted(last: EnDate, stages: Mapping[str, Decimal | None]) -> Decimal:
    """What the line brings: nothing once refused, but what was paid; all that was voted while it is being paid."""
    if last.etat in WITHOUT_AMOUNT:
        return stages["verse"] or ZERO
    if last.etat == EtatDeFinancement.VERSE:
        return stages["vote"] or ZERO
    return last.montant or ZERO
