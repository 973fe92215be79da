"""Every address of the site, for a visitor: a public contract answers, what is not public does not exist.

The routes are those that the room states (`tests/public/routes.py`).
"""

import re

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tenir.habilitations.models import EspaceDeContrat
from tests.public import routes as stated
from tests.routes import GESTE, arguments_of, parameters, walk

GIVEN = arguments_of(stated, None)
FREE = {name: GIVEN.get(name, []) for name in stated.ROUTES if "slug" not in parameters(name)}
"""The routes that belong to no contract, with their arguments."""
POSTED = {name for name in FREE if stated.ROUTES[name].axe == GESTE}
"""The free routes that only answer what a page of ours sends (`test_regles.py`)."""
OF_A_CONTRACT = {name: GIVEN.get(name, []) for name in stated.ROUTES if "slug" in parameters(name)}
"""The routes of a contract, with what follows its slug."""
WITH_A_CODE = stated.WITH_A_CODE


def address(name: str, slug: str) -> str:
    return reverse(name, args=[slug, *OF_A_CONTRACT[name]])


def test_every_route_has_a_decision() -> None:
    found = {str(route.name) for route in walk(get_resolver("tenir.public.urls").url_patterns)}
    assert found == FREE.keys() | OF_A_CONTRACT.keys()


@pytest.mark.deux_bases
@pytest.mark.parametrize("name", sorted(FREE.keys() - POSTED))
def test_a_free_page_answers_anyone(client: Client, fictif: EspaceDeContrat, name: str) -> None:
    assert client.get(reverse(name, args=FREE[name])).status_code == 200


@pytest.mark.deux_bases
def test_a_public_contract_answers_anyone(client: Client, fictif: EspaceDeContrat) -> None:
    given = arguments_of(stated, fictif)
    urls = [reverse(name, args=[fictif.slug, *given.get(name, [])]) for name in OF_A_CONTRACT]
    assert {url: status for url in urls if (status := client.get(url).status_code) not in {200, 302}} == {}


@pytest.mark.parametrize("etat", ["brouillon", "signe"])
@pytest.mark.parametrize("name", OF_A_CONTRACT)
def test_a_contract_that_is_not_public_does_not_exist(
    client: Client, fictif: EspaceDeContrat, name: str, etat: str
) -> None:
    EspaceDeContrat.objects.filter(pk=fictif.pk).update(etat=etat)
    assert client.get(address(name, fictif.slug)).status_code == 404


@pytest.mark.parametrize("name", OF_A_CONTRACT)
def test_an_unknown_contract_does_not_exist(client: Client, fictif: EspaceDeContrat, name: str) -> None:
    assert client.get(address(name, "contrat-inconnu")).status_code == 404


@pytest.mark.parametrize("name", sorted(WITH_A_CODE))
def test_an_unknown_code_does_not_exist(client: Client, fictif: EspaceDeContrat, name: str) -> None:
    unknown = re.sub(r"\d+$", "98", OF_A_CONTRACT[name][0]).replace("A", "Z", name == "axe")
    assert client.get(reverse(name, args=[fictif.slug, unknown])).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("name", ["contrat", "orientation", "actions", "recherche"])
def test_the_public_site_changes_nothing(client: Client, fictif: EspaceDeContrat, name: str, method: str) -> None:
    before = EspaceDeContrat.objects.get(pk=fictif.pk)
    getattr(client, method)(address(name, fictif.slug))
    assert EspaceDeContrat.objects.get(pk=fictif.pk).etat == before.etat


@pytest.mark.parametrize("hidden", ["signe", "brouillon"])
def test_home_map_and_exports_forget_a_contract_that_is_not_public(
    client: Client, fictif: EspaceDeContrat, hidden: str
) -> None:
    EspaceDeContrat.objects.filter(pk=fictif.pk).update(etat=hidden)
    for name in ("accueil", "plan-du-site"):
        assert fictif.titre not in client.get(reverse(name)).content.decode()
    assert fictif.titre not in client.get(reverse("accueil-export", args=["csv"])).content.decode()
