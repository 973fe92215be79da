"""The jalons of a fiche: adding, revising, reaching, giving up."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.trace import Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.champs import label, told
from tenir.ecran.versions import Conflit, Difference
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.services.fiche import GENRE, locked
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

WRITTEN = ("titre", "prevu_le", "revise_le", "atteint_le", "abandonne_le")


@transaction.atomic
def create_jalon(*, by: Acces, fiche: FicheAction, titre: str, prevu_le: date, motif: str = "") -> Jalon:
    """Add a jalon to a fiche.

    Raises:
        Refus: she may not.
        ValidationError: no title, or no day.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    found = locked(fiche)
    jalon = Jalon(fiche=found, titre=titre.strip(), prevu_le=prevu_le)
    jalon.full_clean()
    jalon.save()
    _trace(by, found, [Fait(GENRE, found.code, f"jalon « {jalon.titre} »", "", f"prévu le {date_fr(prevu_le)}")], motif)
    return jalon


@transaction.atomic
def update_jalon(
    *, by: Acces, jalon: Jalon, changes: Mapping[str, Any], motif: str = "", read: Mapping[str, Any] | None = None
) -> Jalon:
    """Write fields of a jalon (`WRITTEN`); those that keep their value leave no trace.

    `read`: what these fields held when they were read, for who wants to know that someone changed them meanwhile.

    Raises:
        Refus: she may not.
        Conflit: a field that changes is no more what was read.
        ValidationError: a value that no jalon can hold, or reached on a day that has not come.
    """
    require(by, "fiche.update", jalon.fiche.espace, jalon.fiche)
    fiche = locked(jalon.fiche)
    found = Jalon.objects.select_for_update(of=("self",)).get(pk=jalon.pk)
    changed = {name: changes[name] for name in WRITTEN if name in changes and getattr(found, name) != changes[name]}
    moved = [name for name in changed if read is not None and getattr(found, name) != read[name]]
    if moved:
        raise Conflit([_difference(found, name, changed[name]) for name in moved])
    facts = [_fact(fiche, found, name, value) for name, value in changed.items()]
    _set(found, changed)
    found.full_clean()
    if changed:
        found.save(update_fields=[*changed])
        _trace(by, fiche, facts, motif)
    return found


def tried(jalon: Jalon, changes: Mapping[str, Any]) -> Jalon:
    """The jalon as changes would leave it, on a copy: nothing is written.

    Raises:
        ValidationError: a value that no jalon can hold, or reached on a day that has not come.
    """
    found = copy(jalon)
    _set(found, changes)
    found.clean_fields(exclude={"id", "fiche"})
    found.validate_constraints()
    return found


def _set(jalon: Jalon, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(jalon, name, value)
    for name in ("atteint_le", "abandonne_le"):
        if (getattr(jalon, name) or horloge.today()) > horloge.today():
            raise ValidationError({name: "Ce jour n’est pas encore venu : révisez plutôt la date prévue."})


@transaction.atomic
def delete_jalon(*, by: Acces, jalon: Jalon) -> None:
    """Remove a jalon typed by mistake; the trace keeps what it said. One that is given up is `abandonne_le`.

    Raises:
        Refus: she may not.
    """
    require(by, "fiche.update", jalon.fiche.espace, jalon.fiche)
    fiche = locked(jalon.fiche)
    before = f"prévu le {date_fr(jalon.prevu_le)}"
    jalon.delete()
    _trace(by, fiche, [Fait(GENRE, fiche.code, f"jalon « {jalon.titre} »", before, "retiré")])


def _difference(jalon: Jalon, name: str, value: Any) -> Difference:
    return Difference(label(name, Jalon), told(name, getattr(jalon, name), Jalon), told(name, value, Jalon))


def _fact(fiche: FicheAction, jalon: Jalon, name: str, value: Any) -> Fait:
    before, after = told(name, getattr(jalon, name), Jalon), told(name, value, Jalon)
    return Fait(GENRE, fiche.code, f"jalon « {jalon.titre} », {label(name, Jalon)}", before, after)


def _trace(by: Acces, fiche: FicheAction, facts: list[Fait], motif: str = "") -> None:
    record(trace_of(fiche.espace), by.auteur(fiche.espace), facts, motif=motif)
