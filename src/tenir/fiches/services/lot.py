"""Changing many fiches at once: what each would become, then the change, fiche by fiche, never over another's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core.typographie import accord, capital, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble
from tenir.ecran.champs import nouns
from tenir.ecran.versions import Conflit, Difference, difference
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import settled, tried, update_fiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require


@dataclass(frozen=True, slots=True)
class Effet:
    """What a change makes of one fiche: its differences, none when it says so already; why it is refused."""

    fiche: FicheAction
    differences: list[Difference]
    raison: str = ""
    conflit: bool = False

    @property
    def change(self) -> bool:
        """Whether the fiche changes."""
        return bool(self.differences) and not self.raison and not self.conflit


def fiches_of(espace: EspaceDeContrat, codes: Sequence[str]) -> list[FicheAction]:
    """The fiches of some actions in force, in the order of the contract."""
    rows = FicheAction.objects.of(espace).filter(action__code__in=codes)
    return list(rows.select_related("espace", "action__orientation", "organisme_en_charge", "personne_en_charge"))


def preview_bulk(
    *, by: Acces, espace: EspaceDeContrat, codes: Sequence[str], changes: Mapping[str, Any]
) -> list[Effet]:
    """What a change would make of each fiche; nothing is written.

    Raises:
        Refus: she may not change fiches in bulk.
    """
    require(by, "fiche.bulk", espace)
    return [_effect(fiche, changes) for fiche in fiches_of(espace, codes)]


@transaction.atomic
def update_bulk(
    *, by: Acces, espace: EspaceDeContrat, versions: Mapping[str, int], changes: Mapping[str, Any], motif: str
) -> list[Effet]:
    """Change each fiche whose version, by code, is still the one that was shown; tell what became of every one.

    Raises:
        Refus: she may not change fiches in bulk.
        ValidationError: nothing says why.
    """
    require(by, "fiche.bulk", espace)
    if not motif.strip():
        raise ValidationError({"pourquoi": "Dites pourquoi ce changement : la trace le garde."})
    found = fiches_of(espace, list(versions))
    with ensemble(by, espace, lambda count: _said_of(count, changes)):
        return [_changed(by, fiche, versions[fiche.code], changes, motif) for fiche in found]


def _said_of(count: int, changes: Mapping[str, Any]) -> str:
    changed = f"{pluriel(count, 'fiche', genre='f', lettres=True)} {accord(count, 'modifiée')}"
    return f"{capital(changed)} ({nouns(changes, FicheAction)})."


def _changed(by: Acces, fiche: FicheAction, version: int, changes: Mapping[str, Any], motif: str) -> Effet:
    effect = _effect(fiche, changes)
    if not effect.differences or (effect.raison and version == fiche.version):
        return effect
    try:
        update_fiche(by=by, fiche=fiche, version=version, changes=changes, motif=motif)
    except Conflit as conflict:
        fiche.refresh_from_db()
        return Effet(fiche, conflict.differences, conflit=True)
    except ValidationError as error:
        return Effet(fiche, effect.differences, _said(error))
    return effect


def _effect(fiche: FicheAction, changes: Mapping[str, Any]) -> Effet:
    changed = {name: value for name, value in settled(changes).items() if getattr(fiche, name) != value}
    differences = [difference(fiche, name, value) for name, value in changed.items()]
    try:
        tried(fiche, changed)
    except ValidationError as error:
        return Effet(fiche, differences, _said(error))
    return Effet(fiche, differences)


def _said(error: ValidationError) -> str:
    return typo(" ".join(error.messages))
