"""The grids of a service: one written from a day on, corrected, removed while nothing leans on it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.habilitations.rights import Acces, require
from tenir.tarifs.lecture import today_of
from tenir.tarifs.lignes import Ligne
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.commun import RIGHT, TARIF, about, locked, locked_grid
from tenir.tarifs.services.tranches import facts_between, write_lines, written_lines


def next_grid(service: ServiceTarife) -> int:
    """The number of the next grid of a service, which this transaction holds."""
    last: int | None = GrilleTarifaire.objects.filter(service=service).aggregate(last=Max("numero"))["last"]
    return (last or 0) + 1


@transaction.atomic
def write_grid(*, by: Acces, service: ServiceTarife, applicable_le: date, lignes: Sequence[Ligne]) -> GrilleTarifaire:
    """Write the grid that applies from a day on; those before it stay as the history of prices.

    Raises:
        Refus: she may not.
        ValidationError: tranches that overlap or leave a hole, a price that cannot be, a day when another one starts.
    """
    require(by, RIGHT, service.espace)
    found = locked(service)
    made = GrilleTarifaire(
        service=found, numero=next_grid(found), applicable_le=applicable_le, inscrite_le=today_of(found)
    )
    made.full_clean()
    with geste(by, about(found), f"grille inscrite, applicable le {date_fr(applicable_le)}") as g:
        g.keep(made)
        made.save()
        write_lines(g, made, lignes)
        facts = facts_between(TARIF, found.code, {}, written_lines(made))
        g.tell([Fait(TARIF, found.code, "grille", "", f"applicable le {date_fr(applicable_le)}"), *facts])
    return made


@transaction.atomic
def correct_grid(
    *, by: Acces, grille: GrilleTarifaire, applicable_le: date, lignes: Sequence[Ligne], lu: Lu | None = None
) -> GrilleTarifaire:
    """Correct what was mistyped of a grid: its day, its prices; a tranche in which attendance was counted stays.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: as `write_grid`, or it is a scenario.
    """
    require(by, RIGHT, grille.service.espace)
    found = locked_grid(grille)
    refuse_unread(lu, shown(found))
    if found.is_scenario:
        raise ValidationError("C’est un scénario : il se change sur sa page.")
    before, day = written_lines(found), found.applicable_le
    with geste(by, about(found.service), "grille corrigée") as g:
        g.keep(found)
        found.applicable_le, found.version = applicable_le, found.version + 1
        found.full_clean()
        found.save()
        write_lines(g, found, lignes)
        facts = facts_between(TARIF, found.service.code, before, written_lines(found))
        if day and day != applicable_le:
            facts.append(Fait(TARIF, found.service.code, "grille", date_fr(day), date_fr(applicable_le)))
        g.tell(facts)
    return found


@transaction.atomic
def remove_grid(*, by: Acces, grille: GrilleTarifaire, lu: Lu | None = None) -> None:
    """Remove a grid or a scenario, while no attendance and no scenario leans on it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: attendance was counted in it; a scenario is compared with it.
    """
    require(by, RIGHT, grille.service.espace)
    if not GrilleTarifaire.objects.filter(pk=grille.pk).exists():
        return
    found = locked_grid(grille)
    refuse_unread(lu, shown(found))
    if Frequentation.objects.on([found]).exists():
        raise ValidationError("Une fréquentation est comptée dans cette grille : elle reste.")
    if GrilleTarifaire.objects.filter(part_de=found).exists():
        raise ValidationError("Un scénario se compare à cette grille : elle reste.")
    what = f"scénario « {found.titre} »" if found.is_scenario else "grille"
    with geste(by, about(found.service), f"{what} retiré{'' if found.is_scenario else 'e'}") as g:
        g.keep(found)
        before = written_lines(found)
        for one in found.tranches.all():
            g.keep(one)
            one.delete()
        found.delete()
        g.tell(facts_between(TARIF, found.service.code, before, {}))


def shown(grille: GrilleTarifaire) -> Lu:
    """What a page shows of a grid: its day or its name, its prices."""
    day = date_fr(grille.applicable_le) if grille.applicable_le else ""
    return {"nom": grille.titre, "applicable le": day, "état": str(grille.version), **written_lines(grille)}
