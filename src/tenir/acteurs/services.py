"""Keeping the organisations in step with the organisations file; opening an account, and closing it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from tenir.acteurs.models import Organisation, Personne, Utilisateur
from tenir.acteurs.personnes import meant_by
from tenir.fichier import organisations

if TYPE_CHECKING:
    from tenir.fichier.organisations import modeles


def sync_organisations(identifiants: Iterable[str]) -> dict[str, Organisation]:
    """Write the given organisations, and the bodies they belong to, as the file says; return them by id."""
    wanted = _with_holders(identifiants)
    rows = [_row(organisations.registry()[identifiant]) for identifiant in sorted(wanted)]
    Organisation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["identifiant"], update_fields=["nom", "sigle", "nature", "siret"]
    )
    return {row.identifiant: row for row in rows}


def _with_holders(identifiants: Iterable[str]) -> set[str]:
    wanted: set[str] = set()
    for identifiant in identifiants:
        current: str | None = identifiant
        while current and current not in wanted:
            wanted.add(current)
            current = organisations.registry()[current].membre_de
    return wanted


def _row(organisation: "modeles.Organisation") -> Organisation:
    return Organisation(
        identifiant=organisation.id,
        nom=organisation.nom,
        sigle=organisation.sigle or "",
        nature=organisation.nature.value,
        siret=organisation.siret or "",
    )


@transaction.atomic
def open_account(*, email: str, nom: str) -> Personne:
    """Make a person and her account, which signs in by a code; someone known so without an account is given one.

    Raises:
        ValidationError: no such address can be, or an account has it already.
    """
    utilisateur = Utilisateur.objects.create_user(email)
    personne = meant_by(nom, utilisateur.email) or Personne(nom=nom)
    personne.email, personne.utilisateur = utilisateur.email, utilisateur
    personne.full_clean()
    personne.save()
    return personne


@transaction.atomic
def close_account(utilisateur: Utilisateur) -> None:
    """Delete an account with its sessions; its addresses and its second factor go with it."""
    close_sessions(utilisateur)
    utilisateur.delete()


def close_sessions(utilisateur: Utilisateur) -> None:
    """Sign an account out everywhere."""
    email = utilisateur.email.casefold()
    for session in Session.objects.order_by("pk").iterator(500):
        held = session.get_decoded()
        # A sign-in half done holds the address and no account yet.
        if held.get(SESSION_KEY) == str(utilisateur.pk) or email in str(held).casefold():
            session.delete()
