"""A repérage in a real Chromium: at a desk on a phone, then counted; the counts."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.habilitations.models import EspaceDeContrat

PHONE = 360
Open = Callable[..., Page]
Check = Callable[..., None]


def test_a_reception_on_a_phone_points_to_rights_and_is_counted(
    vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check
) -> None:
    page = ouvrir(reverse("reperage", args=[vallon.slug]), by=people["partenaire"], width=PHONE)
    axe(page, phone=PHONE)
    page.get_by_role("group", name="Quel âge").get_by_label("65 ans ou plus").check()
    page.get_by_role("group", name="Quelles ressources").get_by_label("moins que le Smic").check()
    page.get_by_role("button", name="Voir les droits possibles").click()
    expect(page.get_by_role("heading", name="Allocation de solidarité aux personnes âgées")).to_be_visible()
    axe(page, phone=PHONE)
    page.get_by_role("button", name="Compter").click()
    expect(page.get_by_role("status")).to_contain_text("C’est compté")
    page.goto(page.url.replace("/reperage/", "/reperage/comptes/"))
    expect(page.get_by_text("1 personne reçue")).to_be_visible()
    axe(page, phone=PHONE)
