"""What is read of tariffs: the grid in force, the years counted, what a scenario gives."""

from collections.abc import Iterable, Sequence
from datetime import date

from tenir.core import horloge
from tenir.tarifs.calcul import Bilan, Comptee, reckon
from tenir.tarifs.lignes import bounds
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife


def in_force(grilles: Iterable[GrilleTarifaire], on: date) -> GrilleTarifaire | None:
    """Among the grids of a service, the one that applies on a day."""
    started = [one for one in grilles if one.applicable_le and one.applicable_le <= on]
    return max(started, key=lambda one: one.applicable_le or date.min, default=None)


def of_year(grilles: Iterable[GrilleTarifaire], annee: int) -> list[GrilleTarifaire]:
    """The grids of a service that applied some day of a year, the last first."""
    every = list(grilles)
    first = in_force(every, date(annee, 1, 1))
    since = [one for one in every if one is not first and one.applicable_le and one.applicable_le.year == annee]
    later = sorted(since, key=lambda one: one.applicable_le or date.min, reverse=True)
    return [*later, first] if first else later


def today_of(service: ServiceTarife) -> date:
    """The day of its contract."""
    return horloge.today(service.espace)


def counted_years(service: ServiceTarife) -> list[int]:
    """The years of which some attendance is said, the latest first."""
    rows = Frequentation.objects.filter(tranche__grille__service=service).order_by()
    return sorted(rows.values_list("annee", flat=True).distinct(), reverse=True)


def counted_in(annee: int | None, rows: Iterable[Frequentation], grilles: Sequence[GrilleTarifaire]) -> list[Comptee]:
    """What was counted in a year, by tranche of the grids that applied: in each of them, a tranche nobody counted is
    not known."""
    said = {one.tranche_id: one for one in rows if one.annee == annee}
    found: list[Comptee] = []
    for grille in grilles:
        tranches = list(grille.tranches.all())
        if any(one.pk in said for one in tranches):
            for one, borne in bounds(tranches):
                row = said.get(one.pk)
                found.append(Comptee(borne, row.unites if row else None, row.usagers if row else None))
    return found


def outcome(scenario: GrilleTarifaire, grilles: Sequence[GrilleTarifaire], rows: Iterable[Frequentation]) -> Bilan:
    """What a scenario gives beside the grid that it is compared with. `grilles`: the decided ones of its service."""
    base = next((one for one in grilles if one.pk == scenario.part_de_id), None)
    return reckon(
        base.tranches.all() if base else [],
        scenario.tranches.all(),
        counted_in(scenario.annee, rows, [one for one in grilles if one.pk != scenario.pk]),
        repartition=scenario.repartition,
        cout=scenario.service.cout,
    )
