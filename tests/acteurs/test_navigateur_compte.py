"""The pages of sign-in in a real Chromium, on a computer and on a phone."""

import pytest

from tests.acteurs.conftest import last_code
from tests.equipe import person

PAGES = ("/compte/connexion/", "/compte/connexion/mot-de-passe/")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_sign_in_is_sound_and_accessible(ouvrir, axe, transactional_db, width: int) -> None:
    for url in PAGES:
        page = ouvrir(url, width=width)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


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
