"""A team keeps its bodies in a real Chromium: one is added, spelled, renamed, ended, and its end undone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.acteurs.models import Organisation
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.personnes import body, contract, member, person, referent


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """A contract with a contact in one body; the installation knows another."""
    espace = contract("vallon", fictif=True)
    referent(person("Gil Sujet", signs_in=False), espace)
    body("caf")
    return espace


def test_a_body_is_added_spelled_renamed_ended_and_undone(
    ouvrir: Callable[..., Page], axe: Callable[..., None], vallon: EspaceDeContrat
) -> None:
    team = member("Basile Pivot", Role.EQUIPE, vallon)
    page = ouvrir(reverse("organismes", args=[vallon.slug]), by=team, width=1280)
    axe(page, phone=360)
    page.get_by_role("link", name="Ajouter un organisme").click()
    page.get_by_label("Nom").fill("Les Mains Fictives du Grand Vallon")
    page.get_by_label("Nature").select_option("association")
    page.get_by_label("SIRET").fill("822 538 781 00028")
    page.get_by_role("button", name="Ajouter cet organisme").click()
    expect(page.get_by_role("main")).to_contain_text("un chiffre est faux")
    axe(page, phone=360)
    page.get_by_label("SIRET").fill("822 538 781 00029")
    page.get_by_role("button", name="Ajouter cet organisme").click()
    page.get_by_role("link", name="Ajouter une graphie").click()
    page.get_by_label("Graphie").fill("Jardin d’en bas")
    page.get_by_role("button", name="Ajouter cette graphie").click()
    page.get_by_role("link", name="Donner un nouveau nom").click()
    page.get_by_label("Nouveau nom").fill("Mains et Terre")
    page.get_by_label("Depuis le").fill("2026-03-01")
    page.get_by_role("button", name="Donner ce nom").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mains et Terre")
    page.get_by_role("link", name="Dire ce qu’il devient").click()
    page.get_by_label("N’existe plus à partir du").fill("2026-04-01")
    page.get_by_label("il fusionne dans un autre organisme").check()
    page.get_by_label("Organisme qui prend la suite").select_option(label="CAF")
    axe(page, phone=360)
    page.get_by_role("button", name="Enregistrer ce qu’il devient").click()
    expect(page.get_by_role("main")).to_contain_text("CAF prend la suite")
    axe(page, phone=360)
    page.get_by_role("button", name="Annuler").first.click()
    expect(page.get_by_role("main")).to_contain_text("Geste annulé")
    assert Organisation.objects.get(nom="Mains et Terre").fin is None
