"""How much each tranche of a grid was used in a year: said, corrected, taken back; never a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import nombre, pluriel, typo
from tenir.ecran.annulation.gestes import Ecriture, geste
from tenir.habilitations.rights import Acces, require
from tenir.tarifs.lignes import names_of
from tenir.tarifs.models import Frequentation, GrilleTarifaire, Tranche
from tenir.tarifs.services.commun import COUNT, TARIF, about, locked_grid

COUNTS = ("unites", "usagers")
"""What is counted of a tranche."""


@dataclass(frozen=True, slots=True)
class Compte:
    """What is said of a tranche: units, and distinct users where they are known; no unit: nothing is said."""

    unites: int | None
    usagers: int | None = None
    source: str = ""


def told_count(unites: int | None, usagers: int | None, source: str = "") -> str:
    """« 1 210, par 84 usagers (régie) »."""
    if unites is None:
        return ""
    by = f", par {pluriel(usagers, 'usager')}" if usagers is not None else ""
    return typo(f"{nombre(unites)}{by}{f' ({source})' if source else ''}")


@transaction.atomic
def say_attendance(
    *, by: Acces, grille: GrilleTarifaire, annee: int, comptes: Mapping[int, Compte], lu: Lu | None = None
) -> int:
    """Say the attendance of some tranches of a grid in a year, by key; say how many were changed.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a count that cannot be, no source, a year that is not over or not known, a scenario.
    """
    require(by, COUNT, grille.service.espace, grille.service)
    found = locked_grid(grille)
    refuse_unread(lu, shown(found, annee))
    if found.is_scenario:
        raise ValidationError("Un scénario n’a pas de fréquentation.")
    _refuse_before(found, annee)
    tranches = {one.pk: one for one in found.tranches.all()}
    names = names_of(tranches.values())
    held = {one.tranche_id: one for one in Frequentation.objects.filter(annee=annee, tranche__in=tranches)}
    facts: list[Fait] = []
    with geste(by, about(found.service, COUNT), f"fréquentation de {annee}") as g:
        for pk, compte in comptes.items():
            if pk in tranches:
                facts += _write(g, found, tranches[pk], annee, held.get(pk), compte, names[pk])
        if facts:
            g.tell(facts)
    return len(facts)


def _refuse_before(grille: GrilleTarifaire, annee: int) -> None:
    if grille.applicable_le and annee < grille.applicable_le.year:
        raise ValidationError(
            {"annee": f"Cette grille s’applique depuis {grille.applicable_le.year} : choisissez-en une d’avant."}
        )


def _write(
    g: Ecriture,
    grille: GrilleTarifaire,
    tranche: Tranche,
    annee: int,
    row: Frequentation | None,
    compte: Compte,
    name: str,
) -> list[Fait]:
    before = told_count(row.unites, row.usagers, row.source) if row else ""
    after = told_count(compte.unites, compte.usagers, compte.source)
    if compte.unites is None and compte.usagers is not None:
        raise ValidationError({f"unites_{tranche.pk}": "Dites aussi le nombre d’unités."})
    if before == after:
        return []
    if compte.unites is None:
        _take_back(g, row)
    else:
        _say(g, row or Frequentation(tranche=tranche, annee=annee), compte)
    return [Fait(TARIF, grille.service.code, f"fréquentation {annee}, {name}", before, after)]


def _take_back(g: Ecriture, row: Frequentation | None) -> None:
    if row is not None:
        g.keep(row)
        row.delete()


def _say(g: Ecriture, row: Frequentation, compte: Compte) -> None:
    g.keep(row)
    row.unites, row.usagers, row.source = compte.unites or 0, compte.usagers, compte.source.strip()
    try:
        row.full_clean(exclude=["tranche"])
    except ValidationError as error:
        raise ValidationError(beside(error, row.tranche_id)) from error
    row.save()


def beside(error: ValidationError, tranche: int) -> dict[str, list[ValidationError]]:
    """What a row refuses, under the cell of its tranche: the field, or the one that a constraint names."""
    found: dict[str, list[ValidationError]] = {}
    for name, faults in error.error_dict.items():
        for one in faults:
            field = (one.code or "") if name == NON_FIELD_ERRORS else name
            found.setdefault(f"{field}_{tranche}" if field in COUNTS else field, []).append(one)
    return found


def shown(grille: GrilleTarifaire, annee: int) -> Lu:
    """What a page shows of the attendance of a grid in a year."""
    names = names_of(grille.tranches.all())
    rows = Frequentation.objects.filter(annee=annee, tranche__grille=grille)
    said = {one.tranche_id: told_count(one.unites, one.usagers, one.source) for one in rows}
    return {"année": str(annee), **{name: said.get(pk, "") for pk, name in names.items()}}
