"""The home of the site: a glance at each contract while they are few."""

from django.test import Client

from tenir.core.emplacements import ENTREE, links_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.vitrine import FEW, showcase
from tests.pages import flat


def test_a_contract_is_shown_axis_by_axis_with_the_same_in_words(fictif, client: Client) -> None:
    html = flat(client.get("/").text)
    assert "Sur 40 actions : 40 dont rien n’est annoncé." in html.replace("\xa0", " ")
    assert html.count('class="rang-de-carres"') >= 3


def test_a_search_gives_the_list_alone(fictif, client: Client) -> None:
    assert "rang-de-carres" not in client.get("/?q=songe").text


def test_many_contracts_are_a_list(fictif) -> None:
    assert showcase(EspaceDeContrat.objects.public(), FEW + 1) == ([], [])


def test_a_site_that_is_no_demonstration_offers_no_way_in(fictif, client: Client, rf) -> None:
    assert links_of(ENTREE, rf.get("/"), None) == ()
    assert "Entrer dans la démonstration" not in client.get("/").text
