"""Named views in a real Chromium: by the keyboard alone, wide and narrow, without a fault of accessibility."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.ecran.models import VueNommee
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.personnes import contract, member
from tests.vie import fiche

Open = Callable[..., Page]
Check = Callable[[Page], None]


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """A contract in a database that the browser sees."""
    return contract("vallon")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_view_is_kept_changed_and_removed_by_the_keyboard(
    page_of: Open, axe: Check, vallon: EspaceDeContrat, width: int
) -> None:
    basile = member("Basile Pivot", Role.EQUIPE, vallon)
    fiche(vallon, pilots=("ccas",))
    page = page_of(basile, f"{reverse('fiches', args=['vallon'])}?designer=oui&groupe=axe", width=width)
    axe(page)
    page.get_by_role("link", name="Enregistrer cette vue").press("Enter")
    axe(page)
    name = "Ce qui attend qu’on désigne quelqu’un avant le comité"
    page.get_by_label("Nom de la vue").fill(name)
    page.get_by_label("Partagée").press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"La vue « {name} » est enregistrée.")).to_be_visible()
    if width < 600:
        expect(page.get_by_text(f"Vue : {name}")).to_be_visible()
        page.locator("summary", has_text="Vue :").press("Enter")
    expect(page.get_by_role("link", name=f"{name} partagée")).to_have_attribute("aria-current", "page")
    axe(page)

    page.goto(page.url.replace("groupe=axe", "groupe=statut"))
    expect(page.get_by_text("Vue modifiée")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Mettre à jour").press("Enter")
    expect(page.get_by_text("La vue est à jour.")).to_be_visible()
    page.get_by_role("button", name="Toujours ouvrir la liste ainsi").press("Enter")
    page.goto(page.url.partition("?")[0])
    expect(page.get_by_role("button", name="Ne plus ouvrir la liste ainsi")).to_be_visible()

    page.get_by_role("link", name="Régler").press("Enter")
    axe(page)
    page.get_by_role("link", name="Supprimer cette vue").press("Enter")
    axe(page)
    page.get_by_role("button", name="Supprimer cette vue").press("Enter")
    expect(page.get_by_text("est supprimée.")).to_be_visible()
    assert not VueNommee.objects.exists()
    page.get_by_role("link", name="Annuler, encore 10 minutes").press("Enter")
    page.get_by_role("button", name="Annuler").press("Enter")
    expect(page.get_by_text("Geste annulé.")).to_be_visible()
    assert VueNommee.objects.get().ouvertures.get().personne == basile
