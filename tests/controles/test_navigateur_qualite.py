"""The quality of a contract in a real Chromium: the team admits an anomaly; anyone checks a draft."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tenir.acteurs.models import Personne
from tenir.controles.models import AnomalieRelevee
from tenir.habilitations.models import EspaceDeContrat

DRAFT = Path(__file__).parents[2] / "contrats" / "fictif" / "virelande-fictif-2024-2030.docx"


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_team_admits_an_anomaly_and_withdraws_it(
    page_of: Callable[..., Page],
    axe: Callable[[Page], None],
    vallon: EspaceDeContrat,
    people: dict[str, Personne],
    width: int,
) -> None:
    for rank, code in enumerate(("G01", "G02")):
        AnomalieRelevee.objects.create(
            espace=vallon, rang=rank, regle="GOV001", gravite="à corriger", code=code, phrase=f"Rythme de {code}.",
            remede="Écrivez un nombre.", lignes="12 à 14", plages="12-14",
        )  # fmt: skip
    page = page_of(people["equipe"], f"/espace/{vallon.slug}/qualite/", width=width)
    axe(page)
    assert fits(page, width)
    page.get_by_role("link", name="Admettre l’anomalie GOV001 G01").click()
    axe(page)
    page.get_by_label("Pourquoi l’anomalie est admise").fill("Prévu en juin.")
    page.get_by_label("Qui l’a décidé").fill("Comité de pilotage")
    page.get_by_label("Jusqu’au").fill("2099-12-31")
    page.get_by_role("button", name="Admettre l’anomalie").click()
    axe(page)
    shown = page.locator("main").inner_text()
    assert ("Rythme de G01." in shown, "Rythme de G02." in shown, "Prévu en juin." in shown) == (False, True, True)
    assert fits(page, width)
    page.get_by_role("link", name="Retirer la dérogation à GOV001 G01").click()
    axe(page)
    page.get_by_role("button", name="Retirer la dérogation").click()
    assert "Rythme de G01." in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_anyone_checks_a_draft_reads_a_rule_and_takes_the_report_away(
    ouvrir: Callable[..., Page], axe: Callable[[Page], None], transactional_db: None, width: int
) -> None:
    cache.clear()
    page = ouvrir("/verifier/", width=width)
    axe(page)
    page.get_by_role("button", name="Vérifier ce projet").click()
    assert "Choisissez un fichier." in page.locator("main").inner_text()
    axe(page)
    page.get_by_label("Votre projet de contrat").set_input_files(DRAFT)
    page.get_by_role("button", name="Vérifier ce projet").click()
    axe(page)
    assert fits(page, width)
    assert "10\xa0orientations" in page.locator("main").inner_text().replace(" ", "\xa0")
    with page.expect_download() as brought:
        page.get_by_role("button", name="Rapport en Word").click()
    assert brought.value.suggested_filename == "verification.docx"
    with page.expect_download() as given:
        page.get_by_role("button", name="Fichier contrat lu").click()
    assert given.value.suggested_filename == "projet-lu.yaml"
    page.locator(".faits summary").first.click()
    assert page.locator("#t-essentiel + .faits > li").count() <= 12
    axe(page)
    page.get_by_role("link", name="Pourquoi").first.click()
    axe(page)
    assert "Exemple fautif" in page.locator("main").inner_text()
    page.get_by_role("link", name="Les règles").click()
    axe(page)
    assert fits(page, width)
