"""Whom to call in each body of a contract: recording a contact, correcting it, ending it, with its trace.

A person is a name in a body: two may share an address, and an address never says who is meant.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from tenir.acteurs.models import Organisation, Personne
from tenir.acteurs.personnes import behind, known_as, named
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.fichier.mots import comparable
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.numeros import hold
from tenir.habilitations.passation import hand_over, held_by, known_successor
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.services import trace_of

GENRE = "référent"
"""The kind of these facts in the trace; their object is the number of the person."""


class ContactRefuse(Exception):
    """The contact may not be recorded, corrected or ended; the message is the French sentence to show."""


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


@dataclass(frozen=True, slots=True)
class Changement:
    """What changes of a person or of her contact: the noun, before, after."""

    champ: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Enregistrement:
    """A contact that was recorded: what became of it, what changed, and what was given but left.

    `avec`: the others of the contract whose address it is too.
    """

    referent: Referent
    sort: Sort
    changements: tuple[Changement, ...] = ()
    gardes: tuple[Changement, ...] = ()
    avec: tuple[str, ...] = ()


COORDONNEES = (("email", "adresse électronique"), ("telephone", "téléphone"))
"""How one is reached."""


def contacts_of(espace: EspaceDeContrat, on: date) -> QuerySet[Referent]:
    """The contacts of a contract that day, with their person and body."""
    return Referent.objects.filter(espace=espace).current(on).select_related("personne", "organisation", "espace")


TWICE = (
    "{} est déjà contact de cet organisme : corrigez ce contact. Si c’est une autre personne du même nom, "
    "distinguez-la dans son nom."
)


@transaction.atomic
def record_contact(*, by: Acces, espace: EspaceDeContrat, contact: Contact, remplacer: bool = True) -> Enregistrement:
    """Add a contact, or complete the one already known: the same name in the same body.

    What is known of a person elsewhere than in this contract, or of one who signs in, is never replaced from here.
    Without `remplacer`, nothing that is known is: only what is missing is added.

    Raises:
        Refus: she may not change the contacts of this body.
        ContactRefuse: it would replace what is known of someone.
        ValidationError: a name, an address or a number that is none.
    """
    require(by, "contact.update", espace, Referent(espace=espace, organisation=contact.organisation))
    hold(espace)  # the same person twice at once would be two
    today = horloge.today(espace)
    personne = _held_still(_known(espace, contact, today))
    changed, kept = _completed(espace, personne, contact) if personne else ((), ())
    personne = personne or _new(contact)
    held = _held(espace, personne, contact, today)
    function = _function(held, contact) if held else ()
    if not remplacer and any(one.avant for one in (*changed, *function, *kept)):
        raise ContactRefuse(TWICE.format(personne))
    found = held or Referent(espace=espace, organisation=contact.organisation, du=today)
    facts = _facts(personne, changed)
    if held is None or function:
        facts = [_written(found, personne, contact), *facts]
    _trace(espace, by.auteur(espace), facts)
    sort = Sort.AJOUTE if held is None else Sort.MIS_A_JOUR if facts else Sort.CONNU
    return Enregistrement(found, sort, (*changed, *function), kept, _sharing(espace, personne, today))


@transaction.atomic
def correct_contact(*, by: Acces, referent: Referent, contact: Contact, lu: Lu | None = None) -> Referent:
    """Correct a contact and the person it is: this row, whatever its address was; what is left empty is emptied.

    Raises:
        Refus: she may not change the contacts of its body, or of the one it would go to.
        Perime: it is no more what was read.
        ContactRefuse: it has ended; or what would change is known elsewhere, or is hers who signs in.
        ValidationError: a name, an address or a number that is none, a function that she holds already.
    """
    espace = referent.espace
    for body in (referent.organisation, contact.organisation):
        require(by, "contact.update", espace, Referent(espace=espace, organisation=body))
    found = still(Referent.objects.select_for_update(of=("self",)).select_related("organisation"), referent)
    personne = _held_still(found.personne)
    refuse_unread(lu, written(found), _proposed(contact))
    if personne is None or (found.au and found.au <= horloge.today(espace)):
        raise ContactRefuse("Ce contact a pris fin : ajoutez-en un autre.")
    changed = _differences(personne, contact)
    if changed and not may(by, "personne.update", None):
        _refuse_elsewhere(espace, personne)
    facts = _facts(personne, changed)
    if changed:
        personne.nom, personne.email, personne.telephone = contact.nom, contact.email, contact.telephone
        _saved(personne)
    if (found.organisation, found.fonction) != (contact.organisation, contact.fonction):
        facts.append(_written(found, personne, contact))
    _trace(espace, by.auteur(espace), facts)
    return found


def _differences(personne: Personne, contact: Contact) -> tuple[Changement, ...]:
    """What a correction changes of a person."""
    pairs = ((label, getattr(personne, name), getattr(contact, name)) for name, label in (("nom", "nom"), *COORDONNEES))
    return tuple(Changement(label, before, after) for label, before, after in pairs if before != after)


def _refuse_elsewhere(espace: EspaceDeContrat, personne: Personne) -> None:
    why = ""
    if personne.utilisateur_id is not None:
        why = "se connecte : son nom et son adresse se changent depuis « Mon compte »"
    elif _elsewhere(personne, espace):
        why = "est connue dans un autre contrat : son nom et son adresse ne se changent pas d’ici"
    if why:
        raise ContactRefuse(f"{personne} {why}, ou par l’administration. La fonction et l’organisme se changent ici.")


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
    found = still(Referent.objects.select_for_update(), referent)
    today = horloge.today(referent.espace)
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
    espace, today = left.espace, horloge.today(left.espace)
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
    charges = ", ".join(held_by(referent.espace, referent.personne))
    return {**written(referent), "ce dont cette personne est chargée": charges}


def written(referent: Referent) -> Lu:
    """What a page shows of a contact and of the person, to be corrected."""
    personne = referent.personne
    return {
        "nom": personne.nom,
        "courriel": personne.email,
        "téléphone": personne.telephone,
        "organisme": referent.organisation.nom,
        "fonction": referent.fonction,
        "fin": date_fr(referent.au) if referent.au else "",
    }


def _proposed(contact: Contact) -> Lu:
    """What a correction would write, by the nouns of what is shown."""
    return {
        "nom": contact.nom,
        "courriel": contact.email,
        "téléphone": contact.telephone,
        "organisme": contact.organisation.nom,
        "fonction": contact.fonction,
    }


def told(referent: Referent) -> str:
    """A contact as the trace tells it: no name of a person in it."""
    return ", ".join(part for part in (referent.organisation.nom, referent.fonction) if part)


def _known(espace: EspaceDeContrat, contact: Contact, on: date) -> Personne | None:
    """The person a contact means: of that name in that body, here; else of that name and that address, anywhere."""
    here = Q(referents__in=contacts_of(espace, on).filter(organisation=contact.organisation))
    acting = Habilitation.objects.filter(espace=espace, organisation=contact.organisation).current(on)
    people = named(contact.nom).filter(here | Q(habilitations__in=acting)).distinct().order_by("pk")
    ranked = sorted(people, key=lambda one: (one.email.casefold() != contact.email.casefold(), bool(one.email)))
    return ranked[0] if ranked else known_as(contact.nom, contact.email)


def _held(espace: EspaceDeContrat, personne: Personne, contact: Contact, on: date) -> Referent | None:
    """Her contact in the body: for that function, else the first."""
    rows = list(contacts_of(espace, on).filter(personne=personne, organisation=contact.organisation).order_by("pk"))
    same = [one for one in rows if comparable(one.fonction) == comparable(contact.fonction)]
    return next(iter(same or rows), None)


def _function(held: Referent, contact: Contact) -> tuple[Changement, ...]:
    """What changes of her function; the same one written otherwise does not."""
    if not contact.fonction or comparable(held.fonction) == comparable(contact.fonction):
        return ()
    return (Changement("fonction", held.fonction, contact.fonction),)


def _written(referent: Referent, personne: Personne, contact: Contact) -> Fait:
    """Write a contact; return the fact for the trace."""
    before = told(referent) if referent.pk else ""
    referent.personne, referent.organisation, referent.fonction = personne, contact.organisation, contact.fonction
    referent.full_clean()
    referent.save()
    return Fait(GENRE, str(personne.pk), "contact", before, told(referent))


def _held_still(personne: Personne | None) -> Personne | None:
    """The person as she is now, until the end of the transaction: her erasure meanwhile would be undone by a save."""
    if personne is None:
        return None
    return Personne.objects.select_for_update(of=("self",)).filter(pk=personne.pk, effacee_le__isnull=True).first()


def _completed(
    espace: EspaceDeContrat, personne: Personne, contact: Contact
) -> tuple[tuple[Changement, ...], tuple[Changement, ...]]:
    """Write what a contact adds to a person, or changes when she is known here alone; return it, and what is kept."""
    ours = personne.utilisateur_id is None and not _elsewhere(personne, espace)
    changed: list[Changement] = []
    kept: list[Changement] = []
    for field, label in COORDONNEES:
        before, given = getattr(personne, field), getattr(contact, field)
        if given and _reach(given) != _reach(before):
            (changed if ours or not before else kept).append(Changement(label, before, given))
            setattr(personne, field, given if ours or not before else before)
    if changed:
        _saved(personne)
    return tuple(changed), tuple(kept)


def _reach(text: str) -> str:
    """An address or a number as it compares: « +33 6 39 98 00 04 » is « 06 39 98 00 04 »."""
    if "@" in text:
        return text.casefold()
    return re.sub(r"^(?:\+|00)33(?:\(?0\)?)?", "0", re.sub(r"[\s.\-/]", "", text))


def _sharing(espace: EspaceDeContrat, personne: Personne, on: date) -> tuple[str, ...]:
    """The other contacts of a contract whose address is hers too."""
    others = behind(personne.email).exclude(pk=personne.pk).filter(referents__in=contacts_of(espace, on))
    return tuple(others.distinct().order_by("pk").values_list("nom", flat=True))


def _elsewhere(personne: Personne, espace: EspaceDeContrat) -> bool:
    """Whether the person is known in another contract, or on the platform."""
    return personne.referents.exclude(espace=espace).exists() or personne.habilitations.exclude(espace=espace).exists()


def _new(contact: Contact) -> Personne:
    return _saved(Personne(nom=contact.nom, email=contact.email, telephone=contact.telephone))


def _saved(personne: Personne) -> Personne:
    personne.full_clean()
    personne.save()
    return personne


def _facts(personne: Personne, changed: tuple[Changement, ...]) -> list[Fait]:
    return [Fait("personne", str(personne.pk), one.champ, one.avant, one.apres) for one in changed]


def _trace(espace: EspaceDeContrat, auteur: Auteur, faits: list[Fait]) -> None:
    if faits:
        record(trace_of(espace), auteur, faits)
