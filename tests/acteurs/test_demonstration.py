"""« Entrer comme… »: in the demonstration, and nowhere else."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.config.urls import urlpatterns as without
from tenir.config.wsgi import demonstration_closed
from tenir.core.typographie import typo
from tenir.demonstration.personnes import ADMINISTRATRICE, MEMBRES, HorsDemonstration, seed
from tenir.demonstration.vues import way_in
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.roles import Role
from tests.pages import html_of
from tests.personnes import body, contract, member, person

PAGES = ("/demonstration/", "/demonstration/entrer/1/", "/demonstration/courriels/")


@pytest.fixture
def demonstration(db: None, settings, tmp_path: Path) -> EspaceDeContrat:
    """A fictitious contract on a server of demonstration, with its people."""
    settings.DEMONSTRATION, settings.COURRIELS = True, tmp_path
    settings.ROOT_URLCONF = "tests.acteurs.urls_demonstration"
    body("ccas")
    espace = contract("fictif", fictif=True)
    seed(espace.slug)
    return espace


@pytest.mark.parametrize("page", PAGES)
def test_a_server_without_the_setting_has_no_such_address(client: Client, db: None, page: str) -> None:
    assert client.get(page).status_code == 404
    assert client.post(page).status_code == 404
    assert not any("demonstration" in str(route.urlconf_module) for route in without)


def test_people_are_seeded_only_in_a_fictitious_contract_of_a_demonstration(db: None, settings) -> None:
    contract("fictif", fictif=True)
    contract("vrai")
    with pytest.raises(HorsDemonstration):
        seed("fictif")
    settings.DEMONSTRATION = True
    with pytest.raises(HorsDemonstration):
        seed("vrai")
    assert not Personne.objects.exists()


def test_seeding_twice_changes_nothing(demonstration: EspaceDeContrat) -> None:
    before = Habilitation.objects.count()
    assert seed(demonstration.slug) == len(MEMBRES) + 1
    assert Habilitation.objects.count() == before == len(MEMBRES) + 1


def test_each_person_enters_and_finds_her_desk_without_a_second_factor(
    client: Client, demonstration: EspaceDeContrat
) -> None:
    shown = html_of(client.get("/demonstration/"))
    for personne in Personne.objects.all():
        assert f"Entrer comme {personne.nom}" in shown
        client.post(f"/demonstration/entrer/{personne.pk}/")
        assert client.get("/espace/", follow=True).status_code == 200


def test_one_enters_as_nobody_else_and_by_a_click_alone(client: Client, demonstration: EspaceDeContrat) -> None:
    real = person("Fil Personne")
    assert client.post(f"/demonstration/entrer/{real.pk}/").status_code == 404
    someone = Personne.objects.exclude(pk=real.pk).first()
    assert someone
    assert client.get(f"/demonstration/entrer/{someone.pk}/").status_code == 405


def test_a_session_of_the_demonstration_is_worth_no_second_factor_once_it_ends(
    client: Client, demonstration: EspaceDeContrat, settings
) -> None:
    client.post(f"/demonstration/entrer/{Personne.objects.get(email__startswith='equipe').pk}/")
    settings.DEMONSTRATION = False
    assert "second-facteur" in client.get("/espace/")["Location"]


def test_the_messages_land_in_the_outbox(client: Client, demonstration: EspaceDeContrat, tmp_path: Path) -> None:
    assert "Aucun message" in client.get("/demonstration/courriels/").content.decode()
    backend = EmailBackend(file_path=tmp_path)
    backend.send_messages([EmailMessage("Un été", "Été : <code> 1234", "a@b.example", ["c@d.example"])])
    shown = client.get("/demonstration/courriels/").content.decode()
    assert "Un été" in shown
    assert "Été\u00a0: &lt;code&gt; 1234" in shown
    assert "-----" not in shown


def test_two_messages_of_one_file_are_two_messages(
    client: Client, demonstration: EspaceDeContrat, tmp_path: Path
) -> None:
    backend = EmailBackend(file_path=tmp_path)
    backend.send_messages([EmailMessage(f"Objet {n}", f"Texte {n}", "a@b.example", ["c@d.example"]) for n in (1, 2)])
    assert len(list(tmp_path.iterdir())) == 1
    shown = client.get("/demonstration/courriels/").content.decode()
    assert shown.index("Objet 2") < shown.index("Objet 1")
    assert shown.count("Content-Type") == 0


def test_beside_real_accounts_a_demonstration_neither_starts_nor_opens(
    client: Client, demonstration: EspaceDeContrat
) -> None:
    assert demonstration_closed() == ""
    member("Invité Fictif", Role.EQUIPE, demonstration)
    assert demonstration_closed() == "", "someone invited while playing is no real account"
    member("Ada Sommet", Role.ADMINISTRATION)
    assert "ce site a de vrais comptes" in demonstration_closed()
    for page in PAGES:
        assert client.get(page).status_code == 404
        assert client.post(page).status_code == 404
    with pytest.raises(HorsDemonstration, match="vrais comptes"):
        seed(demonstration.slug)


def test_whoever_works_on_a_real_contract_is_a_real_account(demonstration: EspaceDeContrat) -> None:
    member("Basile Pivot", Role.EQUIPE, contract("vallon"))
    assert "ce site a de vrais comptes" in demonstration_closed()


def test_each_person_is_told_in_a_sentence_with_what_to_try(client: Client, demonstration: EspaceDeContrat) -> None:
    shown = client.get("/demonstration/").text
    for someone in (ADMINISTRATRICE, *MEMBRES):
        assert typo(someone.presente) in shown
        assert typo(someone.essayer) in shown
    assert shown.count("À essayer.") == len(MEMBRES) + 1


def test_the_way_in_is_shown_until_the_site_has_real_accounts(demonstration: EspaceDeContrat, rf) -> None:
    assert [one.url for one in way_in(rf.get("/"), None)] == ["/demonstration/"]
    member("Gil Vrai", Role.EQUIPE, contract("vrai"))
    assert way_in(rf.get("/"), None) == []
