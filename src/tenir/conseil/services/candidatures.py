"""Candidates: offering to sit, without an account; what the team types, corrects and withdraws."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.conseil.enums import EtatDAppel
from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.conseil.services.appels import locked as locked_call
from tenir.conseil.services.commun import CONSEIL, RIGHT, about_candidature
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import nouns
from tenir.ecran.versions import changed_fields, refuse_older
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

REACHED = ("nom", "contact")
"""What is corrected once the list is frozen: how to reach someone, never what the draw counts."""
CLOSED = "Cet appel ne prend plus de candidatures."


@transaction.atomic
def offer(*, appel: AppelACandidatures, given: Mapping[str, Any]) -> Candidature:
    """Someone offers to sit, by the public form. The trace says that a candidate came, never who.

    Raises:
        ValidationError: the call is not open, or something that the draw needs is missing.
    """
    found = locked_call(appel)
    if found.etat != EtatDAppel.OUVERT:
        raise ValidationError(CLOSED)
    made = _made(found, given)
    made.save()
    fact = Fait(CONSEIL, made.code, "candidature", "", found.code)
    record(trace_of(found.espace), Auteur(commande="formulaire public"), [fact])
    return made


@transaction.atomic
def type_in(*, by: Acces, appel: AppelACandidatures, given: Mapping[str, Any]) -> Candidature:
    """Type a candidate who came otherwise: on paper, at a door. Until the list is frozen.

    Raises:
        Refus: she may not.
        ValidationError: the list is frozen, or something that the draw needs is missing.
    """
    require(by, RIGHT, appel.espace)
    found = locked_call(appel)
    if found.fige_le:
        raise ValidationError("La liste est figée : plus personne n’y entre.")
    made = _made(found, given)
    with geste(by, about_candidature(made), "inscrite") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(CONSEIL, made.code, "candidature", "", found.code)])
    return made


@transaction.atomic
def correct(*, by: Acces, candidature: Candidature, version: int, changes: Mapping[str, Any]) -> Candidature:
    """Correct a candidate; once drawn or frozen, only how to reach her. The trace keeps no value: they name someone.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: erased already, or what was published would change.
    """
    require(by, RIGHT, candidature.espace)
    found = locked(candidature)
    changed = changed_fields(found, changes, tuple(changes))
    refuse_older(found, version, changed)
    if found.efface_le and changed:
        raise ValidationError("Les coordonnées de cette candidature sont effacées.")
    frozen = found.appel is not None and found.appel.fige_le is not None
    if frozen and changed.keys() - set(REACHED):
        raise ValidationError("La liste est figée : seules les coordonnées se corrigent encore.")
    if changed:
        with geste(by, about_candidature(found), f"corrigée ({nouns(changed, Candidature)})") as g:
            g.keep(found)
            for name, value in changed.items():
                setattr(found, name, value)
            found.version += 1
            found.full_clean()
            found.save()
            g.tell([Fait(CONSEIL, found.code, nouns(changed, Candidature), "", "corrigé")])
    return found


@transaction.atomic
def withdraw(*, by: Acces, candidature: Candidature, lu: Lu | None = None) -> None:
    """Withdraw a candidate at her request, until the list is frozen; how to reach her is erased the night after.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: the list is frozen, or it was withdrawn already.
    """
    require(by, RIGHT, candidature.espace)
    found = locked(candidature)
    refuse_unread(lu, shown(found))
    if found.appel is None or found.appel.fige_le or found.retiree_le:
        raise ValidationError("On retire une candidature avant que la liste soit figée ; après, un mandat prend fin.")
    with geste(by, about_candidature(found), "retirée") as g:
        g.keep(found)
        found.retiree_le = horloge.today(found.espace)
        found.version += 1
        found.save(update_fields=["retiree_le", "version"])
        g.tell([Fait(CONSEIL, found.code, "candidature", "reçue", "retirée")])


def shown(candidature: Candidature) -> Lu:
    """What a page shows of a candidate it acts on."""
    return {"candidature": str(candidature.numero), "retirée": "oui" if candidature.retiree_le else "non"}


def locked(candidature: Candidature) -> Candidature:
    """A candidate as it stands now, held until the end of the transaction."""
    rows = Candidature.objects.select_for_update(of=("self",)).select_related("espace", "appel__espace")
    return still(rows, candidature)


def _made(appel: AppelACandidatures, given: Mapping[str, Any]) -> Candidature:
    made = Candidature(espace=appel.espace, appel=appel, numero=next_number(Candidature, appel.espace), **given)
    if made.college not in [one.college for one in appel.places]:
        raise ValidationError({"college": "Cet appel n’a pas de siège pour ce collège."})
    made.full_clean()
    return made
