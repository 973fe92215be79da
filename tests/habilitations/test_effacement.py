"""Erasing a person: nothing says who she was, the contract keeps its memory, the chains stay whole."""

import json
from collections.abc import Iterator
from copy import deepcopy

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core.models import EntreeDeTrace
from tenir.core.trace import Auteur, Fait, breaks, heads, record
from tenir.equipe.services.contacts import Contact, record_contact
from tenir.equipe.services.invitations import accept, invite
from tenir.habilitations import effacement
from tenir.habilitations.attribution import grant
from tenir.habilitations.connu import known_of
from tenir.habilitations.effacement import erase_person
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation, Referent
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.habilitations.services import trace_of
from tenir.habilitations.traces import EffacementRefuse
from tests.partage import shared
from tests.personnes import acces, body, contract, member, second_factor

pytestmark = pytest.mark.deux_bases

HERS = ("Ida Rarissime", "Rarissime", "ida@rare.test", "05 57 00 00 01", "conseillère unique")


Known = tuple[EspaceDeContrat, Acces, Personne]


@pytest.fixture(scope="module")
def _known(django_db_setup: None, django_db_blocker) -> Iterator[Known]:
    def make() -> Known:
        vallon, ada = contract("vallon"), acces("Ada Sommet", Role.ADMINISTRATION)
        return vallon, ada, known_everywhere(vallon, ada)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def known(_known: Known, db: None) -> Known:
    return deepcopy(_known)


@pytest.fixture
def vallon(known: Known) -> EspaceDeContrat:
    return known[0]


@pytest.fixture
def ada(known: Known) -> Acces:
    """Who administers the platform."""
    return known[1]


@pytest.fixture
def ida(known: Known) -> Personne:
    """Someone whom everything knows."""
    return known[2]


def known_everywhere(vallon: EspaceDeContrat, ada: Acces) -> Personne:
    """A contact, invited, signed in, with a role given, who changed an action."""
    contact = Contact("Ida Rarissime", body("ccas"), HERS[4], HERS[2], HERS[3])
    record_contact(by=ada, espace=vallon, contact=contact)
    sent = invite(by=ada, espace=vallon, email=HERS[2].upper(), role=Role.PARTENAIRE, organisation=body("ccas"))
    personne = accept(jeton=sent.jeton, nom="Ida")
    invite(by=ada, espace=vallon, email=HERS[2], role=Role.LECTURE)
    grant(by=ada, espace=vallon, personne=personne, role=Role.EQUIPE)
    utilisateur = personne.utilisateur
    assert utilisateur
    second_factor(personne)
    EmailAddress.objects.create(user=utilisateur, email=utilisateur.email, primary=True, verified=True)
    Client().force_login(utilisateur)
    with transaction.atomic():
        record(trace_of(vallon), Auteur(personne.pk, "CCAS"), [Fait("action", "O01-A01", "titre", "ancien", "nouveau")])
    return personne


def everything() -> str:
    """Every row of every table of the site, and what the sessions hold."""
    rows = [row for model in apps.get_models() for row in model._default_manager.all()]
    held = [session.get_decoded() for session in Session.objects.order_by("pk")]
    return serializers.serialize("json", rows, ensure_ascii=False) + json.dumps(held, ensure_ascii=False)


def erase(ada: Acces, personne: Personne) -> int:
    return erase_person(by=ada, personne=personne, motif="À sa demande.", vide=True)


def test_no_row_says_any_more_who_she_was(ada: Acces, ida: Personne) -> None:
    before = everything()
    assert all(word in before for word in HERS)
    erase(ada, ida)
    assert [word for word in HERS if word.casefold() in everything().casefold()] == []


def test_her_account_her_sessions_and_her_second_factor_go(ada: Acces, ida: Personne) -> None:
    assert Session.objects.exists()
    erase(ada, ida)
    assert not Session.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Utilisateur.objects.filter(email=HERS[2]).exists()
    assert not Authenticator.objects.exclude(user=ada.personne.utilisateur).exists()


def test_a_sign_in_half_done_goes_too(ada: Acces, ida: Personne) -> None:
    client = Client()
    client.post("/compte/connexion/", {"email": HERS[2]})
    assert HERS[2] in everything()
    erase(ada, ida)
    assert HERS[2] not in everything()


def test_the_sessions_of_others_stay(ada: Acces, ida: Personne) -> None:
    hers = Client()
    hers.force_login(ada.personne.utilisateur)
    erase(ada, ida)
    assert "_auth_user_id" in hers.session


def test_the_contract_remembers_what_she_did_under_her_number(
    ada: Acces, ida: Personne, vallon: EspaceDeContrat
) -> None:
    erase(ada, ida)
    entry = EntreeDeTrace.objects.get(genre="action")
    assert (entry.acteur, entry.avant, entry.apres) == (ida.pk, "ancien", "nouveau")
    assert str(Personne.objects.get(pk=ida.pk)) == f"personne n° {ida.pk}"
    today = timezone.localdate()
    assert {held.au for held in Habilitation.objects.filter(personne=ida)} == {today}
    assert [(held.organisation, held.au) for held in Referent.objects.filter(personne=ida)] == [(body("ccas"), today)]


def test_the_chains_stay_whole_and_tell_the_erasure(ada: Acces, ida: Personne, vallon: EspaceDeContrat) -> None:
    kept = heads()
    cleared = erase(ada, ida)
    assert cleared == EntreeDeTrace.objects.filter(efface=True).count() > 0
    assert list(breaks(kept)) == []
    told = EntreeDeTrace.objects.get(chaine__nom="plateforme", champ="effacement de la personne")
    assert (told.objet, told.acteur, told.motif) == (str(ida.pk), ada.personne.pk, "À sa demande.")
    ends = EntreeDeTrace.objects.filter(chaine__nom=trace_of(vallon), champ__startswith="fin d").order_by("rang")
    assert [(entry.champ, entry.avant, entry.apres) for entry in ends] == [
        ("fin du rôle", "", ""),
        ("fin du rôle", "", ""),
        ("fin du contact", "", ""),
    ]


def test_an_invitation_that_waits_opens_nothing_any_more(ada: Acces, ida: Personne, vallon: EspaceDeContrat) -> None:
    erase(ada, ida)
    rows = Invitation.objects.order_by("pk")
    assert [(bool(row.acceptee_le), bool(row.revoquee_le), row.email) for row in rows] == [
        (True, False, ""),
        (False, True, ""),
    ]


def test_an_erased_person_is_invited_again_as_someone_new(ada: Acces, ida: Personne, vallon: EspaceDeContrat) -> None:
    erase(ada, ida)
    sent = invite(by=ada, espace=vallon, email=HERS[2], role=Role.LECTURE)
    assert accept(jeton=sent.jeton, nom="Ida").pk != ida.pk


def test_what_others_owe_her_keeps_her_number(ada: Acces, ida: Personne, vallon: EspaceDeContrat) -> None:
    given = Habilitation.objects.create(
        personne=member("Dan Liseur", Role.LECTURE, vallon), role="equipe", espace=vallon, du="2026-01-05"
    )
    Habilitation.objects.filter(pk=given.pk).update(donnee_par=ida)
    erase(ada, ida)
    given.refresh_from_db()
    assert str(given.donnee_par) == f"personne n° {ida.pk}"


@pytest.mark.parametrize("role", [Role.EQUIPE, Role.PARTENAIRE, Role.LECTURE])
def test_those_who_may_not_erase_do_not(ida: Personne, vallon: EspaceDeContrat, role: Role) -> None:
    with pytest.raises(Refus):
        erase_person(by=acces("Basile Pivot", role, vallon), personne=ida, motif="Non.")
    assert Personne.objects.get(pk=ida.pk).nom == "Ida Rarissime"


@pytest.mark.parametrize("motif", ["", "  "])
def test_nobody_is_erased_without_a_reason(ada: Acces, ida: Personne, motif: str) -> None:
    with pytest.raises(EffacementRefuse, match="Dites pourquoi"):
        erase_person(by=ada, personne=ida, motif=motif)


def test_nobody_is_erased_twice(ada: Acces, ida: Personne) -> None:
    erase(ada, ida)
    with pytest.raises(EffacementRefuse, match="déjà effacée"):
        erase(ada, ida)


def test_the_last_administrator_stays_and_nothing_is_lost(ada: Acces, ida: Personne) -> None:
    before = everything()
    with pytest.raises(EffacementRefuse, match="dernière personne"):
        erase(ada, ada.personne)
    assert sorted(everything()) == sorted(before)
    member("Zoé Relève", Role.ADMINISTRATION)
    erase(ada, ada.personne)
    assert Personne.objects.get(pk=ada.personne.pk).nom == ""


def test_an_erasure_that_fails_half_way_loses_nothing(
    ada: Acces, ida: Personne, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(utilisateur: Utilisateur) -> None:
        raise RuntimeError

    before = everything()
    monkeypatch.setattr(effacement, "close_account", broken)
    with pytest.raises(RuntimeError):
        erase(ada, ida)
    assert sorted(everything()) == sorted(before)


def test_nothing_is_known_of_her_any_more_but_her_number(ada: Acces, ida: Personne) -> None:
    erase(ada, ida)
    connu = known_of(Personne.objects.get(pk=ida.pk))
    assert (connu.compte, connu.invitations) == (None, [])
    assert connu.a_change == EntreeDeTrace.objects.filter(acteur=ida.pk).count()
