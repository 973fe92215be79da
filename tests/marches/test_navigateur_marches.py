"""A walk in a real Chromium: written down, its stops noted on a phone with a photograph, published, walked again."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.marches.models import Arret, Marche
from tests.marches.marches import telephone
from tests.personnes import acces, body
from tests.public.conftest import FICTIF, load_and_publish

Axe = Callable[..., None]


@pytest.fixture
def espace(transactional_db: None) -> EspaceDeContrat:
    """The small fictitious contract, public."""
    found = load_and_publish(FICTIF)
    body("ccas")
    return found


def notes(hers: Page, lieu: str, sujet: str, urgence: str, constat: str) -> None:
    """Add a stop, standing there."""
    hers.get_by_role("link", name="Ajouter un arrêt").click()
    hers.get_by_label("Lieu").fill(lieu)
    hers.get_by_label("Sujet").select_option(sujet)
    hers.get_by_label(urgence, exact=True).check()
    hers.get_by_label("Ce que l’on y voit").fill(constat)


def published(ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat, walk: Marche) -> None:
    """The team publishes it with its photograph; anyone reads it on a phone."""
    by = acces("Basile Fictif", Role.EQUIPE, espace).personne
    team = ouvrir(reverse("marche", args=[espace.slug, walk.numero]), by=by)
    team.get_by_role("link", name="Publier", exact=True).click()
    team.get_by_label("1. Passage").check()
    axe(team)
    team.get_by_role("button", name="Publier").click()
    team.get_by_text("La marche est publiée").wait_for()
    anyone = ouvrir(reverse("marches-publiques", args=[espace.slug]), width=360)
    axe(anyone)
    anyone.get_by_role("link", name="Autour de l’école").click()
    anyone.get_by_alt_text("Photographie du lieu : Passage").wait_for()
    axe(anyone)


def test_a_walk_is_noted_on_a_phone_then_walked_again(
    ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat
) -> None:
    hers = acces("Cléo Fictive", Role.PARTENAIRE, espace, of="ccas")
    page = ouvrir(reverse("marches", args=[espace.slug]), by=hers.personne, width=360)
    axe(page)
    page.get_by_role("link", name="Inscrire une marche").click()
    page.get_by_label("Où passe la marche").fill("Autour de l’école")
    page.get_by_label("Qui la conduit").select_option(label=str(body("ccas")))
    axe(page)
    page.get_by_role("button", name="Inscrire la marche").click()
    page.get_by_text("Aucun arrêt n’est noté").wait_for()

    notes(page, "Passage", "éclairage", "danger", "Il y fait noir.")
    photo = telephone(800, 600)
    page.get_by_label("Photographie").set_input_files(
        {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": photo.read()}
    )
    axe(page)
    page.get_by_role("button", name="Ajouter l’arrêt").click()
    page.get_by_text("L’arrêt est ajouté").wait_for()
    notes(page, "Arrêt de bus", "accessibilité", "pressant", "Le trottoir est haut.")
    page.get_by_role("button", name="Ajouter l’arrêt").click()
    page.get_by_alt_text("Photographie du lieu : Passage").wait_for()
    axe(page)

    walk = Marche.objects.get()
    published(ouvrir, axe, espace, walk)
    page.reload()
    page.get_by_role("link", name="Refaire cette marche").click()
    page.get_by_role("button", name="Inscrire la marche").click()
    page.get_by_text("2 à revoir encore").wait_for()
    page.get_by_role("link", name=re.compile("Revoir.*Passage")).click()
    page.get_by_label("Depuis la marche d’avant").select_option("réglé")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("1 réglé, 1 à revoir").wait_for()
    assert Arret.objects.get(marche__suite_de=walk, lieu="Passage").etat == "regle"
