"""The rules of an opinion: how long the council has, what its silence is worth. As data, with what says so.

Only the law's is here. Any other is written by the team with the request, from the contract or a règlement, with its
source: none is assumed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tenir.activite.calendrier import public_holiday
from tenir.conseil.enums import Silence, UniteDeDelai
from tenir.gouvernance.enums import NatureDeSource

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class RegleDAvis:
    """How long, what silence is worth, and what says so."""

    delai: int
    unite: UniteDeDelai
    silence: Silence
    nature: NatureDeSource
    source: str
    depuis: date


RAPPORT_ANNUEL = RegleDAvis(
    1,
    UniteDeDelai.MOIS,
    Silence.FAVORABLE,
    NatureDeSource.LOI,
    "décret n° 2015-1118 du 3 septembre 2015 (rapport annuel), lu dans des résumés concordants",
    date(2015, 9, 3),
)
"""The annual report: one month at least, and silence is favourable."""


def last_day(recue_le: date, delai: int, unite: str) -> date:
    """The last day of a time limit, included: the day of receipt does not count, and nothing stops in summer.

    Months go from a day to the same day of the month, or to its last; a last day that is a Saturday, a Sunday or a
    public holiday gives way to the next that is not (choice of Tenir, after the usual rule of procedure: ADR 0060).
    """
    from dateutil.relativedelta import relativedelta  # slow to start, for who asks no opinion

    step = relativedelta(months=delai) if unite == UniteDeDelai.MOIS else timedelta(days=delai)
    found: date = recue_le + step
    while found.weekday() >= SATURDAY or public_holiday(found):
        found += timedelta(days=1)
    return found
