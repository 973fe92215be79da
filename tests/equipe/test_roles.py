"""Giving a role and ending it, on the screen."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tests.personnes import body, person, referent


@pytest.fixture
def gil(vallon: EspaceDeContrat) -> Personne:
    """A contact of « vallon » without a role."""
    found = person("Gil Sujet")
    referent(found, vallon, of="caf")
    return found


def new(espace: EspaceDeContrat) -> str:
    return reverse("habilitation-nouvelle", args=[espace.slug])


def ending(held: Habilitation) -> str:
    return reverse("habilitation-fin", args=[held.espace.slug, held.pk])


def role_of(personne: Personne) -> Habilitation:
    return Habilitation.objects.get(personne=personne)


def test_the_team_gives_a_role(as_: Callable[[str], Client], vallon: EspaceDeContrat, gil: Personne) -> None:
    sent = {"personne": gil.pk, "role": "partenaire", "organisation": body("caf").pk, "motif": "arrivée"}
    answer = as_("equipe").post(new(vallon), sent, follow=True)
    assert "Le rôle est donné à Gil Sujet" in answer.content.decode()
    assert (role_of(gil).role, role_of(gil).organisation, role_of(gil).espace) == ("partenaire", body("caf"), vallon)


def test_what_the_form_does_not_ask_changes_nothing(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, colline: EspaceDeContrat, gil: Personne, people: dict
) -> None:
    extra = {"espace": colline.pk, "donnee_par": people["voisin"].pk, "du": "2001-01-01", "id": 1, "is_superuser": "on"}
    as_("equipe").post(new(vallon), {"personne": gil.pk, "role": "lecture", **extra})
    held = role_of(gil)
    assert (held.espace, held.donnee_par, held.du) == (vallon, people["equipe"], timezone.localdate())
    gil.utilisateur.refresh_from_db()
    assert not gil.utilisateur.is_superuser


@pytest.mark.parametrize("field", ["personne", "organisation", "role"])
def test_what_is_not_offered_is_not_taken(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, gil: Personne, people: dict, field: str
) -> None:
    elsewhere = {"personne": people["voisin"].pk, "organisation": body("inconnu").pk, "role": "administration"}
    sent = {"personne": gil.pk, "role": "partenaire", "organisation": body("caf").pk, field: elsewhere[field]}
    before = Habilitation.objects.count()
    assert as_("equipe").post(new(vallon), sent).status_code == 422
    assert Habilitation.objects.count() == before


def test_a_form_in_error_keeps_what_was_typed(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, gil: Personne
) -> None:
    sent = {"personne": gil.pk, "role": "partenaire", "motif": "arrivée de juin"}
    answer = as_("equipe").post(new(vallon), sent)
    assert answer.status_code == 422
    html = answer.content.decode().replace("\xa0", " ")
    assert "Un partenaire ou un copilote agit pour un organisme : choisissez-le." in html
    assert "arrivée de juin" in html


def test_the_persons_of_another_contract_are_not_offered(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, gil: Personne
) -> None:
    html = as_("equipe").get(new(vallon)).content.decode()
    assert "Gil Sujet" in html
    assert "Eve Voisin" not in html
    assert "administration de la plateforme" not in html


def test_a_role_ends_once_confirmed(as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict) -> None:
    held = role_of(people["lecture"])
    client = as_("equipe")
    assert "Dan Liseur" in client.get(ending(held)).content.decode()
    assert Habilitation.objects.get(pk=held.pk).au is None, "reading the confirmation changes nothing"
    answer = client.post(ending(held), {"motif": "départ"}, follow=True)
    assert "a pris fin" in answer.content.decode()
    assert as_("lecture").get(reverse("droits", args=[vallon.slug])).status_code == 404


def test_one_may_end_one_s_own_role(as_: Callable[[str], Client], people: dict) -> None:
    answer = as_("equipe").post(ending(role_of(people["equipe"])), {"vide": "on"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mes-contrats")


def test_the_last_of_a_team_reads_what_follows_first(as_: Callable[[str], Client], people: dict) -> None:
    url = ending(role_of(people["equipe"]))
    page = as_("administration").get(url).content.decode()
    assert "la dernière personne de l’équipe" in page
    refused = as_("administration").post(url)
    assert refused.status_code == 422
    assert role_of(people["equipe"]).au is None
    assert as_("administration").post(url, {"vide": "on"}).status_code == 302


def test_the_last_administrator_is_told_why_she_stays(as_: Callable[[str], Client], people: dict) -> None:
    held = role_of(people["administration"])
    answer = as_("administration").post(reverse("plateforme-habilitation-fin", args=[held.pk]))
    assert answer.status_code == 422
    assert "la dernière personne qui administre la plateforme" in answer.content.decode()


def test_the_administration_names_another_one(as_: Callable[[str], Client], gil: Personne) -> None:
    sent = {"personne": gil.pk, "role": "administration"}
    as_("administration").post(reverse("plateforme-habilitation-nouvelle"), sent)
    assert (role_of(gil).role, role_of(gil).espace) == ("administration", None)


def test_a_form_without_its_token_changes_nothing(vallon: EspaceDeContrat, gil: Personne, people: dict) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["equipe"].utilisateur)
    assert client.post(new(vallon), {"personne": gil.pk, "role": "lecture"}).status_code == 403
    assert EntreeDeTrace.objects.count() == 0


def test_the_list_leaves_out_what_ended_unless_asked(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict
) -> None:
    Habilitation.objects.filter(personne=people["lecture"]).update(au=timezone.localdate())
    client, url = as_("equipe"), reverse("habilitations", args=[vallon.slug])
    assert "Dan Liseur" not in client.get(url).content.decode()
    assert "Dan Liseur" in client.get(url, {"quand": "tous"}).content.decode()
    assert "Cléo Relais" not in client.get(url, {"role": "equipe"}).content.decode()


def test_the_list_leaves_as_filtered(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    url = reverse("habilitations-export", args=[vallon.slug, "csv"])
    rows = as_("equipe").get(url, {"role": "partenaire"}).content.decode().splitlines()
    assert rows[1:] == ["Contrat vallon;Cléo Relais;partenaire;CCAS;2026-01-05;;"]
