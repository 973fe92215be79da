"""Whom to call in each body of a contract: recording a contact, ending it, with its trace."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.passation import hand_over, held_by, known_successor
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

GENRE = "référent"
"""The kind of these facts in the trace; their object is the number of the person."""


class ContactRefuse(Exception):
    """The contact may not be recorded or ended; the message is the French sentence to show."""


class Sort(StrEnum):
    """What becomes of a contact that is recorded."""

    AJOUTE = "ajouté"
    MIS_A_JOUR = "mis à jour"
    CONNU = "déjà connu"


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to call, as typed or imported. `email` may be empty: some are known by telephone alone."""

    nom: str
    organisation: Organisation
    fonction: str = ""
    email: str = ""
    telephone: str = ""


def contacts_of(espace: EspaceDeContrat, on: date) -> QuerySet[Referent]:
    """The contacts of a contract that day, with their person and body."""
    return Referent.objects.filter(espace=espace).current(on).select_related("personne", "organisation", "espace")


@transaction.atomic
def record_contact(*, by: Acces, espace: EspaceDeContrat, contact: Contact) -> tuple[Referent, Sort]:
    """Add a contact, or complete the one already known: the same address, or the same name in the same body.

    What is known of a person elsewhere than in this contract, or of one who signs in, is never replaced from here.

    Raises:
        Refus: she may not change the contacts of this body.
        ValidationError: a name, an address or a number that is none.
    """
    require(by, "contact.update", espace, Referent(espace=espace, organisation=contact.organisation))
    EspaceDeContrat.objects.select_for_update().get(pk=espace.pk)  # the same person twice at once would be two
    today, auteur = horloge.today(), by.auteur(espace)
    personne = _held_still(_known(espace, contact, today))
    faits = _completed(espace, personne, contact) if personne else []
    personne = personne or _new(contact)
    held = contacts_of(espace, today).filter(personne=personne, organisation=contact.organisation).first()
    if held and (not contact.fonction or held.fonction == contact.fonction):
        _trace(espace, auteur, faits)
        return held, Sort.MIS_A_JOUR if faits else Sort.CONNU
    sort = Sort.MIS_A_JOUR if held else Sort.AJOUTE
    before = told(held) if held else ""
    referent = held or Referent(espace=espace, personne=personne, organisation=contact.organisation, du=today)
    referent.fonction = contact.fonction
    referent.full_clean()
    referent.save()
    _trace(espace, auteur, [Fait(GENRE, str(personne.pk), "contact", before, told(referent)), *faits])
    return referent, sort


@transaction.atomic
def end_contact(
    *,
    by: Acces,
    referent: Referent,
    motif: str = "",
    successor: Personne | Contact | None = None,
    lu: Lu | None = None,
) -> Referent | None:
    """End a contact today: the person is no more the one to call; what she did stays in the trace.

    A `successor`, already known in the contract or new, takes up her function and all that she is in charge of there;
    the contact that she becomes is returned.

    Raises:
        Refus: she may not.
        Perime: the contact, or what she is in charge of, is no more what was read.
        ContactRefuse: it has ended already, or the successor is she who leaves.
        PassationRefusee: the successor is not known in this contract.
        ValidationError: a new successor with a name, an address or a number that is none.
    """
    require(by, "contact.update", referent.espace, referent)
    found = Referent.objects.select_for_update().get(pk=referent.pk)
    today = horloge.today()
    refuse_unread(lu, shown(found))
    if found.au and found.au <= today:
        raise ContactRefuse("Ce contact a déjà pris fin.")
    before = told(found)
    found.au = today
    found.full_clean()
    found.save(update_fields=["au"])
    fact = Fait(GENRE, str(found.personne_id), "contact", before, "")
    record(trace_of(found.espace), by.auteur(found.espace), [fact], motif=motif)
    return _succeeded(by, found, successor, motif) if successor else None


def _succeeded(by: Acces, left: Referent, successor: Personne | Contact, motif: str) -> Referent:
    """The contact who takes up a function, and what she who left was in charge of."""
    espace, today = left.espace, horloge.today()
    if isinstance(successor, Contact):
        successor = _known(espace, successor, today) or _new(successor)
    elif successor.pk != left.personne_id:
        known_successor(espace, left.personne, successor)
    if successor.pk == left.personne_id:
        raise ContactRefuse("La personne qui prend la suite est celle qui s’en va.")
    same = {"personne": successor, "organisation": left.organisation, "fonction": left.fonction}
    taken = contacts_of(espace, today).filter(**same).first()
    if taken is None:
        taken = Referent(espace=espace, du=today, **same)
        taken.full_clean()
        taken.save()
        fact = Fait(GENRE, str(successor.pk), "contact", "", told(taken))
        record(trace_of(espace), by.auteur(espace), [fact], motif=motif)
    hand_over(by=by, espace=espace, de=left.personne, a=successor, motif=motif)
    return taken


def shown(referent: Referent) -> Lu:
    """What a page shows of a contact, of the person, and of what she is in charge of."""
    personne = referent.personne
    return {
        "nom": personne.nom,
        "courriel": personne.email,
        "téléphone": personne.telephone,
        "organisme": referent.organisation.nom,
        "fonction": referent.fonction,
        "fin": date_fr(referent.au) if referent.au else "",
        "ce dont cette personne est chargée": ", ".join(held_by(referent.espace, personne)),
    }


def told(referent: Referent) -> str:
    """A contact as the trace tells it: no name of a person in it."""
    return ", ".join(part for part in (referent.organisation.nom, referent.fonction) if part)


def _known(espace: EspaceDeContrat, contact: Contact, on: date) -> Personne | None:
    known = Personne.objects.filter(effacee_le__isnull=True)
    if contact.email:
        found = known.filter(email__iexact=contact.email).first()
        if found:
            return found
    here = known.filter(nom__iexact=contact.nom, referents__in=contacts_of(espace, on))
    same_body = here.filter(referents__organisation=contact.organisation).distinct()
    return next((one for one in same_body if not (one.email and contact.email)), None)


def _held_still(personne: Personne | None) -> Personne | None:
    """The person as she is now, until the end of the transaction: her erasure meanwhile would be undone by a save."""
    if personne is None:
        return None
    return Personne.objects.select_for_update(of=("self",)).filter(pk=personne.pk, effacee_le__isnull=True).first()


def _completed(espace: EspaceDeContrat, personne: Personne, contact: Contact) -> list[Fait]:
    """Write what the contact adds to a person; return the facts for the trace."""
    ours = personne.utilisateur_id is None and not _elsewhere(personne, espace)
    faits = []
    for field, label, value in (
        ("nom", "nom", contact.nom),
        ("email", "adresse électronique", contact.email),
        ("telephone", "téléphone", contact.telephone),
    ):
        before = getattr(personne, field)
        if value and value.casefold() != before.casefold() and (ours or not before):
            setattr(personne, field, value)
            faits.append(Fait("personne", str(personne.pk), label, before, value))
    if faits:
        personne.full_clean()
        personne.save()
    return faits


def _elsewhere(personne: Personne, espace: EspaceDeContrat) -> bool:
    """Whether the person is known in another contract, or on the platform."""
    return personne.referents.exclude(espace=espace).exists() or personne.habilitations.exclude(espace=espace).exists()


def _new(contact: Contact) -> Personne:
    personne = Personne(nom=contact.nom, email=contact.email, telephone=contact.telephone)
    personne.full_clean()
    personne.save()
    return personne


def _trace(espace: EspaceDeContrat, auteur: Auteur, faits: list[Fait]) -> None:
    if faits:
        record(trace_of(espace), auteur, faits)
