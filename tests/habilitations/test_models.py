"""What the database itself refuses of persons and roles, each with its French sentence."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.acteurs.personnes import named
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation, Referent
from tenir.habilitations.roles import Role
from tests.personnes import SINCE, body, contract, person

pytestmark = pytest.mark.deux_bases

DAY = timedelta(days=1)


@pytest.fixture
def vallon(db: None) -> EspaceDeContrat:
    return contract("vallon")


def refuse(row: Model, sentence: str) -> None:
    """Refused with its sentence by the model, and again by the database alone."""
    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_two_persons_may_share_the_address_of_an_office(db: None) -> None:
    for name in ("Gil", "Ida"):
        Personne(nom=name, email="accueil@exemple.test").full_clean()
        Personne.objects.create(nom=name, email="accueil@exemple.test")


@pytest.mark.parametrize("written", ["D'ARMOR Élodie", "Elodie d’Armor", "elodie d armor", "Mme Élodie D’Armor"])
def test_a_name_is_found_however_it_is_written(db: None, written: str) -> None:
    known = Personne.objects.create(nom="Élodie d’Armor")
    assert [*named(written)] == [known]


@pytest.mark.parametrize("other", ["Élodie d’Armoir", "Eloi d’Armor", "Élodie", "Жанна", ""])
def test_another_name_is_another_person(db: None, other: str) -> None:
    Personne.objects.create(nom="Élodie d’Armor")
    Personne.objects.create(nom="Олена")
    assert not named(other).exists()


def test_persons_without_an_address_are_many(db: None) -> None:
    Personne.objects.create(nom="Gil")
    Personne.objects.create(nom="Gil")


def test_a_person_has_a_name(db: None) -> None:
    refuse(Personne(email="gil@exemple.test"), "Donnez le nom")


def test_an_erased_person_holds_nothing(db: None) -> None:
    refuse(Personne(nom="Gil", effacee_le=timezone.now()), "ne garde ni nom")
    kept = Personne.objects.create(effacee_le=timezone.now())
    assert str(kept) == f"personne n° {kept.pk}"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"role": "chef"}, "Ce rôle n’existe pas"),
        ({"role": Role.ADMINISTRATION}, "vaut pour toute la plateforme"),
        ({"role": Role.EQUIPE, "espace": None}, "vaut pour toute la plateforme"),
        ({"role": Role.PARTENAIRE}, "agit pour un organisme"),
        ({"role": Role.LECTURE, "au": SINCE - DAY}, "se termine avant de commencer"),
    ],
)
def test_a_role_that_does_not_hold_together_is_refused(vallon: EspaceDeContrat, given: dict, sentence: str) -> None:
    refuse(Habilitation(**{"espace": vallon, "personne": person("Gil"), "du": SINCE, **given}), sentence)


@pytest.mark.parametrize("role", [Role.LECTURE, Role.PARTENAIRE, Role.ADMINISTRATION])
def test_a_role_is_held_once_at_a_time(vallon: EspaceDeContrat, role: Role) -> None:
    gil = person("Gil")
    espace = None if role == Role.ADMINISTRATION else vallon
    organisation = body("ccas") if role == Role.PARTENAIRE else None
    held = {"espace": espace, "personne": gil, "role": role, "organisation": organisation, "du": SINCE}
    Habilitation.objects.create(**held, au=SINCE + DAY)
    Habilitation.objects.create(**held)
    refuse(Habilitation(**held), "a déjà ce rôle")


def test_a_partner_of_two_bodies_has_two_roles(vallon: EspaceDeContrat) -> None:
    gil = person("Gil")
    for name in ("ccas", "caf"):
        held = {"role": Role.PARTENAIRE, "organisation": body(name), "du": SINCE}
        Habilitation.objects.create(espace=vallon, personne=gil, **held)
    assert Habilitation.objects.count() == 2


def test_a_function_is_held_once_at_a_time(vallon: EspaceDeContrat) -> None:
    held = {"espace": vallon, "personne": person("Gil"), "organisation": body("ccas"), "du": SINCE}
    Referent.objects.create(**held)
    Referent.objects.create(**held, fonction="direction")
    refuse(Referent(**held), "déjà référente")
    refuse(Referent(**held, fonction="accueil", au=SINCE - DAY), "se termine avant de commencer")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"jeton": "un-secret-en-clair"}, "en empreinte seulement"),
        ({"expire_le": timezone.now() - DAY}, "expire avant d’être envoyée"),
        ({"acceptee_le": timezone.now(), "revoquee_le": timezone.now()}, "acceptée ne se révoque plus"),
        ({"role": Role.PARTENAIRE}, "agit pour un organisme"),
    ],
)
def test_an_invitation_that_does_not_hold_together_is_refused(
    vallon: EspaceDeContrat, given: dict, sentence: str
) -> None:
    sound = {"espace": vallon, "role": Role.LECTURE, "email": "gil@exemple.test", "jeton": "0" * 64}
    refuse(Invitation(**{**sound, "expire_le": timezone.now() + DAY, **given}), sentence)


def test_what_holds_that_day_is_found(vallon: EspaceDeContrat) -> None:
    held = {"espace": vallon, "personne": person("Gil"), "organisation": body("ccas")}
    past = Referent.objects.create(**held, du=date(2025, 1, 1), au=date(2026, 1, 1))
    now = Referent.objects.create(**held, du=date(2026, 1, 1))
    assert list(Referent.objects.current(date(2025, 12, 31))) == [past]
    assert list(Referent.objects.current(date(2026, 1, 1))) == [now]
    assert not Referent.objects.current(date(2024, 12, 31)).exists()
