"""Every address of sign-in: which are open, and that each page is ours."""

from pathlib import Path

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from tenir.acteurs.models import Personne
from tenir.acteurs.urls import urlpatterns
from tests.acteurs import routes as stated
from tests.personnes import second_factor
from tests.routes import OUVERTE
from tests.test_routes import ROUTES

pytestmark = pytest.mark.deux_bases

OPEN = {name for name, route in stated.ROUTES.items() if route.droit == OUVERTE}
CLOSED = stated.ROUTES.keys() - OPEN
OF_ALLAUTH = [route for route in ROUTES if route.callback.__module__.startswith("allauth.")]


def test_no_address_of_allauth_exists_beyond_those_decided_here() -> None:
    assert {str(route.name) for route in OF_ALLAUTH} == OPEN | CLOSED
    assert len(OF_ALLAUTH) == len(urlpatterns) == len(OPEN | CLOSED)


@pytest.mark.parametrize("route", OF_ALLAUTH, ids=lambda route: route.name)
def test_a_page_of_sign_in_shows_a_template_of_the_house(route: URLPattern) -> None:
    name = route.callback.view_initkwargs["template_name"]  # type: ignore[union-attr]
    assert "tenir" in Path(get_template(name).template.origin.name).parts  # type: ignore[attr-defined]


@pytest.mark.une_base
@pytest.mark.parametrize("name", sorted(CLOSED))
def test_a_visitor_is_led_to_sign_in_from_the_pages_of_an_account(client: Client, db: None, name: str) -> None:
    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/compte/connexion/")


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_each_page_of_an_account_answers_its_owner(client: Client, ada: Personne, name: str) -> None:
    second_factor(ada)
    client.force_login(ada.utilisateur)
    assert client.get(reverse(name), follow=True).status_code in {200, 404}


def test_nobody_signs_up_alone(client: Client, db: None) -> None:
    for address in ("/compte/signup/", "/compte/inscription/", "/accounts/signup/", "/compte/password/reset/"):
        assert client.get(address).status_code == 404


def test_a_public_page_opens_no_session(client: Client, db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert not [query for query in queries.captured_queries if "session" in query["sql"]]


def test_the_router_is_walked_whole() -> None:
    assert len(ROUTES) > len(get_resolver("tenir.acteurs.urls").url_patterns)
