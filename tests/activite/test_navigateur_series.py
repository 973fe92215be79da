"""A partner says what comes back, then tells one of its days."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tenir.activite.models import Entree
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tests.personnes import body


def test_a_partner_says_what_comes_back_and_tells_a_day_in_two_gestures(
    vallon: EspaceDeContrat, people, ouvrir: Callable[..., Page], axe: Callable[..., None]
) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    page = ouvrir("/espace/vallon/activite/series/", by=people["partenaire"])
    page.get_by_role("link", name="Dire ce qui revient").click()
    axe(page, phone=360)
    page.get_by_label("Nature").select_option("atelier")
    page.get_by_label("Organisme qui la tient").select_option(label="CCAS")
    for day in ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"):
        page.get_by_label(day).check()
    page.get_by_label("De", exact=True).fill("14:00")
    page.get_by_label("À", exact=True).fill("17:00")
    page.get_by_label("À partir du").fill("2026-01-06")
    page.get_by_role("button", name="Ajouter cette série").click()
    expect(page.get_by_role("status").first).to_contain_text("La série est ajoutée.")
    axe(page, phone=360)
    page.locator("section", has_text="À inscrire").get_by_role("link").first.click()
    axe(page, phone=360)
    page.get_by_label("Combien de personnes sont venues").fill("12")
    page.get_by_role("button", name="Inscrire").click()
    expect(page.get_by_text("c’est inscrit.")).to_be_visible()
    assert Entree.objects.get().serie is not None
