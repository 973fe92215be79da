"""The targets of an indicator, one by one: fixing one, changing it, removing it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import words_of
from tenir.ecran.versions import changed_fields, refuse_moved
from tenir.habilitations.rights import Acces, require
from tenir.indicateurs.models import CibleDIndicateur, SuiviDIndicateur
from tenir.indicateurs.services.indicateur import GENRE, about, figure, locked

WRITTEN = ("valeur", "source")


@transaction.atomic
def create_cible(*, by: Acces, suivi: SuiviDIndicateur, le: date, valeur: Decimal, source: str = "") -> None:
    """Fix what an indicator should reach by a day.

    Raises:
        Refus: she may not.
        ValidationError: one is fixed already for that day, or a value that no target can hold.
    """
    require(by, "indicateur.define", suivi.espace, suivi)
    found = locked(suivi)
    if found.cibles.filter(le=le).exists():
        raise ValidationError({"le": "Une cible est déjà fixée pour ce jour : changez-la."})
    cible = CibleDIndicateur(suivi=found, le=le, valeur=valeur, source=source.strip())
    cible.full_clean()
    with geste(by, about(found), f"cible au {date_fr(le)} fixée") as g:
        g.keep(cible)
        cible.save()
        g.tell([_fact(found, le, "", _told(cible))])


@transaction.atomic
def update_cible(
    *, by: Acces, cible: CibleDIndicateur, changes: Mapping[str, Any], read: Mapping[str, Any] | None = None
) -> None:
    """Write the value or the source of a target. `read`: what they held when they were read.

    Raises:
        Refus: she may not.
        Conflit: what changes is no more what was read.
        ValidationError: a value that no target can hold.
    """
    require(by, "indicateur.define", cible.suivi.espace, cible.suivi)
    suivi = locked(cible.suivi)
    found = still(CibleDIndicateur.objects.select_for_update(of=("self",)), cible)
    changed = changed_fields(found, changes, WRITTEN)
    refuse_moved(found, changed, read)
    if not changed:
        return
    with geste(by, about(suivi), f"cible au {date_fr(found.le)} modifiée") as g:
        g.keep(found)
        before = _told(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.full_clean()
        found.save(update_fields=[*changed])
        g.tell([_fact(suivi, found.le, before, _told(found))])


@transaction.atomic
def delete_cible(*, by: Acces, cible: CibleDIndicateur, lu: Lu | None = None) -> None:
    """Remove a target; the trace keeps what it said.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, "indicateur.define", cible.suivi.espace, cible.suivi)
    suivi = locked(cible.suivi)
    found = CibleDIndicateur.objects.select_for_update(of=("self",)).filter(pk=cible.pk).first()
    if found is None:
        return
    refuse_unread(lu, shown(found))
    with geste(by, about(suivi), f"cible au {date_fr(found.le)} retirée") as g:
        g.keep(found)
        found.delete()
        g.tell([_fact(suivi, found.le, _told(found), "")])


def shown(cible: CibleDIndicateur) -> Lu:
    """What a page shows of a target."""
    return words_of(cible, WRITTEN)


def _told(cible: CibleDIndicateur) -> str:
    return f"{figure(cible.valeur)} ({cible.source})" if cible.source else figure(cible.valeur)


def _fact(suivi: SuiviDIndicateur, le: date, before: str, after: str) -> Fait:
    return Fait(GENRE, suivi.code, f"cible au {date_fr(le)}", before, after)
