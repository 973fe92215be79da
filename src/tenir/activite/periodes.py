"""The periods of what is counted: the last one that is over, those not given yet, how each is called."""

from collections.abc import Iterator
from datetime import date, timedelta

from tenir.core.typographie import date_fr, month_fr
from tenir.natures.enums import Periode

MONTHS = {Periode.MOIS: 1, Periode.TRIMESTRE: 3, Periode.SEMESTRE: 6, Periode.ANNEE: 12}

Jours = tuple[date, date]
"""The first day and the last."""


def last_period(periode: Periode | None, on: date) -> Jours:
    """The last whole period before a day: for a term, on 29 November, from 1 July to 30 September."""
    months = MONTHS[periode or Periode.TRIMESTRE]
    elapsed = (on.year * 12 + on.month - 1) // months * months
    return _first(elapsed - months), _first(elapsed) - timedelta(days=1)


def periods_over(periode: Periode, on: date, since: date) -> list[Jours]:
    """The periods over before a day that ended since another, the oldest first; the last one always."""
    return [*reversed(list(_backwards(periode, on, since)))]


def _backwards(periode: Periode, on: date, since: date) -> Iterator[Jours]:
    found = last_period(periode, on)
    yield found
    while (found := last_period(periode, found[0]))[1] >= since:
        yield found


def named(periode: Periode | None, jours: Jours) -> str:
    """A period as one says it: « octobre 2026 », « 3e trimestre 2026 », « année 2026 »."""
    debut, fin = jours
    if periode is None:
        return f"du {date_fr(debut)} au {date_fr(fin)}"
    if periode == Periode.MOIS:
        return month_fr(debut)
    if periode == Periode.ANNEE:
        return f"année {debut.year}"
    rank = (debut.month - 1) // MONTHS[periode] + 1
    return f"{rank}{'er' if rank == 1 else 'e'} {periode.value} {debut.year}"


def _first(elapsed: int) -> date:
    return date(elapsed // 12, elapsed % 12 + 1, 1)
