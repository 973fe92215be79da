"""A préconisation in a real Chromium: sent from a phone, published, answered late by link, then reopened."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.preconisations.models import Preconisation
from tests.lettres import leave
from tests.personnes import acces, body, contract, person, referent
from tests.preconisations.preconisations import overdue

Axe = Callable[..., None]


@pytest.fixture
def espace(transactional_db: None) -> EspaceDeContrat:
    """A public contract where « ccas » has a contact."""
    found = contract("vallon")
    body("ccas")
    referent(person("Nina Sollicitée", signs_in=False), found, of="ccas")
    return found


def link() -> str:
    return "/" + next(word for word in mail.outbox[-1].body.split() if "/reponse/" in word).split("/", 3)[3]


def test_answered_late_then_reopened(ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat) -> None:
    hers = ouvrir(reverse("preconisations-publiques", args=[espace.slug]), width=360)
    axe(hers)
    hers.get_by_role("link", name="Envoyer une préconisation").click()
    axe(hers)
    hers.get_by_label("Ce que vous proposez").fill("Remettre un banc devant l’école.")
    hers.get_by_role("button", name="Envoyer").click()
    hers.get_by_text("est reçue").wait_for()
    axe(hers)
    found = Preconisation.objects.get()
    assert found.code in hers.inner_text("main")

    by = acces("Basile Pivot", Role.EQUIPE, espace)
    page = ouvrir(reverse("preconisation", args=[espace.slug, found.numero]), by=by.personne)
    page.get_by_role("link", name="Relire et publier").click()
    page.get_by_label("Qui répond").select_option(label=str(body("ccas")))
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("est publiée").wait_for()
    leave(days=1)

    overdue(found, days=3)
    public = reverse("preconisation-publique", args=[espace.slug, found.numero])
    hers.goto(hers.url)
    assert "réponse en retard" in hers.inner_text("main").lower()
    body_page = ouvrir(link(), width=360)
    axe(body_page)
    body_page.get_by_label("refusée", exact=True).check()
    body_page.get_by_label("La raison").fill("Le trottoir est trop étroit.")
    body_page.get_by_role("button", name="Publier la réponse").click()
    body_page.get_by_text("Votre réponse est publiée").wait_for()

    page.goto(page.url)
    axe(page, phone=360)
    page.get_by_role("link", name="Rouvrir").click()
    axe(page, phone=360)
    page.get_by_label("En quoi la réponse").fill("Le trottoir d’en face est large.")
    page.get_by_role("button", name="Rouvrir").click()
    page.get_by_text("est rouverte").wait_for()

    seen = ouvrir(public)
    axe(seen, phone=320)
    told = seen.inner_text("main")
    for words in ("Le trottoir est trop étroit.", "en retard", "Le trottoir d’en face est large."):
        assert words in told
