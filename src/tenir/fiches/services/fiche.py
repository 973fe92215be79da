"""Changing the fields of a fiche action."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import nouns
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.fiches.champs import ASSIGNED, NIVEAUX
from tenir.fiches.enums import EXPLAINED
from tenir.fiches.models import FicheAction
from tenir.habilitations.rights import Acces, require

GENRE = "fiche action"
"""The kind of these facts in the trace; their object is the code of the action."""


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
    changed = changed_fields(found, settled(changes), NIVEAUX)
    _require_assignment(by, found, changed)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, found.code, found, changed)
    right = "fiche.assign" if ASSIGNED & changed.keys() else "fiche.update"
    with geste(by, about(found, right), f"fiche modifiée ({nouns(changed, FicheAction)})") as g:
        g.keep(found)
        _write(found, changed)
        g.tell(facts, motif)
    return found


def about(fiche: FicheAction, right: str = "fiche.update") -> Chose:
    """A fiche as what is done to it is told, and undone."""
    return Chose(fiche, GENRE, fiche.code, fiche.action.titre, right)


def locked(fiche: FicheAction) -> FicheAction:
    """The fiche as it stands now, held until the end of the transaction."""
    rows = FicheAction.objects.select_for_update(of=("self",))
    return rows.select_related("espace", "action__orientation", "organisme_en_charge", "personne_en_charge").get(
        pk=fiche.pk
    )


def settled(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes with what follows from them: the reason of a status goes with it, unless the new one says why too."""
    given = dict(changes)
    if "statut" in given and given["statut"] not in EXPLAINED:
        given.setdefault("motif", "")
    return given


def tried(fiche: FicheAction, changes: Mapping[str, Any]) -> FicheAction:
    """The fiche as changes would leave it, on a copy: nothing is written.

    Raises:
        ValidationError: a value that no fiche can hold, or a day of the real calendar that has not come.
    """
    found = copy(fiche)
    _set(found, settled(changes))
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
        fiche.statut_depuis = horloge.today(fiche.espace) if fiche.statut else None
    _refuse_future(fiche)


def _refuse_future(fiche: FicheAction) -> None:
    ahead = [
        name
        for name in ("debut_reel", "fin_reelle")
        if (getattr(fiche, name) or horloge.today(fiche.espace)) > horloge.today(fiche.espace)
    ]
    if ahead:
        sentence = "Une date réelle est un jour passé : pour un jour à venir, utilisez le calendrier révisé."
        raise ValidationError(dict.fromkeys(ahead, sentence))


def _require_assignment(by: Acces, fiche: FicheAction, changes: Mapping[str, Any]) -> None:
    if ASSIGNED & changes.keys():
        require(by, "fiche.assign", fiche.espace, fiche)
