"""Counting. One more leaves no line in the trace, on purpose: a line and its hour would tell who came.

A number that someone corrects does (`docs/adr/0088-reperage-des-droits.md`).
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import month_fr, nombre
from tenir.droits.catalogue import offers
from tenir.droits.enums import ACCUEIL, Suite
from tenir.droits.models import CompteDeDroit
from tenir.droits.services.commun import COUNT, GENRE_COMPTE
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

MOST = 100_000
"""More than any town counts in a month: past it a finger slipped."""


@transaction.atomic
def count_reception(*, by: Acces, espace: EspaceDeContrat, organisme: Organisation, droits: Iterable[str]) -> int:
    """One more person received this month, and one more for each right pointed to; how many rights.

    Raises:
        Refus: she does not count for this body.
        ValidationError: a right that the contract does not offer.
    """
    asked = sorted(set(droits))
    _allowed(by, espace, organisme)
    _known(espace, asked)
    for code in [ACCUEIL, *asked]:
        _one_more(espace, organisme, code, Suite.REPERE)
    return len(asked)


@transaction.atomic
def count_outcome(*, by: Acces, espace: EspaceDeContrat, organisme: Organisation, droit: str, suite: Suite) -> None:
    """One more right that was opened, refused or left, this month.

    Raises:
        Refus: she does not count for this body.
        ValidationError: a right that the contract does not offer.
    """
    _allowed(by, espace, organisme)
    _known(espace, [droit])
    _one_more(espace, organisme, droit, suite)


@transaction.atomic
def correct(*, by: Acces, compte: CompteDeDroit, valeur: int, lu: Lu | None = None) -> CompteDeDroit:
    """Write a number counted wrong.

    Raises:
        Refus: she does not count for this body.
        Perime: it is no more what was read.
        ValidationError: no number of a month.
    """
    require(by, COUNT, compte.espace, compte)
    rows = CompteDeDroit.objects.select_for_update(of=("self",)).select_related("espace", "organisme")
    found = rows.get(pk=compte.pk)
    refuse_unread(lu, shown(found))
    if not 0 <= valeur <= MOST:
        raise ValidationError({"nombre": f"Écrivez un nombre de 0 à {nombre(MOST)}."})
    with geste(by, about(found), "corrigé") as g:
        g.keep(found)
        fact = Fait(GENRE_COMPTE, found.code, label("nombre", CompteDeDroit), str(found.nombre), str(valeur))
        found.nombre = valeur
        found.save()
        g.tell([fact])
    return found


def about(compte: CompteDeDroit) -> Chose:
    """A number as what is done to it is told, and undone."""
    return Chose(compte, GENRE_COMPTE, compte.code, f"{compte.droit}, {month_fr(compte.mois)}", COUNT)


def shown(compte: CompteDeDroit) -> Lu:
    """What a page shows of a number."""
    return {"compte": f"{compte.code}, {compte.organisme}, {compte.get_suite_display()}", "nombre": str(compte.nombre)}


def _allowed(by: Acces, espace: EspaceDeContrat, organisme: Organisation) -> None:
    require(by, COUNT, espace, CompteDeDroit(espace=espace, organisme=organisme))


def _known(espace: EspaceDeContrat, codes: Iterable[str]) -> None:
    there = {one.droit.code for one in offers(espace)}
    if unknown := [one for one in codes if one not in there]:
        raise ValidationError(f"Ce contrat ne propose pas « {unknown[0][:60]} » : rouvrez la page.")


def _one_more(espace: EspaceDeContrat, organisme: Organisation, code: str, suite: Suite) -> None:
    mois: date = horloge.today(espace).replace(day=1)
    rows = CompteDeDroit.objects
    one, _ = rows.get_or_create(espace=espace, organisme=organisme, mois=mois, droit=code, suite=suite)
    rows.filter(pk=one.pk).update(nombre=F("nombre") + 1)
