"""What indicators compute from préconisations: those of the council of residents, that came over a period."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.enums import FINAL, FOLLOWED, Origine
from tenir.preconisations.models import Preconisation, PreconisationQuerySet


def computed(espace: EspaceDeContrat, de: str, debut: date, fin: date) -> Decimal | None:
    """What one word of `natures.modeles.SUITES` counts; none while the council asked nothing by then.

    Where each stands is that of today: of what came in 2025, what is answered since.
    """
    rows = Preconisation.objects.of(espace).public().filter(origine=Origine.CONSEIL)
    if not rows.filter(recue_le__lte=fin).exists():
        return None
    return _MADE[de](rows.filter(recue_le__range=(debut, fin)))


def _received(rows: PreconisationQuerySet) -> Decimal:
    return Decimal(rows.count())


def _answered(rows: PreconisationQuerySet) -> Decimal:
    return Decimal(rows.filter(etat__in=FINAL).count())


def _followed(rows: PreconisationQuerySet) -> Decimal:
    return Decimal(rows.filter(etat__in=FOLLOWED).count())


def _in_time(rows: PreconisationQuerySet) -> Decimal | None:
    """Among those whose first date is past or that were answered, the share answered by that date, to the unit."""
    judged = [in_time for one in rows.prefetch_related("reponses") if (in_time := _was_in_time(one)) is not None]
    return Decimal(round(100 * sum(judged) / len(judged))) if judged else None


def _was_in_time(one: Preconisation) -> bool | None:
    """Whether its first answer that closes came by the first date; none while that date is still to come."""
    days = [answer.le for answer in one.reponses.all() if answer.reponse in FINAL]
    if one.promise_pour is None or (not days and one.promise_pour >= horloge.today(one.espace)):
        return None
    return bool(days) and min(days) <= one.promise_pour


_MADE: dict[str, Callable[[PreconisationQuerySet], Decimal | None]] = {
    "recues": _received,
    "repondues": _answered,
    "suivies": _followed,
    "a-temps": _in_time,
}
