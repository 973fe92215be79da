"""Changing the fields of a fiche action."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.trace import Fait, record
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of
from tenir.suivi.champs import ASSIGNED, NIVEAUX, label, told
from tenir.suivi.models import FicheAction

GENRE = "fiche action"
"""The kind of these facts in the trace; their object is the code of the action."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that someone else changed meanwhile: what stands now, and what was about to be written."""

    champ: str
    actuel: str
    propose: str


class Conflit(Exception):
    """The fiche changed since it was read: nothing is written, and what would be lost is told field by field."""

    def __init__(self, fiche: FicheAction, differences: list[Difference]) -> None:
        super().__init__("Quelqu’un d’autre a changé cette fiche entre-temps : comparez, puis choisissez.")
        self.fiche, self.differences = fiche, differences


@transaction.atomic
def update_fiche(
    *, by: Acces, fiche: FicheAction, version: int, changes: Mapping[str, Any], motif: str = ""
) -> FicheAction:
    """Write fields of a fiche; those that keep their value leave no trace. Return the fiche as it stands.

    `version` is that of the fiche as it was read; `changes` are values of the model's fields, by name.

    Raises:
        Refus: she may not, on this fiche or on who carries it.
        Conflit: someone changed the fiche since that version.
        ValidationError: a value that no fiche can hold, or a day of the real calendar that has not come.
    """
    require(by, "fiche.update", fiche.espace, fiche)
    found = locked(fiche)
    changed = {name: value for name, value in changes.items() if _held(found, name) != value}
    _require_assignment(by, found, changed)
    if version != found.version:
        raise Conflit(found, [_difference(found, name, value) for name, value in changed.items()])
    if not changed:
        return found
    facts = [_fact(found, name, value) for name, value in changed.items()]
    _write(found, changed)
    record(trace_of(found.espace), by.auteur(found.espace), facts, motif=motif)
    return found


def locked(fiche: FicheAction) -> FicheAction:
    """The fiche as it stands now, held until the end of the transaction."""
    rows = FicheAction.objects.select_for_update(of=("self",))
    return rows.select_related("espace", "action__orientation", "organisme_en_charge", "personne_en_charge").get(
        pk=fiche.pk
    )


def tried(fiche: FicheAction, changes: Mapping[str, Any]) -> FicheAction:
    """The fiche as changes would leave it, on a copy: nothing is written.

    Raises:
        ValidationError: a value that no fiche can hold, or a day of the real calendar that has not come.
    """
    found = copy(fiche)
    _set(found, changes)
    found.clean_fields(exclude={one.name for one in FicheAction._meta.fields} - changes.keys())
    found.validate_constraints()
    return found


def _write(fiche: FicheAction, changes: Mapping[str, Any]) -> None:
    _set(fiche, changes)
    fiche.version += 1
    fiche.full_clean()
    fiche.save()


def _set(fiche: FicheAction, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(fiche, name, value)
    if "statut" in changes:
        fiche.statut_depuis = horloge.today() if fiche.statut else None
    _refuse_future(fiche)


def _refuse_future(fiche: FicheAction) -> None:
    ahead = [
        name for name in ("debut_reel", "fin_reelle") if (getattr(fiche, name) or horloge.today()) > horloge.today()
    ]
    if ahead:
        sentence = "Une date réelle est un jour passé : pour un jour à venir, utilisez le calendrier révisé."
        raise ValidationError(dict.fromkeys(ahead, sentence))


def _held(fiche: FicheAction, name: str) -> Any:
    if name not in NIVEAUX:
        raise ValueError(f"{name!r} is not a field that a fiche lets one write")
    return getattr(fiche, name)


def _require_assignment(by: Acces, fiche: FicheAction, changes: Mapping[str, Any]) -> None:
    if ASSIGNED & changes.keys():
        require(by, "fiche.assign", fiche.espace, fiche)


def _difference(fiche: FicheAction, name: str, value: Any) -> Difference:
    return Difference(label(name), told(name, getattr(fiche, name)), told(name, value))


def _fact(fiche: FicheAction, name: str, value: Any) -> Fait:
    before, after = told(name, getattr(fiche, name)), told(name, value)
    return Fait(GENRE, fiche.code, label(name), before, after)
