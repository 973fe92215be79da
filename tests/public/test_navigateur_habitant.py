"""A resident with her own words, on a phone: the taps are counted."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.public.conftest import FICTIF, load_and_publish


def test_damp_housing_is_found_in_three_taps_on_a_phone(
    ouvrir: Callable[..., Page], axe: Callable[..., None], transactional_db: None
) -> None:
    load_and_publish(FICTIF, FICTIF.with_suffix(".txt"))
    page = ouvrir(f"/contrats/{FICTIF.stem}/", width=360)
    page.locator("header .menu > summary").click()
    page.get_by_role("searchbox", name="Rechercher dans le contrat").first.fill("logement humide")
    page.get_by_role("button", name="Chercher").first.click()
    assert "logement indigne" in page.locator(".chapeau").inner_text()
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Registre des signalements de logement indigne").click()
    assert "Registre des signalements de logement indigne" in page.locator("h1").inner_text()
    expect(page.get_by_role("link", name="Suivre par courriel")).to_have_count(1)
