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


class OrganismesInconnus(LookupError):
    """A contract file names bodies that a team added elsewhere."""

    def __init__(self, identifiants: list[str]) -> None:
        super().__init__(", ".join(identifiants))


@transaction.atomic
def sync_organisations(identifiants: Iterable[str]) -> dict[str, Organisation]:
    """Write the given organisations, and the bodies they belong to, as the file says; return them by id.

    Those that a team wrote since stay as it left them, and those that it added.

    Raises:
        OrganismesInconnus: bodies added by a team, which this site does not know.
    """
    asked = set(identifiants)
    added = _added(asked)
    wanted = _with_holders(asked - added.keys())
    theirs = {one.identifiant: one for one in Organisation.objects.filter(identifiant__in=wanted, version__gt=0)}
    ours = sorted(wanted - theirs.keys())
    taken = set(Organisation.objects.exclude(siret="").exclude(identifiant__in=ours).values_list("siret", flat=True))
    rows = [_row(organisations.registry()[identifiant], taken) for identifiant in ours]
    Organisation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["identifiant"], update_fields=["nom", "sigle", "nature", "siret"]
    )
    found = {**added, **theirs, **{row.identifiant: row for row in rows}}
    _attach(rows, found)
    return found


def _added(asked: set[str]) -> dict[str, Organisation]:
    """Those among the bodies asked for that a team added to this site."""
    wanted = {one for one in asked if one.startswith(organisations.ADDED)}
    found = {one.identifiant: one for one in Organisation.objects.filter(identifiant__in=wanted)} if wanted else {}
    if unknown := sorted(wanted - found.keys()):
        raise OrganismesInconnus(unknown)
    return found


def _attach(rows: list[Organisation], found: dict[str, Organisation]) -> None:
    """Say which body each is a service of, as the file does."""
    for row in rows:
        row.parent = found.get(organisations.registry()[row.identifiant].membre_de or "")
    Organisation.objects.bulk_update(rows, ["parent"])


def _with_holders(identifiants: Iterable[str]) -> set[str]:
    wanted: set[str] = set()
    for identifiant in identifiants:
        current: str | None = identifiant
        while current and current not in wanted:
            wanted.add(current)
            current = organisations.registry()[current].membre_de
    return wanted


def _row(organisation: "modeles.Organisation", taken: set[str]) -> Organisation:
    """`taken`: the SIRET that other bodies bear already, which a team gave."""
    siret = organisation.siret or ""
    return Organisation(
        identifiant=organisation.id,
        nom=organisation.nom,
        sigle=organisation.sigle or "",
        nature=organisation.nature.value,
        siret="" if siret in taken else siret,
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
