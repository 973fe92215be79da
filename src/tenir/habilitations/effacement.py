"""Erasing a person at her request: nothing says any more who she was, and the contract keeps its memory.

What stays is her number. `docs/adr/0017-effacement.md` says why.
"""

from django.db import transaction
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.acteurs.services import close_account
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.oubli import Marques, OubliImpossible, scrub
from tenir.core.piece import pieces
from tenir.core.trace import Fait, record
from tenir.habilitations.attribution import AttributionRefusee, end_all
from tenir.habilitations.connu import known_of, shown
from tenir.habilitations.mentions import note
from tenir.habilitations.models import Referent
from tenir.habilitations.oubli import marques_of
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
        EffacementRefuse: no reason, erased already, nobody would administer the platform, a team would be left empty
            without a word, or a work that names her is under way.
    """
    require(by, "personne.erase", None)
    motif = motif.strip()
    if not motif:
        raise EffacementRefuse("Dites pourquoi cette personne est effacée.")
    found = Personne.objects.select_for_update(of=("self",)).select_related("utilisateur").get(pk=personne.pk)
    if found.effacee_le:
        raise EffacementRefuse("Cette personne est déjà effacée.")
    refuse_unread(lu, shown(known_of(found)))
    marques = marques_of(found)
    cleared = erase_about(found, marques, by.auteur(None), motif)  # before its end is told: it says nothing of her
    try:
        end_all(found, by, motif, vide=vide)
    except AttributionRefusee as error:
        raise EffacementRefuse(str(error)) from error
    _end_functions(found, by, motif)
    _empty(found)
    _forget(found, marques)
    note(found, marques)
    record(PLATEFORME, by.auteur(None), [Fait("personne", str(found.pk), "effacement de la personne")], motif=motif)
    return cleared


def _end_functions(personne: Personne, by: Acces, motif: str) -> None:
    """End what she still holds; a function, with its body and days, would say who she was: it goes."""
    for held in Referent.objects.filter(personne=personne).select_related("espace"):
        today = horloge.real_today(held.espace)
        going_on = held.au is None or held.au > today
        if going_on:
            held.au = max(today, held.du)
            fact = Fait("référent", str(personne.pk), "fin du contact")
            record(trace_of(held.espace), by.auteur(held.espace), [fact], motif=motif)
        held.fonction = ""
        held.save(update_fields=["au", "fonction"])


def _forget(personne: Personne, marques: Marques) -> None:
    """Every room empties what it keeps of her; what the machine wrote anywhere loses her marks."""
    try:
        for piece in pieces():
            if piece.forget:
                piece.forget(personne, marques)
    except OubliImpossible as error:
        raise EffacementRefuse(str(error)) from error
    scrub(marques)


def _empty(personne: Personne) -> None:
    utilisateur = personne.utilisateur
    personne.nom = personne.email = personne.telephone = ""
    personne.utilisateur, personne.effacee_le = None, timezone.now()
    personne.save()
    if utilisateur:
        close_account(utilisateur)
