"""The table of rights on the screen, and what one person may do with the reasons why."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Portee, table_reach
from tenir.habilitations.roles import RIGHTS, Role
from tests.personnes import member


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_the_table_shows_every_right_and_every_role(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    html = read(as_("lecture"), "droits", vallon.slug)
    assert all(sentence in html for sentence in RIGHTS.values())
    assert all(role.label in html for role in Role)
    reaches = [table_reach(role, right) for role in Role for right in RIGHTS]
    assert html.count("ce qui les concerne") == reaches.count(Portee.SIENNE)


def test_the_table_leaves_as_a_file(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    rows = read(as_("lecture"), "droits-export", vallon.slug, "csv").splitlines()
    assert len(rows) == 1 + len(RIGHTS)
    assert rows[0].endswith(
        "Contrat;Droit;administration de la plateforme;équipe du contrat;copilote;partenaire;lecture;carnet"
    )
    told = "voir qui a changé quoi et quand;oui;oui;ce qui les concerne;ce qui les concerne;ce qui les concerne;non"
    assert f"Contrat vallon;{told}" in rows


def test_i_read_what_i_may_do_and_why(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    html = read(as_("partenaire"), "mes-droits", vallon.slug)
    assert "rôle « partenaire », pour le CCAS, depuis le 5 janvier 2026" in html
    assert "réservé à l’équipe du contrat et à l’administration de la plateforme" in html
    assert "ce qui me concerne" in html


def test_the_team_reads_what_someone_may_do_and_why(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    html = read(as_("equipe"), "droits-d-une-personne", vallon.slug, people["lecture"].pk)
    assert "Dan Liseur" in html
    assert "rôle « lecture », depuis le 5 janvier 2026" in html


def test_the_menu_shows_what_one_may_open(as_: Callable[[str], Client], vallon: EspaceDeContrat) -> None:
    trace = reverse("trace", args=[vallon.slug])
    assert trace in read(as_("equipe"), "droits", vallon.slug)
    assert trace not in read(as_("lecture"), "droits", vallon.slug)


def test_the_desk_lists_one_s_contracts_alone(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    html = as_("lecture").get(reverse("mes-contrats") + "?liste=oui").content.decode()
    assert vallon.titre in html
    assert colline.titre not in html
    html = read(as_("administration"), "mes-contrats")
    assert vallon.titre in html
    assert colline.titre in html


def test_the_desk_of_someone_without_a_role_says_so(as_: Callable[[str], Client]) -> None:
    assert "Vous n’avez de rôle dans aucun contrat" in read(as_("sans role"), "mes-contrats")


def test_a_page_costs_the_same_whatever_the_number_of_people(
    as_: Callable[[str], Client], vallon: EspaceDeContrat
) -> None:
    def count(name: str) -> int:
        client = as_("lecture" if name == "droits" else "equipe")
        with CaptureQueriesContext(connection) as caught:
            read(client, name, vallon.slug)
        return len(caught)

    before = {name: count(name) for name in ("droits", "mes-droits", "habilitations")}
    for number in range(5):
        member(f"Autre {number}", Role.PARTENAIRE, vallon, of=f"corps-{number}")
    assert {name: count(name) for name in before} == before
    assert before["droits"] == 3, "the session, the account, the person with her roles"


def test_a_page_of_a_public_contract_leads_a_member_to_the_screens_she_may_open(
    as_: Callable[[str], Client], colline: EspaceDeContrat
) -> None:
    url, trace = reverse("contrat", args=[colline.slug]), reverse("trace", args=[colline.slug])
    assert trace in as_("voisin").get(url).content.decode()
    for who in ("visiteur", "equipe", "lecture", "sans role"):
        assert trace not in as_(who).get(url).content.decode()


def test_a_visitor_costs_no_query_for_the_account(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as caught:
        html = client.get(reverse("licence")).content.decode()
    assert "Se connecter" in html
    assert len(caught) == 0
