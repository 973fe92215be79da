"""From days to places on the frieze: plain arithmetic, in units of its drawing."""

from dataclasses import dataclass
from datetime import date, timedelta

MINIMUM = 4.0
"""The narrowest bar that the eye still sees."""


@dataclass(frozen=True, slots=True)
class Barre:
    """A bar: where it starts, and how wide it is."""

    x: float
    largeur: float


@dataclass(frozen=True, slots=True)
class Echelle:
    """The years of a contract, first and last included, laid from `gauche` over `largeur`."""

    debut: int
    fin: int
    gauche: float
    largeur: float

    def x(self, day: date) -> float:
        """Where a day starts; a day out of the years is laid at their edge."""
        days = (day - date(self.debut, 1, 1)).days
        return self.gauche + self.largeur * min(max(days / self._days, 0), 1)

    def holds(self, day: date) -> bool:
        """Whether a day is in the years."""
        return self.debut <= day.year <= self.fin

    def annees(self) -> list[tuple[int, float]]:
        """Each year and where it starts."""
        return [(year, self.x(date(year, 1, 1))) for year in range(self.debut, self.fin + 1)]

    def barre(self, start: date | None, end: date | None) -> Barre | None:
        """A period, both days included. Of one day alone, a mark at that day: what is not said is not drawn."""
        if start is None and end is None:
            return None
        if start is None or end is None:
            return self._mark(start or end)
        left = self.x(start)
        width = max(self.x(_next(end)) - left, MINIMUM)
        return Barre(min(left, self._right - width), width)

    def _mark(self, day: date | None) -> Barre:
        assert day is not None  # noqa: S101 (one of the two days is said)
        return Barre(min(self.x(day), self._right - MINIMUM), MINIMUM)

    @property
    def _right(self) -> float:
        return self.gauche + self.largeur

    @property
    def _days(self) -> int:
        return (date(self.fin, 12, 31) - date(self.debut, 1, 1)).days + 1


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
