"""Keeping what a contract offers: rights of the product set aside or read again, local aids."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.droits.catalogue import shipped
from tenir.droits.champs import WRITTEN
from tenir.droits.models import AideLocale, ReglageDeDroit
from tenir.droits.services.commun import GENRE_AIDE, GENRE_DROIT, RIGHT
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, nouns, told
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold, next_number
from tenir.habilitations.rights import Acces, require

SET_UP = ("ecarte", "relu_le")


def reglage_of(espace: EspaceDeContrat, code: str) -> ReglageDeDroit:
    """What the team says of a right of the product; nothing yet, as it is shipped."""
    found = ReglageDeDroit.objects.filter(espace=espace, droit=code).first()
    return found or ReglageDeDroit(espace=espace, droit=code, version=0)


@transaction.atomic
def set_up(
    *, by: Acces, espace: EspaceDeContrat, code: str, version: int, changes: Mapping[str, Any]
) -> ReglageDeDroit:
    """Offer a right of the product or not; say on which day someone read it again in the law.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: no such right, or a day to come.
    """
    require(by, RIGHT, espace)
    droit = next((one for one in shipped() if one.code == code), None)
    if droit is None:
        raise ValidationError("Ce droit n’est pas de ceux que Tenir propose.")
    hold(espace)
    found = reglage_of(espace, code)
    changed = changed_fields(found, changes, SET_UP)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE_DROIT, code, found, changed)
    with geste(
        by, Chose(found, GENRE_DROIT, code, droit.libelle, RIGHT), f"réglé ({nouns(changed, ReglageDeDroit)})"
    ) as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        if found.relu_le and found.relu_le > horloge.today(espace):
            raise ValidationError({"relu_le": "Ce jour n’est pas encore venu."})
        found.full_clean()
        found.save()
        g.tell(facts)
    return found


def about(aide: AideLocale) -> Chose:
    """A local aid as what is done to it is told, and undone."""
    return Chose(aide, GENRE_AIDE, aide.code, aide.libelle, RIGHT)


@transaction.atomic
def add_aide(*, by: Acces, espace: EspaceDeContrat, values: Mapping[str, Any]) -> AideLocale:
    """Offer a local aid.

    Raises:
        Refus: she may not.
        ValidationError: a field that it cannot hold, or no condition.
    """
    require(by, RIGHT, espace)
    made = AideLocale(espace=espace, **values)
    made.numero = next_number(AideLocale, espace)
    made.full_clean()
    with geste(by, about(made), "ajoutée") as g:
        g.keep(made)
        made.save()
        said = {name: told(name, getattr(made, name), AideLocale) for name in WRITTEN}
        g.tell(
            [Fait(GENRE_AIDE, made.code, label(name, AideLocale), "", value) for name, value in said.items() if value]
        )
    return made


@transaction.atomic
def change_aide(*, by: Acces, aide: AideLocale, version: int, changes: Mapping[str, Any]) -> AideLocale:
    """Change a local aid.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a field that it cannot hold, or no condition.
    """
    require(by, RIGHT, aide.espace)
    found = _locked(aide)
    changed = changed_fields(found, changes, WRITTEN)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE_AIDE, found.code, found, changed)
    with geste(by, about(found), f"changée ({nouns(changed, AideLocale)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        found.full_clean()
        found.save()
        g.tell(facts)
    return found


@transaction.atomic
def withdraw_aide(*, by: Acces, aide: AideLocale, lu: Lu | None = None) -> AideLocale:
    """Offer a local aid no more; what was counted of it stays.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, aide.espace)
    found = _locked(aide)
    refuse_unread(lu, shown(found))
    today = horloge.today(found.espace)
    with geste(by, about(found), "retirée") as g:
        g.keep(found)
        found.retiree_le = today
        found.version += 1
        found.save()
        g.tell([Fait(GENRE_AIDE, found.code, label("retiree_le", AideLocale), "", date_fr(today))])
    return found


def shown(aide: AideLocale) -> Lu:
    """What a page shows of a local aid that it acts on."""
    return {"aide": aide.libelle, "ce qu’elle est": aide.explication, "qui aide": aide.service}


def _locked(aide: AideLocale) -> AideLocale:
    rows = AideLocale.objects.select_for_update(of=("self",)).filter(retiree_le=None).select_related("espace")
    return still(rows, aide)
