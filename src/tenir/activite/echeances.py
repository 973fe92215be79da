"""What the registers expect: what falls due soon or is past, what nobody confirmed for too long."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Q, QuerySet

from tenir.activite.models import Objet
from tenir.activite.seuils import warned_before
from tenir.natures.enums import Periode
from tenir.natures.modeles import NatureEntiere

LASTS = {
    Periode.MOIS: relativedelta(months=1),
    Periode.TRIMESTRE: relativedelta(months=3),
    Periode.SEMESTRE: relativedelta(months=6),
    Periode.ANNEE: relativedelta(years=1),
}
"""After how long a thing that is to be confirmed at a rhythm waits to be."""


@dataclass(frozen=True, slots=True)
class Attendu:
    """A thing of which something is expected: by which day, and the last day on which something was said of it.

    `du`: it falls due, else it is to be confirmed.
    """

    objet: Objet
    nature: NatureEntiere
    le: date
    vu: date
    du: bool


def expected(things: QuerySet[Objet], kinds: Iterable[NatureEntiere], on: date) -> list[Attendu]:
    """What is expected of things that go on (read with their state), the most pressing first; one query.

    Of thousands of things few fall due soon: the database leaves out those of which nothing may be expected yet.
    """
    known = {one.nature: one for one in kinds}
    last = on + max((_ahead(one, on) for one in known.values()), default=timedelta())
    confirmed = [one.nature for one in known.values() if one.periode]
    possible = things.filter(Q(echeance__lte=last) | Q(nature__in=confirmed))
    found = [one for thing in possible if thing.nature in known for one in _of(thing, known[thing.nature], on)]
    return sorted(found, key=lambda one: (one.le, one.objet.numero))


def _of(objet: Objet, kind: NatureEntiere, on: date) -> Iterator[Attendu]:
    if not goes_on(objet, kind):
        return
    seen: date = getattr(objet, "dernier")  # noqa: B009 (an annotation: it counts, so something was said)
    if objet.echeance and objet.echeance <= on + _ahead(kind, on):
        yield Attendu(objet, kind, objet.echeance, seen, du=True)
    if kind.periode and (until := seen + LASTS[kind.periode]) <= on:
        yield Attendu(objet, kind, until, seen, du=False)


def _ahead(kind: NatureEntiere, on: date) -> timedelta:
    """How long before it falls due one is warned of a thing."""
    return timedelta(days=warned_before(on) if kind.prevenir is None else kind.prevenir)


def goes_on(objet: Objet, kind: NatureEntiere) -> bool:
    """Whether something is still expected of a thing read with its state: it counts, in a state that is not closed."""
    etat = kind.etat(getattr(objet, "etat", None) or "")
    return etat is not None and not etat.clos
