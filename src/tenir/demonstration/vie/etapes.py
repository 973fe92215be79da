"""What happens on given days of the simulated life, beside the gestures of the actions, each on its day."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from tenir.core import horloge

EVENING = time(18)


@dataclass(frozen=True, slots=True)
class Etape:
    """Something done on a day."""

    jour: date
    fait: Callable[[], object]


class Suite:
    """Steps played as the days go by, so that the trace keeps their order."""

    def __init__(self, etapes: Iterable[Etape]) -> None:
        self.etapes = deque(sorted(etapes, key=lambda one: one.jour))

    def play_until(self, jour: date) -> None:
        """Play each step whose day has come."""
        while self.etapes and self.etapes[0].jour <= jour:
            etape = self.etapes.popleft()
            evening = horloge.at(etape.jour, EVENING)
            with horloge.simulated(evening - timedelta(minutes=len(self.etapes))):
                etape.fait()
