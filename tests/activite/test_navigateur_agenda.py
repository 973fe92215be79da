"""Calendars in a real Chromium: the address of a feed given, copied, withdrawn."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tenir.activite.models import FluxDAgenda
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat
from tests.activite.routes import daily


def test_the_address_of_a_feed_is_given_copied_and_withdrawn(
    vallon: EspaceDeContrat, people, ouvrir: Callable[..., Page], axe: Callable[..., None]
) -> None:
    Lieu.objects.create(espace=vallon, code="L77", ordre=77, nom="Maison des habitants")
    daily(vallon)
    page = ouvrir("/espace/vallon/activite/lieux/L77/", by=people["equipe"])
    axe(page, phone=360)
    page.get_by_role("button", name="Donner l’adresse").click()
    expect(page.get_by_role("status").first).to_contain_text("L’adresse est donnée")
    axe(page, phone=360)
    shown = page.get_by_label("L’adresse à copier").input_value()
    opens = page.get_by_role("link", name="Ouvrir dans mon agenda").get_attribute("href") or ""
    assert opens.partition(":")[2] == shown.partition(":")[2]
    assert page.request.get(shown).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name="Tous les flux d’agenda").click()
    axe(page, phone=360)
    page.get_by_role("link", name="Maison des habitants").click()
    page.get_by_role("link", name="Retirer l’adresse").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Retirer l’adresse").click()
    expect(page.get_by_text("n’ouvre plus rien").first).to_be_visible()
    assert page.request.get(shown).status == 410
    assert FluxDAgenda.objects.open().count() == 0
