"""Kinds in a real Chromium: « Bus en + » is made in four questions, its phone page seen, then it is offered."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.acteurs.models import Personne
from tenir.activite.catalogue import offered_in
from tenir.activite.models import Nature
from tenir.habilitations.models import EspaceDeContrat
from tests.activite.routes import natures
from tests.navigateur import narrowed

OpenPage = Callable[..., Page]
Check = Callable[..., None]


def at(espace: EspaceDeContrat, name: str, *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


@pytest.fixture
def given(transactional_db: None, vallon: EspaceDeContrat) -> EspaceDeContrat:
    """A contract with a kind of its own, an indicator, an action."""
    natures(vallon)
    return vallon


def test_the_pages_of_kinds_are_sound_and_accessible(
    page_of: OpenPage, axe: Check, live_server, given: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    page = page_of(people["equipe"], at(given, "natures"), width=1280)
    axe(page, phone=360)
    urls = [at(given, name) for name in ("natures-importer", "nature-nouvelle")]
    urls += [f"{at(given, 'nature-nouvelle')}?de={code}" for code in ("atelier", "decompte", "-")]
    urls += [at(given, f"nature{end}", "bus-en-plus") for end in ("", "-changer", "-retirer")]
    for url in urls:
        page.goto(live_server.url + url)
        axe(page, phone=360)


def test_bus_en_plus_is_made_without_code_and_offered_at_once(
    page_of: OpenPage, axe: Check, given: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    Nature.objects.all().delete()
    page = page_of(people["equipe"], at(given, "natures"), width=1280)
    page.get_by_role("link", name="Faire une nature").click()
    page.get_by_role("radio", name="Atelier", exact=False).first.check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Son nom").fill("Bus en +")
    first, second = (page.locator("details.nombre").nth(rank) for rank in (0, 1))
    first.get_by_label("Ce que l’on compte").fill("Accompagnements")
    first.get_by_label("La question posée").fill("Combien d’accompagnements dans le bus ?")
    second.get_by_label("Ce que l’on compte").fill("Titres de transport")
    second.get_by_label("On compte", exact=True).select_option("autre")
    fed = page.get_by_role("group", name="Indicateur 1")
    fed.get_by_label("Indicateur").select_option("I88")
    fed.get_by_label("Par").select_option("somme")
    fed.get_by_label("De quel nombre").select_option("#1|")
    page.get_by_role("button", name="Voir la page du téléphone").last.click()
    phone = page.frame_locator("iframe")
    phone.locator("summary", has_text="Accompagnements").click()  # one number is asked, what may wait is folded
    expect(phone.get_by_label("Combien d’accompagnements dans le bus ?", exact=False)).to_be_visible()
    assert page.locator("iframe").evaluate("frame => frame.contentDocument.documentElement.scrollWidth") <= 360
    axe(page, phone=360)
    page.get_by_role("button", name="Enregistrer la nature").first.click()
    assert "on peut déjà y inscrire" in page.get_by_role("status").inner_text()
    assert "bus-en" in {one.nature for one in offered_in(given)}
    axe(page, phone=360)
    page.get_by_role("link", name="Toutes les natures").click()
    expect(page.get_by_role("link", name="Bus en +")).to_be_visible()
    page.goto(page.url.replace("natures/", "nature-nouvelle/"))
    expect(page.get_by_text("Bus en +")).to_be_visible()


def test_a_fault_leads_to_its_question_on_a_phone(
    page_of: OpenPage, axe: Check, given: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    page = page_of(people["equipe"], f"{at(given, 'nature-nouvelle')}?de=atelier", width=360)
    page.get_by_label("Son nom").fill("Suivi d’un élève")
    page.get_by_role("button", name="Enregistrer la nature").click()
    page.get_by_role("alert").get_by_role("link", name="Son nom").click()
    assert page.evaluate("location.hash") == "#id_libelle"
    axe(page)
    with narrowed(page, 360):
        assert page.get_by_label("Son nom").input_value() == "Suivi d’un élève"


def test_a_file_is_brought_in_from_a_phone(
    page_of: OpenPage, axe: Check, given: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    page = page_of(people["equipe"], at(given, "natures-importer"), width=360)
    made = "nature: fete\nest: atelier\nlibelle: Fête\n---\nnature: tri\nest: atelier\nlibelle: Tri\nunite: kilos\n"
    page.get_by_label("Le texte du fichier").fill(made)
    page.get_by_role("button", name="Voir ce que devient").click()
    assert "ligne 8" in page.get_by_role("alert").inner_text()
    axe(page)
    page.get_by_label("Le texte du fichier").fill(made.replace("unite: kilos\n", ""))
    page.get_by_role("button", name="Voir ce que devient").click()
    axe(page)
    page.get_by_role("button", name="Enregistrer 2 natures").click()
    assert "natures du fichier, ajoutées" in page.get_by_role("status").inner_text()
    assert {"fete", "tri"} <= {one.nature for one in offered_in(given)}
