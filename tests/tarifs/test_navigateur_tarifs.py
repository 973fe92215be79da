"""Tariffs in a real Chromium: a price is tried, what it costs is read, the scenario is retained."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.tarifs.models import GrilleTarifaire
from tests.tarifs.tarifs import tenu

PHONE = 360
Open = Callable[..., Page]
Check = Callable[..., None]


def test_a_scenario_is_tried_then_retained(vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check) -> None:
    made, grid = tenu(acces_of(people["equipe"]), vallon)
    page = ouvrir(reverse("tarif", args=[vallon.slug, made.numero]), by=people["equipe"])
    axe(page, phone=PHONE)
    page.get_by_role("link", name="2025").first.click()
    expect(page.get_by_role("heading", name="Fréquentation de 2025")).to_be_visible()
    axe(page, phone=PHONE)
    page.go_back()
    page.get_by_role("link", name="Essayer d’autres prix").click()
    axe(page, phone=PHONE)
    page.get_by_label("Nom du scénario").fill("Moins cher en bas")
    page.get_by_label("Prix en euros, ligne 1").fill("0,50")
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.get_by_role("heading", name="Moins cher en bas")).to_be_visible()
    expect(page.get_by_text("paie moins")).to_be_visible()
    expect(page.get_by_text("Ce que l’on ne peut pas dire")).to_be_visible()
    axe(page, phone=PHONE)
    page.get_by_role("link", name="Comparer").click()
    axe(page, phone=PHONE)
    page.get_by_role("link", name="Moins cher en bas").first.click()
    page.get_by_role("link", name="La page pour les élus").click()
    axe(page, phone=PHONE)
    page.get_by_role("link", name="Retour au scénario").click()
    page.get_by_role("link", name="Retenir").click()
    axe(page, phone=PHONE)
    page.get_by_label("Référence de la décision").fill("Délibération fictive 12")
    page.get_by_label("Applicable à partir du").fill("2099-01-01")
    page.get_by_role("button", name="Retenir").click()
    expect(page.get_by_text("Le scénario est retenu")).to_be_visible()
    assert GrilleTarifaire.objects.of(made).decided().count() == 2
    assert grid.tranches.count() == 4
