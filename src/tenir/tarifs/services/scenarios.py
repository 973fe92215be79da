"""Scenarios: copied from the grid in force, changed, put on an agenda, retained."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import label, told_on
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.commun import same_contract
from tenir.gouvernance.services.points import add_point
from tenir.habilitations.rights import Acces, require
from tenir.tarifs.champs import SCENARIO as WRITTEN
from tenir.tarifs.lecture import in_force, today_of
from tenir.tarifs.lignes import Ligne
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife
from tenir.tarifs.services.commun import RIGHT, SCENARIO, TARIF, about, about_scenario, locked, locked_grid
from tenir.tarifs.services.grilles import next_grid, remove_grid, shown
from tenir.tarifs.services.tranches import facts_between, write_lines, written_lines

RETENU = "Ce scénario est retenu : il ne change plus. Ouvrez-en un autre."


@transaction.atomic
def open_scenario(
    *, by: Acces, service: ServiceTarife, lignes: Sequence[Ligne], values: Mapping[str, Any]
) -> GrilleTarifaire:
    """Open a scenario beside the grid in force.

    Raises:
        Refus: she may not.
        ValidationError: no grid in force, no name, tranches that overlap or leave a hole, a price that cannot be.
    """
    require(by, RIGHT, service.espace)
    found = locked(service)
    base = in_force(GrilleTarifaire.objects.of(found).decided(), today_of(found))
    if base is None:
        raise ValidationError("Inscrivez d’abord la grille en vigueur : un scénario se compare à elle.")
    made = GrilleTarifaire(service=found, numero=next_grid(found), part_de=base, inscrite_le=today_of(found), **values)
    made.full_clean()
    with geste(by, about_scenario(made), "ouvert") as g:
        g.keep(made)
        made.save()
        write_lines(g, made, lignes)
        facts = facts_between(SCENARIO, made.code, written_lines(base), written_lines(made))
        g.tell([Fait(SCENARIO, made.code, "scénario", "", made.titre), *facts])
    return made


@transaction.atomic
def rewrite_scenario(
    *,
    by: Acces,
    grille: GrilleTarifaire,
    lignes: Sequence[Ligne],
    values: Mapping[str, Any],
    lu: Lu | None = None,
) -> GrilleTarifaire:
    """Change a scenario: its name, the year that it is reckoned on, its prices, its bounds, what is supposed.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: as `open_scenario`, or it was retained.
    """
    found = _open(by, grille, lu)
    before = written_lines(found)
    moved = {name: value for name, value in values.items() if name in WRITTEN and getattr(found, name) != value}
    facts = [
        Fait(SCENARIO, found.code, label(name, GrilleTarifaire), told_on(found, name, getattr(found, name)),
             told_on(found, name, value))
        for name, value in moved.items()
    ]  # fmt: skip
    with geste(by, about_scenario(found), "changé") as g:
        g.keep(found)
        for name, value in moved.items():
            setattr(found, name, value)
        found.version += 1
        found.full_clean()
        found.save()
        write_lines(g, found, lignes)
        g.tell([*facts, *facts_between(SCENARIO, found.code, before, written_lines(found))])
    return found


@transaction.atomic
def put_forward(*, by: Acces, grille: GrilleTarifaire, reunion: Reunion, lu: Lu | None = None) -> GrilleTarifaire:
    """Put a scenario on the agenda of a meeting; one gesture, undone at once.

    Raises:
        Refus: she may not, of a tariff or of a meeting.
        Perime: it is no more what was read.
        ValidationError: a meeting of another contract, or called off; it is on an agenda already, or retained.
    """
    found = _open(by, grille, lu)
    same_contract(found.service.espace_id, reunion=reunion)
    if found.point_id:
        raise ValidationError("Ce scénario est déjà à l’ordre du jour d’une réunion.")
    titre = typo(f"Tarifs, {found.service.libelle} : scénario « {found.titre} »")
    with geste(by, about_scenario(found), f"mis à l’ordre du jour, {reunion}") as g:
        g.keep(found)
        found.point = add_point(by=by, reunion=reunion, titre=titre)
        found.version += 1
        found.save()
        g.tell([Fait(SCENARIO, found.code, "ordre du jour", "", str(reunion))])
    return found


@transaction.atomic
def retain(
    *, by: Acces, grille: GrilleTarifaire, decidee_le: date, decision: str, applicable_le: date, lu: Lu | None = None
) -> GrilleTarifaire:
    """Make a scenario the grid of its service from a day on, by a decision.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: no reference, a day when another grid starts, a decision after the grid applies; retained.
    """
    found = _open(by, grille, lu)
    if applicable_le < decidee_le:
        raise ValidationError({"applicable_le": f"La décision est du {date_fr(decidee_le)} : la grille vient après."})
    with geste(
        by, about(found.service), f"scénario « {found.titre} » retenu, applicable le {date_fr(applicable_le)}"
    ) as g:
        g.keep(found)
        found.applicable_le, found.decidee_le, found.decision = applicable_le, decidee_le, decision.strip()
        found.version += 1
        found.full_clean()
        found.save()
        said = f"applicable le {date_fr(applicable_le)}, {found.decision} du {date_fr(decidee_le)}"
        g.tell([Fait(TARIF, found.service.code, "grille", "", said)])
    return found


def _open(by: Acces, grille: GrilleTarifaire, lu: Lu | None) -> GrilleTarifaire:
    """A scenario as it stands now, held, that nobody retained.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it was retained.
    """
    require(by, RIGHT, grille.service.espace)
    found = locked_grid(grille)
    refuse_unread(lu, shown(found))
    if not found.is_scenario:
        raise ValidationError(RETENU)
    return found


@transaction.atomic
def remove_scenario(*, by: Acces, grille: GrilleTarifaire, lu: Lu | None = None) -> None:
    """Remove a scenario that nobody retained; one already removed stays so.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it was retained.
    """
    require(by, RIGHT, grille.service.espace)
    if GrilleTarifaire.objects.filter(pk=grille.pk).exists():
        _open(by, grille, None)
        remove_grid(by=by, grille=grille, lu=lu)
