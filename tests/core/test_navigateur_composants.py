"""The gallery of components in a real Chromium: width, accessibility, fingers, keyboard, paper."""

import pytest

from tests.navigateur import assert_reflows, narrowed

pytestmark = pytest.mark.urls("tests.core.urls_composants")


def test_the_gallery_is_accessible_and_fits_its_screen(ouvrir, axe):
    page = ouvrir("/composants/")
    assert_reflows(page)
    axe(page, phone=360)
    with narrowed(page, 320):
        assert_reflows(page)


def test_targets_are_large_enough_on_a_phone(ouvrir):
    page = ouvrir("/composants/", width=360)
    fields = "input:not([type=hidden], [type=checkbox]), select, textarea"
    targets = f"{fields}, .bouton, .onglets a, .pagination a, .liste tbody tr"
    shown = page.locator(targets).filter(visible=True)
    heights = shown.evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    assert len(heights) > 30
    assert min(heights) > 43.9


def test_the_keyboard_reaches_the_content_first(ouvrir):
    page = ouvrir("/composants/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_print_keeps_codes_and_drops_what_works_on_a_screen_only(ouvrir):
    page = ouvrir("/composants/")
    page.emulate_media(media="print")
    assert page.locator(".items .code").first.is_visible()
    assert page.locator(".mots-signes figcaption").first.is_visible()
    for gone in (".onglets", ".filtres", ".pied", ".exports", ".pagination", "main form"):
        assert not page.locator(gone).first.is_visible(), gone
