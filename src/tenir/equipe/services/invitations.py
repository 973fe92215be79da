"""Inviting someone by e-mail: a role waits for her behind a link, which serves once, for two weeks, unless revoked."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tenir.acteurs.models import Organisation, Personne
from tenir.acteurs.services import open_account
from tenir.core.horloge import clock, day_of
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import designe
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.habilitations.attribution import receive, roles_to_give
from tenir.habilitations.models import EspaceDeContrat, Invitation
from tenir.habilitations.numeros import hold
from tenir.habilitations.rights import Acces, acces_of, require
from tenir.habilitations.roles import Role
from tenir.habilitations.services import trace_of

VALIDITY = timedelta(days=14)
GENRE = "invitation"
"""The kind of these facts in the trace; their object is the number of the invitation, never the address."""


class InvitationRefusee(Exception):
    """The invitation may not be sent, revoked or accepted; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Envoi:
    """An invitation to send: its secret is known here alone, never kept."""

    invitation: Invitation
    jeton: str


def pending(on: datetime) -> QuerySet[Invitation]:
    """The invitations that may still be accepted at that moment."""
    return Invitation.objects.filter(acceptee_le=None, revoquee_le=None, expire_le__gt=on)


def state_of(invitation: Invitation, on: datetime) -> str:
    """In a word: acceptée, révoquée, expirée, en attente."""
    if invitation.acceptee_le:
        return "acceptée"
    if invitation.revoquee_le:
        return "révoquée"
    return "en attente" if invitation.expire_le > on else "expirée"


@transaction.atomic
def invite(
    *, by: Acces, espace: EspaceDeContrat, email: str, role: Role, organisation: Organisation | None = None
) -> Envoi:
    """Prepare an invitation to a role no greater than the inviter's.

    Raises:
        Refus: she may not invite here.
        InvitationRefusee: the role is more than hers, or the same invitation is waiting already.
        ValidationError: the role, body and address do not go together.
    """
    require(by, "invitation.create", espace)
    if role not in roles_to_give(by, espace):
        raise InvitationRefusee("Vous ne pouvez pas inviter à un rôle qui permet plus que le vôtre.")
    hold(espace)  # the same invitation twice at once would be two
    same = pending(timezone.now()).filter(espace=espace, email__iexact=email, role=role, organisation=organisation)
    if same.exists():
        raise InvitationRefusee("La même invitation attend déjà une réponse : renvoyez-la plutôt.")
    return _prepared(
        Invitation(espace=espace, email=email, role=role, organisation=organisation, invitee_par=by.personne), by
    )


@transaction.atomic
def resend(*, by: Acces, invitation: Invitation, lu: Lu | None = None) -> Envoi:
    """Prepare the invitation again with a new secret and two more weeks; the former link opens nothing any more.

    Raises:
        Refus: she may not invite here.
        Perime: the invitation is no more what was read.
        InvitationRefusee: it was accepted or revoked, or its role is more than hers.
    """
    require(by, "invitation.create", invitation.espace)
    found = _open(invitation, lu)
    if Role(found.role) not in roles_to_give(by, found.espace):
        raise InvitationRefusee("Vous ne pouvez pas inviter à un rôle qui permet plus que le vôtre.")
    found.invitee_par = by.personne
    return _prepared(found, by)


@transaction.atomic
def revoke(*, by: Acces, invitation: Invitation, lu: Lu | None = None) -> None:
    """End an invitation: its link opens nothing any more.

    Raises:
        Refus: she may not.
        Perime: the invitation is no more what was read.
        InvitationRefusee: it was accepted or revoked already.
    """
    require(by, "invitation.create", invitation.espace)
    found = _open(invitation, lu)
    found.revoquee_le = timezone.now()
    found.save(update_fields=["revoquee_le"])
    _trace(found, by.auteur(found.espace), told(found), "révoquée")


def find(jeton: str) -> Invitation | None:
    """The invitation of a secret, whatever its state."""
    rows = Invitation.objects.select_related("espace", "organisation", "invitee_par")
    return rows.filter(jeton=_digest(jeton)).first()


@transaction.atomic
def accept(*, jeton: str, nom: str) -> Personne:
    """Open the account of the invited address when it has none, and give the role; serves once.

    Raises:
        InvitationRefusee: unknown, expired, revoked or accepted; or the inviter may not give this role any more.
        ValidationError: no account can be opened with this name and address.
    """
    found = Invitation.objects.select_for_update(of=("self",)).filter(jeton=_digest(jeton)).first()
    if found is None or state_of(found, timezone.now()) != "en attente":
        raise InvitationRefusee("Cette invitation ne peut plus servir : demandez-en une autre à l’équipe du contrat.")
    inviter = found.invitee_par
    if inviter is None or Role(found.role) not in roles_to_give(acces_of(inviter), found.espace):
        raise InvitationRefusee("La personne qui vous invite ne peut plus donner ce rôle : demandez-le à l’équipe.")
    personne = Personne.objects.filter(utilisateur__email__iexact=found.email).first() or open_account(
        email=found.email, nom=nom
    )
    found.acceptee_le = timezone.now()
    found.save(update_fields=["acceptee_le"])
    receive(
        espace=found.espace,
        personne=personne,
        role=Role(found.role),
        organisation=found.organisation,
        given_by=inviter,
        motif="invitation acceptée",
    )
    _trace(found, Auteur(personne.pk), told(found), "acceptée")
    return personne


def shown(invitation: Invitation) -> Lu:
    """What a page shows of an invitation, and which of its links is the last."""
    sent = f"le {date_fr(day_of(invitation.envoyee_le))} {clock(invitation.envoyee_le)}"
    return {
        "rôle": told(invitation),
        "état": state_of(invitation, timezone.now()),
        "envoyée": sent,
        "lien": invitation.jeton[:6],
    }


def told(invitation: Invitation) -> str:
    """An invitation as the trace tells it: no address in it."""
    body = f", pour {designe(invitation.organisation.nom)}" if invitation.organisation else ""
    return f"{invitation.get_role_display()}{body}"


def _prepared(invitation: Invitation, by: Acces) -> Envoi:
    jeton, now = secrets.token_urlsafe(32), timezone.now()
    invitation.jeton, invitation.envoyee_le, invitation.expire_le = _digest(jeton), now, now + VALIDITY
    invitation.full_clean()
    invitation.save()
    _trace(invitation, by.auteur(invitation.espace), "", told(invitation))
    return Envoi(invitation, jeton)


def _open(invitation: Invitation, lu: Lu | None) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    refuse_unread(lu, shown(found))
    if found.acceptee_le or found.revoquee_le:
        raise InvitationRefusee("Cette invitation a déjà été acceptée ou révoquée.")
    return found


def _digest(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()


def _trace(invitation: Invitation, auteur: Auteur, before: str, after: str) -> None:
    fact = Fait(GENRE, str(invitation.pk), "invitation", before, after)
    record(trace_of(invitation.espace), auteur, [fact])
