"""A survey in a real Chromium: prepared, opened, answered on a phone, read."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.enquetes.models import Enquete
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tests.enquetes.enquetes import answered, enquete, fermee

PHONE = 360
Open = Callable[..., Page]
Check = Callable[..., None]


def test_from_the_core_to_the_published_results(vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat="publie")
    by = acces_of(people["equipe"])
    fermee(by, vallon, titre="L’an dernier", papiers=12)
    made = enquete(by, vallon)
    page = ouvrir(reverse("enquete", args=[vallon.slug, made.numero]), by=people["equipe"])
    axe(page, phone=PHONE)
    page.get_by_role("link", name="Ouvrir").first.click()
    page.get_by_label("Ouvre le").fill("2024-01-01")
    page.get_by_label("Ferme le").fill("2099-12-31")
    axe(page, phone=PHONE)
    page.get_by_role("button", name="Ouvrir").click()
    expect(page.get_by_role("status")).to_contain_text("Les jours sont dits")
    page.get_by_role("link", name="L’affiche et le papier").click()
    axe(page, phone=PHONE)
    answered(made, 24, vecu="souvent")
    phone = ouvrir(reverse("enquete-publique", args=[vallon.slug, made.numero]), width=PHONE)
    axe(phone, phone=PHONE)
    phone.get_by_label("parfois").check()
    phone.get_by_role("button", name="Envoyer mes réponses").click()
    expect(phone.get_by_role("heading", name="Merci")).to_be_visible()
    axe(phone, phone=PHONE)
    assert Enquete.objects.get(pk=made.pk).reponses == 25
    page = ouvrir(reverse("enquete", args=[vallon.slug, made.numero]), by=people["equipe"])
    expect(page.get_by_text("avant").first).to_be_visible()
    axe(page, phone=PHONE)
    page = ouvrir(reverse("enquetes", args=[vallon.slug]), by=people["equipe"])
    axe(page, phone=PHONE)
