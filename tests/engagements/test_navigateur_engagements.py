"""Promises in a real Chromium: a signatory declares its own kept, with a proof, on a phone and on a computer."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.acteurs.models import Personne
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import engagement


@pytest.mark.parametrize("width", [1280, 360])
def test_a_signatory_declares_its_promise_kept_with_a_proof(
    page_of: Callable[..., Page],
    axe: Callable[[Page], None],
    vallon: EspaceDeContrat,
    people: dict[str, Personne],
    width: int,
) -> None:
    engagement(vallon, of="ccas")
    page = page_of(people["partenaire"], reverse("suivi-engagements", args=[vallon.slug]), width=width)
    axe(page)
    page.get_by_role("link", name="Engagement S01-E01", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Dire où il en est").click()
    axe(page)
    page.get_by_label("tenu", exact=True).check()
    page.get_by_label("En une phrase").fill("Le lieu est ouvert.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Ajouter une preuve").click()
    axe(page)
    page.get_by_label("Titre").fill("Permanences tenues")
    page.get_by_label("Ou un chiffre").fill("12")
    page.get_by_label("Source du chiffre").fill("registre")
    page.get_by_role("button", name="Ajouter la preuve").click()
    shown = page.locator("main").inner_text()
    assert ("Le lieu est ouvert." in shown, "registre" in shown) == (True, True)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name=re.compile("Tous les engagements d")).click()
    axe(page)
    assert "Permanences tenues (12, registre)" in page.locator("main").inner_text()
    with page.expect_download() as brought:
        page.get_by_role("link", name="Télécharger en PDF").click()
    assert brought.value.suggested_filename.endswith("S01-etat-des-engagements.pdf")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
