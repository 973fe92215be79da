"""The workshop in a real Chromium: from a document to the public site, by the keyboard; its pages, wide and narrow."""

from collections.abc import Callable
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.acteurs.models import Personne
from tenir.core.travaux.boucle import advance_works
from tenir.habilitations.models import EspaceDeContrat
from tests.atelier.brouillons import PROJET
from tests.atelier.routes import arguments

OpenPage = Callable[..., Page]
Check = Callable[..., None]
SLUG = "ru-2024-2030"


def at(name: str, *more: object, slug: str = SLUG) -> str:
    return reverse(name, args=[slug, *more])


def settle_what_was_not_read(page: Page, review: str) -> None:
    """Say of each kind that nothing was read of, that the document holds none."""
    page.goto(review)
    left = page.get_by_role("link", name="Le document n’en contient pas")
    for _ in range(left.count()):
        left.first.click()
        page.get_by_role("button", name="Le document n’en contient pas").click()
    expect(left).to_have_count(0)


def test_a_contract_goes_from_its_document_to_the_public_site(
    page_of: OpenPage, axe: Check, live_server, people: dict[str, Personne], tmp_path: Path, settings
) -> None:
    settings.MEDIA_ROOT = tmp_path / "depots"
    (tmp_path / "projet.txt").write_text(PROJET)
    page = page_of(people["administration"], reverse("contrat-nouveau"), width=1280)
    axe(page, phone=360)
    page.get_by_label("Le fichier").set_input_files(tmp_path / "projet.txt")
    page.get_by_label("Adresse sur ce site").fill(SLUG)
    page.get_by_role("button", name="Créer le contrat").click()
    expect(page.get_by_role("heading", name="Lecture du document", exact=False)).to_be_visible()
    advance_works()
    page.goto(live_server.url + at("atelier"))
    axe(page, phone=360)
    page.goto(live_server.url + at("atelier-mise-en-page"))
    expect(page.get_by_label("Orientation 1", exact=False)).to_be_visible()
    axe(page, phone=360)
    page.goto(live_server.url + at("atelier"))
    # an action is corrected, its gesture undone, then done again: by the keyboard alone
    page.get_by_role("link", name="O01-A01 action prévue").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Titre abrégé")
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Centre de santé des Trois-Ponts")
    page.get_by_role("button", name="Enregistrer").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Correction de O01-A01")
    page.get_by_role("button", name="Annuler", exact=False).click()
    expect(page.get_by_role("status")).to_contain_text("Annulé")
    page.get_by_role("button", name="Annuler", exact=False).first.click()
    expect(page.get_by_role("status")).to_contain_text("Annulé : annulé")
    settle_what_was_not_read(page, live_server.url + at("atelier"))
    # signed, then published
    page.goto(live_server.url + at("atelier-signer"))
    axe(page, phone=360)
    page.get_by_label("Signé le").fill("2024-05-02")
    page.get_by_label("Signé à").fill("Le Ru")
    page.get_by_label("Le document joint est bien celui qui a été signé").check()
    page.get_by_role("button", name="Signer").click()
    expect(page.get_by_role("status")).to_contain_text("Le texte est signé")
    page.get_by_role("link", name="Publier le contrat").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Publier").click()
    expect(page.get_by_role("status")).to_contain_text("public")
    page.goto(live_server.url + at("contrat"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Contrat de ville du Ru")
    page.goto(live_server.url + reverse("action", args=[SLUG, "O01-A01"]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Centre de santé des Trois-Ponts")


def test_the_pages_of_the_workshop_are_sound_and_accessible(
    page_of: OpenPage, axe: Check, live_server, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    made = arguments(vallon)
    page = page_of(people["equipe"], at("atelier", slug=vallon.slug), width=1280)
    axe(page, phone=360)
    names = ("a-trancher", "ligne", "elements", "ajouter", "element", "organismes", "gestes", "signer")
    for name in names:
        page.goto(live_server.url + at(f"atelier-{name}", *made.get(f"atelier-{name}", ()), slug=vallon.slug))
        axe(page, phone=360)


def test_a_line_is_given_its_place_on_a_phone(
    page_of: OpenPage, live_server, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    arguments(vallon)
    page = page_of(people["equipe"], at("atelier", slug=vallon.slug), width=360)
    page.get_by_role("link", name="Lignes 7-8").click()
    page.get_by_label("Jusqu’à la ligne").fill("8")
    page.get_by_label("C’est", exact=True).select_option("suite O01-A02")
    page.get_by_role("button", name="Lui donner cette place").click()
    expect(page.get_by_text("Lignes 7 à 8, suite de O01-A02", exact=False).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
