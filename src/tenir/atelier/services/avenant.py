"""The act of an avenant: its title, its decision, its days; where each signatory stands with it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from tenir.atelier.models import Accord, Brouillon
from tenir.atelier.services.brouillon import RIGHT, locked
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait, record
from tenir.ecran.champs import label, told, words_of
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

ACTE = ("titre", "decision", "motif", "signe_le", "en_vigueur_le")
ACCORD = ("etat", "le", "decision")
GENRE = "texte"


def shown_act(brouillon: Brouillon) -> Lu:
    """What a page shows of the act of an avenant."""
    return words_of(brouillon, ACTE)


def shown_accord(accord: Accord) -> Lu:
    """What a page shows of where a signatory stands."""
    return words_of(accord, ACCORD)


def accord_of(brouillon: Brouillon, signataire: str) -> Accord:
    """Where a signatory stands with an avenant; nothing said as yet, when nobody said it."""
    found = Accord.objects.filter(brouillon=brouillon, signataire=signataire).first()
    return found or Accord(brouillon=brouillon, signataire=signataire)


@transaction.atomic
def ecrire_l_acte(*, by: Acces, brouillon: Brouillon, valeurs: Mapping[str, Any], lu: Lu | None = None) -> Brouillon:
    """Say what the act of an avenant says of itself. `valeurs`: those of `ACTE`.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is over, or no act can hold that.
    """
    require(by, RIGHT, brouillon.espace)
    found = locked(brouillon)
    refuse_unread(lu, shown_act(found))
    _write(by, found, found, ACTE, valeurs, found.espace.slug)
    return found


@transaction.atomic
def dire_l_accord(
    *, by: Acces, brouillon: Brouillon, signataire: str, valeurs: Mapping[str, Any], lu: Lu | None = None
) -> Accord:
    """Say where a signatory stands with an avenant. `valeurs`: those of `ACCORD`.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is over, or no day is said.
    """
    require(by, RIGHT, brouillon.espace)
    found = locked(brouillon)
    accord = accord_of(found, signataire)
    refuse_unread(lu, shown_accord(accord))
    _write(by, found, accord, ACCORD, valeurs, signataire)
    return accord


def _write(
    by: Acces, brouillon: Brouillon, row: Any, names: tuple[str, ...], valeurs: Mapping[str, Any], code: str
) -> None:
    faits = []
    for name in names:
        before, after = getattr(row, name), valeurs[name]
        if before != after:
            model = type(row)
            faits.append(Fait(GENRE, code, label(name, model), told(name, before, model), told(name, after, model)))
            setattr(row, name, after)
    if faits:
        row.full_clean()
        row.save()
        record(trace_of(brouillon.espace), by.auteur(brouillon.espace), faits)
