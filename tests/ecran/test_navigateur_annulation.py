"""Undoing in a real Chromium: on a phone, by the keyboard alone, without a fault of accessibility."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.lot import update_bulk
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.personnes import contract, member
from tests.vie import fiche, jalon

Open = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """A contract in a database that the browser sees."""
    return contract("vallon")


def at(name: str, espace: EspaceDeContrat, *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [360, 1280])
def test_a_jalon_reached_by_mistake_is_undone_by_the_keyboard(
    page_of: Open, axe: Check, vallon: EspaceDeContrat, width: int
) -> None:
    basile = member("Basile Pivot", Role.EQUIPE, vallon)
    of = fiche(vallon, pilots=("ccas",))
    step = jalon(of, date(2026, 1, 5), "Convention-intercommunale-de-partenariat signée")
    page = page_of(basile, at("fiche-jalon-atteint", vallon, of.code, step.pk), width=width)
    page.get_by_role("button", name="Atteint aujourd’hui").press("Enter")
    undo = page.get_by_role("region", name="Vos derniers gestes").get_by_role("button")
    expect(undo).to_contain_text("Annuler, encore 10 minutes")
    box = undo.bounding_box()
    assert box
    assert box["height"] >= 44
    axe(page)
    fits(page, width)
    undo.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Geste annulé.")
    step.refresh_from_db()
    assert step.atteint_le is None


@pytest.mark.parametrize("width", [360, 1280])
def test_of_a_bulk_change_she_sees_what_moved_before_she_undoes_the_rest(
    page_of: Open, axe: Check, vallon: EspaceDeContrat, width: int
) -> None:
    basile, bea = member("Basile Pivot", Role.EQUIPE, vallon), member("Béa Pivot", Role.EQUIPE, vallon)
    versions = {code: fiche(vallon, code).version for code in ("O01-A01", "O01-A02", "O01-A03")}
    changes = {"statut": "realisee", "prochaine_etape": "Revue"}
    update_bulk(by=acces_of(basile), espace=vallon, versions=versions, changes=changes, motif="comité")
    page = page_of(basile, at("aujourdhui", vallon), width=width)
    axe(page)
    fits(page, width)
    page.get_by_role("link", name="Annuler, encore 10 minutes").click()
    moved = FicheAction.objects.get(action__code="O01-A02")
    update_fiche(by=acces_of(bea), fiche=moved, version=2, changes={"motif": "x"})
    page.get_by_role("button", name="Annuler pour ces trois").click()
    expect(page.get_by_text("changé depuis par Béa Pivot")).to_be_visible()
    axe(page)
    fits(page, width)
    page.get_by_role("button", name="Annuler pour ces deux").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aujourd’hui")
    assert list(FicheAction.objects.order_by("pk").values_list("statut", flat=True)) == ["", "realisee", ""]
    page.goto(page.url.replace("/espace/vallon/", "/espace/vallon/gestes/"))
    axe(page)
    fits(page, width)
