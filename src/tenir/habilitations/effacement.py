"""Erasing a person at her request: nothing says any more who she was, and the contract keeps its memory.

What stays is her number. `docs/adr/0017-effacement.md` says why.
"""

from django.db import transaction
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.acteurs.personnes import behind
from tenir.acteurs.services import close_account
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.piece import pieces
from tenir.core.trace import Fait, record
from tenir.habilitations.attribution import AttributionRefusee, end_all
from tenir.habilitations.connu import invitations_to, known_of, shown
from tenir.habilitations.models import Referent
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import PLATEFORME, trace_of
from tenir.habilitations.traces import EffacementRefuse, erase_about


@transaction.atomic
def erase_person(*, by: Acces, personne: Personne, motif: str, vide: bool = False, lu: Lu | None = None) -> int:
    """Erase a person in every contract; return how many entries of the traces lost their values.

    `vide`: it is known that the team of a contract holds nobody any more, if so.

    Raises:
        Refus: she may not.
        Perime: what is known of her is no more what was read.
        EffacementRefuse: no reason, erased already, nobody would administer the platform, or a team would be
            left empty without a word.
    """
    require(by, "personne.erase", None)
    motif = motif.strip()
    if not motif:
        raise EffacementRefuse("Dites pourquoi cette personne est effacée.")
    found = Personne.objects.select_for_update(of=("self",)).select_related("utilisateur").get(pk=personne.pk)
    if found.effacee_le:
        raise EffacementRefuse("Cette personne est déjà effacée.")
    refuse_unread(lu, shown(known_of(found)))
    cleared = erase_about(found, by.auteur(None), motif)  # before its end is told: those entries say nothing of her
    try:
        end_all(found, by, motif, vide=vide)
    except AttributionRefusee as error:
        raise EffacementRefuse(str(error)) from error
    _end_functions(found, by, motif)
    _blank_invitations(found)
    _empty(found)
    for piece in pieces():
        if piece.forget:
            piece.forget(found)
    record(PLATEFORME, by.auteur(None), [Fait("personne", str(found.pk), "effacement de la personne")], motif=motif)
    return cleared


def _end_functions(personne: Personne, by: Acces, motif: str) -> None:
    """End what she still holds; a function, with its body and days, would say who she was: it goes."""
    for held in Referent.objects.filter(personne=personne).select_related("espace"):
        today = horloge.real_today(held.espace)
        today = horloge.real_today(held.espace)
        going_on = held.au is None or held.au > today
        if going_on:
            held.au = max(today, held.du)
            fact = Fait("référent", str(personne.pk), "fin du contact")
            record(trace_of(held.espace), by.auteur(held.espace), [fact], motif=motif)
        held.fonction = ""
        held.save(update_fields=["au", "fonction"])


def _blank_invitations(personne: Personne) -> None:
    """Take her address off what was sent to it, unless others share it; what still waits opens nothing any more."""
    sent = invitations_to(personne)
    for address in {one for one in (personne.email,) if behind(one).exclude(pk=personne.pk).exists()}:
        sent = sent.exclude(email__iexact=address)
    sent.filter(acceptee_le=None, revoquee_le=None).update(revoquee_le=timezone.now())
    sent.update(email="")


def _empty(personne: Personne) -> None:
    utilisateur = personne.utilisateur
    personne.nom = personne.email = personne.telephone = ""
    personne.utilisateur, personne.effacee_le = None, timezone.now()
    personne.save()
    if utilisateur:
        close_account(utilisateur)
