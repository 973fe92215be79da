"""The pages of sign-in in a real Chromium, on a computer and on a phone."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tests.acteurs.conftest import last_code
from tests.acteurs.test_connexion import totp
from tests.personnes import person, second_factor

PAGES = ("/compte/connexion/", "/compte/connexion/mot-de-passe/")


def test_every_page_of_sign_in_is_sound_and_accessible(ouvrir, axe, live_server, transactional_db) -> None:
    page = ouvrir(PAGES[0])
    for url in PAGES:
        page.goto(live_server.url + url)
        axe(page, phone=360)


def test_one_signs_in_by_a_code_then_finds_one_s_account(ouvrir, axe, transactional_db, mailoutbox) -> None:
    person("Ada Sommet")
    page = ouvrir("/compte/connexion/?next=/compte/")
    page.get_by_label("Adresse électronique").fill("ada-sommet@exemple.test")
    page.get_by_role("button", name="Recevoir un code").click()
    axe(page)
    page.get_by_label("Code").fill(last_code())
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url("**/compte/")
    axe(page)
    page.get_by_role("link", name="Activer un second facteur").click()
    page.wait_for_url("**/activer/")
    axe(page)


SECRET = "une phrase assez longue"
OF_AN_ACCOUNT = (
    "mfa_index",
    "account_change_password",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_logout",
)


@pytest.fixture
def ada_s_page(ouvrir, transactional_db, live_server) -> Page:
    """Ada, signed in by password and second factor, with recovery codes; she has just confirmed that it is her."""
    ada = person("Ada Sommet")
    assert ada.utilisateur
    ada.utilisateur.set_password(SECRET)
    ada.utilisateur.save()
    second_factor(ada)
    RecoveryCodes.activate(ada.utilisateur)
    client = Client()
    client.post(reverse("account_login"), {"login": ada.email, "password": SECRET})
    client.post(reverse("mfa_authenticate"), {"code": totp()})
    client.post(reverse("account_reauthenticate"), {"password": SECRET})  # asked before the pages of the second factor
    page: Page = ouvrir("/licence/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page


def test_the_second_factor_is_asked_on_an_accessible_page(ouvrir, axe, transactional_db) -> None:
    ada = person("Ada Sommet")
    assert ada.utilisateur
    ada.utilisateur.set_password(SECRET)
    ada.utilisateur.save()
    second_factor(ada)
    page = ouvrir(reverse("account_login"))
    page.locator("#id_login").fill(ada.email)
    page.locator("#id_password").fill(SECRET)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(f"**{reverse('mfa_authenticate')}**")
    axe(page, phone=360)


def test_every_page_of_an_account_is_sound_and_accessible(ada_s_page: Page, axe, live_server) -> None:
    for name in OF_AN_ACCOUNT:
        ada_s_page.goto(live_server.url + reverse(name))
        assert ada_s_page.url.endswith(reverse(name)), f"{name} a mené à {ada_s_page.url}"
        axe(ada_s_page, phone=360)


def test_the_errors_of_the_forms_of_an_account_are_accessible(ada_s_page: Page, axe, live_server) -> None:
    for name in ("account_change_password", "account_reauthenticate", "mfa_reauthenticate"):
        ada_s_page.goto(live_server.url + reverse(name))
        ada_s_page.locator("main button[type=submit]").first.click()
        ada_s_page.get_by_role("alert").first.wait_for()
        axe(ada_s_page, phone=360)


def test_whoever_signs_out_sees_an_accessible_page(ada_s_page: Page, axe, live_server) -> None:
    ada_s_page.goto(live_server.url + reverse("account_logout"))
    ada_s_page.get_by_role("button", name="Se déconnecter").click()
    ada_s_page.get_by_role("link", name="Se connecter").first.wait_for()
    axe(ada_s_page)
