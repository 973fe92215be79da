"""What is tried against sign-in beyond guessing once: many guesses, spent codes, a session planted beforehand."""

from collections.abc import Callable

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tests.acteurs.conftest import signed_in
from tests.personnes import second_factor

pytestmark = pytest.mark.deux_bases

ASK, CONFIRM, PASSWORD = (f"/compte/connexion/{end}" for end in ("", "code/", "mot-de-passe/"))
SECRET = "une phrase assez longue"


@pytest.fixture
def ada_twice(ada: Personne) -> Personne:
    """Ada, with a password and a second factor."""
    assert ada.utilisateur
    ada.utilisateur.set_password(SECRET)
    ada.utilisateur.save()
    second_factor(ada)
    return ada


def test_codes_of_the_second_factor_are_not_tried_without_end(client: Client, ada_twice: Personne) -> None:
    client.post(PASSWORD, {"login": ada_twice.email, "password": SECRET})
    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}) for n in range(8)]
    assert "Trop d’essais" in answers[-1].content.decode()
    assert not signed_in(client)


def test_a_recovery_code_serves_once(client: Client, ada_twice: Personne) -> None:
    code = RecoveryCodes.activate(ada_twice.utilisateur).get_unused_codes()[0]
    for expected in (True, False):
        client.post(PASSWORD, {"login": ada_twice.email, "password": SECRET})
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(client) is expected
        client.post(reverse("account_logout"))


def test_a_session_planted_in_a_browser_opens_nothing_once_its_owner_signs_in(
    client: Client, ada: Personne, ask: Callable[..., str]
) -> None:
    thief = Client()
    planted = thief.session
    planted["vu"] = "ici"
    planted.save()
    client.cookies["sessionid"] = thief.cookies["sessionid"].value
    client.post(CONFIRM, {"code": ask(ada.email)})
    assert signed_in(client)
    assert not signed_in(thief)
    assert thief.get(reverse("mes-contrats")).status_code == 302


def test_guesses_made_through_several_processes_are_counted_together(ada_twice: Personne, settings) -> None:
    """The cache of production is a table: nothing is counted in the memory of one process."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_entreedecache"}
    }
    for _ in range(6):
        Client().post(PASSWORD, {"login": ada_twice.email, "password": "faux"})
    assert type(cache._connections["default"]).__name__ == "DatabaseCache"  # type: ignore[attr-defined]
    answer = Client().post(PASSWORD, {"login": ada_twice.email, "password": SECRET})
    assert "Trop d’essais" in answer.content.decode()


@pytest.mark.parametrize("forged", ["mechant.test", "tenir.exemple@mechant.test", "tenir.exemple:80@mechant.test"])
def test_a_forged_host_reaches_no_page(client: Client, db: None, settings, forged: str) -> None:
    settings.ALLOWED_HOSTS = ["tenir.exemple"]
    for path in ("/", ASK, "/sante"):
        assert client.get(path, headers={"host": forged}).status_code == 400


def test_a_forwarded_host_is_not_believed(client: Client, db: None, settings) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["tenir.exemple"], True
    answer = client.get("/", headers={"host": "tenir.exemple", "x-forwarded-host": "mechant.test"})
    assert answer["Location"] == "https://tenir.exemple/"
