"""The head of every page: one bar, one menu; each role sees what she may; the same thing on the other side; help."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core.piece import Piece, by_name, each
from tenir.ecran.navigation import Page
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.roles import Role
from tests.personnes import contract
from tests.pieces import beside, open_entries
from tests.routes import arguments_of, room_of
from tests.vie import fiche

As = Callable[[str], Client]
Places = list[tuple[str, str]]
OWN = ["Mes contrats", "Mon compte", "Ce que Tenir sait de moi", "Aide"]


def head(client: Client, url: str) -> str:
    """The head of a page, and the views of its entry."""
    return client.get(url).content.decode().partition("<main")[0]


def links(html: str, name: str) -> Places:
    """The links of a navigation of the head, each with its address: none when it is not there."""
    found = re.search(rf'<nav class="[\w -]+" aria-label="{name}">(.*?)</nav>', html, re.S)
    return re.findall(r'<a href="([^"]+)"[^>]*>([^<]+?)\s*<', found[1]) if found else []


def words(html: str, name: str) -> list[str]:
    return [text for _, text in links(html, name)]


def current(html: str, name: str) -> list[str]:
    found = re.search(rf'<nav class="[\w -]+" aria-label="{name}">(.*?)</nav>', html, re.S)
    return re.findall(r'aria-current="page">([^<]+?)\s*<', found[1]) if found else []


def at(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


# One bar, one menu


@pytest.mark.parametrize("who", ["lecture", "partenaire", "equipe", "administration"])
def test_each_role_finds_the_pages_that_she_may_open_and_no_other(as_: As, vallon: EspaceDeContrat, who: str) -> None:
    client = as_(who)
    bar, menu = open_entries(client, vallon)
    html = head(client, at("aujourdhui", vallon))
    assert words(html, "Pages du contrat") == bar
    assert words(html, "Mon compte") == [*menu, *OWN]
    assert words(html, "Menu") == [*bar, *menu, *OWN]
    for url, text in links(html, "Menu"):
        assert client.get(url).status_code == 200, text


def test_who_may_do_more_finds_more(as_: As, vallon: EspaceDeContrat) -> None:
    found = {}
    for who in ("lecture", "partenaire", "equipe", "administration"):
        html = head(as_(who), at("aujourdhui", vallon))
        found[who] = [*words(html, "Pages du contrat"), *words(html, "Mon compte")]
    assert found["lecture"][0] == "Aujourd’hui"
    assert set(found["lecture"]) < set(found["partenaire"]) < set(found["equipe"]) < set(found["administration"])


def test_a_visitor_finds_the_parts_of_the_contract_and_the_way_in(client: Client, colline: EspaceDeContrat) -> None:
    html = head(client, at("contrat", colline))
    assert words(html, "Parties du contrat")[:3] == ["Le contrat", "En ce moment", "Les actions"]
    assert words(html, "Menu") == [*words(html, "Parties du contrat"), "Aide", "Se connecter"]
    assert "csrfmiddlewaretoken" not in html


def test_no_one_has_two_bars(as_: As, colline: EspaceDeContrat) -> None:
    for who in ("visiteur", "voisin", "administration"):
        for page in ("contrat", "actions", "credits"):
            assert head(as_(who), at(page, colline)).count('class="barre"') == 1
    assert head(as_("voisin"), at("aujourdhui", colline)).count('class="barre"') == 1


def test_a_page_of_no_contract_keeps_the_bar_of_whoever_has_one_contract(as_: As, vallon: EspaceDeContrat) -> None:
    for url in (reverse("mes-donnees"), reverse("aide"), reverse("accueil")):
        assert words(head(as_("lecture"), url), "Pages du contrat") == open_entries(as_("lecture"), vallon)[0]
        assert words(head(as_("administration"), url), "Pages du contrat") == []
    refused = head(as_("lecture"), at("trace", vallon))
    assert words(refused, "Pages du contrat") == open_entries(as_("lecture"), vallon)[0]


def test_whoever_has_other_contracts_is_told_how_many(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    Habilitation.objects.create(personne=people["equipe"], espace=colline, role=Role.LECTURE, du=date(2026, 1, 5))
    html = head(as_("equipe"), at("aujourdhui", vallon))
    assert "Mes autres contrats\n<small>1</small>" in html
    assert words(head(as_("equipe"), reverse("mes-contrats")), "Pages du contrat") == []


def test_one_leaves_by_one_press_of_a_button(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("equipe")
    assert f'<form method="post" action="{reverse("account_logout")}">' in head(client, at("aujourdhui", vallon))
    assert client.get(reverse("account_logout")).status_code == 200, "a link asks first"
    assert client.post(reverse("account_logout")).status_code == 302
    assert "Se connecter" in head(client, "/")


# Where we are


def test_the_entry_and_the_view_we_are_in_are_marked(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    client = as_("equipe")
    for name, entry, view in [
        ("fiches", "Actions", "Liste"),
        ("frise", "Actions", "Frise"),
        ("chiffres", "Actions", "Chiffres"),
        ("suivi-indicateurs", "Mesures", "Indicateurs"),
        ("points", "Échanges", "Points d’étape"),
    ]:
        html = head(client, at(name, vallon))
        assert current(html, "Pages du contrat") == [entry]
        assert current(html, "Dans cette partie") == ([view] if view else [])
    assert current(head(client, at("fiche-modifier", vallon, "O01-A01")), "Pages du contrat") == ["Actions"]
    roles = head(client, at("invitations", vallon))
    assert (current(roles, "Pages du contrat"), current(roles, "Mon compte")) == ([], ["Équipe et accès"])
    assert words(roles, "Dans cette partie") == ["Rôles", "Invitations", "Droits"]


def test_an_entry_leads_to_the_first_of_its_views_that_she_may_open(as_: As, vallon: EspaceDeContrat) -> None:
    for who, page in (("lecture", "droits"), ("equipe", "habilitations")):
        found = {text: url for url, text in links(head(as_(who), at("aujourdhui", vallon)), "Mon compte")}
        assert found["Équipe et accès"] == at(page, vallon)


def test_a_view_names_an_entry_that_exists_and_no_address_is_declared_twice() -> None:
    pages = list(each("pages"))
    names = [page.name for page in pages]
    assert len(names) == len(set(names))
    assert {page.sous for page in pages} - {page.name for page in pages if not page.sous} == {""}


def test_a_room_adds_its_entry_by_its_declaration_alone(
    monkeypatch: pytest.MonkeyPatch, as_: As, vallon: EspaceDeContrat
) -> None:
    before = words(head(as_("lecture"), at("aujourdhui", vallon)), "Pages du contrat")
    beside(monkeypatch, Piece("essai", pages=[Page("qualite", "Essai", "fiche.read", 10_000, contract=True)]))
    assert words(head(as_("lecture"), at("aujourdhui", vallon)), "Pages du contrat") == [*before, "Essai"]


# The same thing on the other side


@pytest.fixture
def public(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """The contract, published."""
    vallon.etat = EspaceDeContrat.Etat.PUBLIE
    vallon.save()
    return vallon


@pytest.mark.parametrize(("opened", "closed"), by_name("twins").items())
def test_a_public_page_and_its_working_page_lead_to_one_another(
    as_: As, public: EspaceDeContrat, settings, tmp_path: Path, opened: str, closed: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    args = arguments_of(room_of(closed), public).get(closed, [])
    Reunion.objects.update(niveau=Niveau.PUBLIC)  # published, as the contract is
    for who in ("lecture", "partenaire", "equipe", "administration"):
        client = as_(who)
        there, back = at(closed, public, *args), at(opened, public, *args)
        assert (there, "Page de travail") in links(head(client, back), "Parties du contrat")
        assert (back, "Voir la page publique") in links(head(client, there), "Pages du contrat")
    for who in ("visiteur", "voisin", "sans role"):
        html = head(as_(who), at(opened, public, *args))
        assert "Page de travail" not in html
        assert "/espace/vallon" not in html


def test_what_is_not_published_has_no_public_page(as_: As, vallon: EspaceDeContrat) -> None:
    html = head(as_("equipe"), at("fiches", vallon))
    assert "Voir la page publique" not in html
    assert "/contrats/vallon" not in html


def test_a_visitor_s_head_asks_nothing_and_hers_one_thing(as_: As, public: EspaceDeContrat) -> None:
    def queries(client: Client) -> int:
        with CaptureQueriesContext(connection) as caught:
            head(client, at("credits", public))
        return len(caught)

    visitor, signed_in = queries(as_("visiteur")), queries(as_("equipe"))
    assert signed_in == visitor + 3, "her session, her account, her roles"


def test_the_head_costs_the_same_whatever_her_contracts(
    as_: As, public: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            head(as_("equipe"), at("actions", public))
        return len(caught)

    queries()
    before = queries()
    for rank in range(3):
        other = contract(f"autre-{rank}")
        Habilitation.objects.create(personne=people["equipe"], espace=other, role=Role.LECTURE, du=date(2026, 1, 5))
    assert queries() == before
