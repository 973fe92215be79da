"""The days that a new form proposes: today, or the last period that is over."""

from datetime import date, timedelta

from tenir.natures.enums import Periode

MONTHS = {Periode.MOIS: 1, Periode.TRIMESTRE: 3, Periode.SEMESTRE: 6, Periode.ANNEE: 12}


def last_period(periode: Periode | None, on: date) -> tuple[date, date]:
    """The last whole period before a day: for a term, on 29 November, from 1 July to 30 September."""
    months = MONTHS[periode or Periode.TRIMESTRE]
    elapsed = (on.year * 12 + on.month - 1) // months * months
    return _first(elapsed - months), _first(elapsed) - timedelta(days=1)


def _first(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
