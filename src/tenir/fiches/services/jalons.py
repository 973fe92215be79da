"""The jalons of a fiche: adding, revising, reaching, giving up."""

from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Ecriture, geste
from tenir.ecran.champs import label, told, words_of
from tenir.ecran.versions import refuse_moved
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.services.fiche import GENRE, about, locked
from tenir.habilitations.rights import Acces, require

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
    with geste(by, about(found), f"jalon « {jalon.titre} » ajouté") as g:
        g.keep(jalon)
        jalon.save()
        g.tell([Fait(GENRE, found.code, f"jalon « {jalon.titre} »", "", f"prévu le {date_fr(prevu_le)}")], motif)
    return jalon


@transaction.atomic
def update_jalon(
    *,
    by: Acces,
    jalon: Jalon,
    changes: Mapping[str, Any],
    motif: str = "",
    read: Mapping[str, Any] | None = None,
) -> Jalon:
    """Write fields of a jalon (`WRITTEN`); those that keep their value leave no trace.

    `read`: what these fields held when they were read, for who wants to know that someone changed them meanwhile.

    Raises:
        Refus: she may not.
        Conflit: a field that changes is no more what was read.
        ValidationError: a value that no jalon can hold, reached on a day that has not come, given up without a reason.
    """
    require(by, "fiche.update", jalon.fiche.espace, jalon.fiche)
    fiche = locked(jalon.fiche)
    found = still(Jalon.objects.select_for_update(of=("self",)), jalon)
    changed = {name: changes[name] for name in WRITTEN if name in changes and getattr(found, name) != changes[name]}
    refuse_moved(found, changed, read)
    with geste(by, about(fiche), f"jalon « {found.titre} » {_done(changed)}") as g:
        _write(g, fiche, found, changed, motif)
    return found


@transaction.atomic
def settle_jalon(*, by: Acces, jalon: Jalon, fin: str, motif: str = "", lu: Lu | None = None) -> Jalon:
    """Say that a jalon is reached (`atteint_le`) or given up (`abandonne_le`) today; `lu`: what was shown of it.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is awaited no more: one corrects its day.
    """
    require(by, "fiche.update", jalon.fiche.espace, jalon.fiche)
    found = still(Jalon.objects.select_for_update(of=("self",)).select_related("fiche__espace"), jalon)
    refuse_unread(lu, shown(found))
    if not found.attendu:
        raise ValidationError("Ce jalon est déjà atteint ou abandonné : modifiez-le pour corriger son jour.")
    return update_jalon(by=by, jalon=found, changes={fin: horloge.today(found.fiche.espace)}, motif=motif)


def shown(jalon: Jalon) -> Lu:
    """What a page shows of a jalon."""
    return words_of(jalon, WRITTEN)


def _write(g: Ecriture, fiche: FicheAction, jalon: Jalon, changed: Mapping[str, Any], motif: str) -> None:
    facts = [_fact(fiche, jalon, name, value) for name, value in changed.items()]
    g.keep(jalon)
    _set(jalon, changed)
    jalon.full_clean()
    if changed.get("abandonne_le") and not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi ce jalon est abandonné."})
    if changed:
        jalon.save(update_fields=[*changed])
        g.tell(facts, motif)


def _done(changed: Mapping[str, Any]) -> str:
    """What is done to a jalon, in a word."""
    if changed.get("atteint_le"):
        return f"atteint le {date_fr(changed['atteint_le'])}"
    return "abandonné" if changed.get("abandonne_le") else "modifié"


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
        if (getattr(jalon, name) or horloge.today(jalon.fiche.espace)) > horloge.today(jalon.fiche.espace):
            raise ValidationError({name: "Ce jour n’est pas encore venu : révisez plutôt la date prévue."})


@transaction.atomic
def delete_jalon(*, by: Acces, jalon: Jalon, lu: Lu | None = None) -> None:
    """Remove a jalon typed by mistake; the trace keeps what it said. One that is given up is `abandonne_le`.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, "fiche.update", jalon.fiche.espace, jalon.fiche)
    fiche = locked(jalon.fiche)
    found = Jalon.objects.select_for_update(of=("self",)).filter(pk=jalon.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    with geste(by, about(fiche), f"jalon « {found.titre} » retiré") as g:
        g.keep(found)
        found.delete()
        g.tell([Fait(GENRE, fiche.code, f"jalon « {found.titre} »", f"prévu le {date_fr(found.prevu_le)}", "retiré")])


def _fact(fiche: FicheAction, jalon: Jalon, name: str, value: Any) -> Fait:
    before, after = told(name, getattr(jalon, name), Jalon), told(name, value, Jalon)
    return Fait(GENRE, fiche.code, f"jalon « {jalon.titre} », {label(name, Jalon)}", before, after)
