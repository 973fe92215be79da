"""A préconisation in a real Chromium: sent from a phone, published, answered late by link, then reopened."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page

from tenir.acteurs.models import Organisation
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.preconisations.models import Preconisation
from tests.lettres import leave
from tests.personnes import acces, body, contract, person, referent
from tests.preconisations.preconisations import overdue
from tests.public.conftest import FICTIF, load_and_publish

Axe = Callable[..., None]


@pytest.fixture
def espace(transactional_db: None) -> EspaceDeContrat:
    """A public contract where « ccas » has a contact."""
    found = contract("vallon")
    body("ccas")
    referent(person("Nina Sollicitée", signs_in=False), found, of="ccas")
    return found


def link(where: str = "/reponse/") -> str:
    (body, *_) = [one.body for one in reversed(mail.outbox) if where in one.body]
    return "/" + next(word for word in body.split() if where in word).split("/", 3)[3]


def answers_late(hers: Page, raison: str) -> None:
    """The body asked, by its link, on a phone."""
    hers.get_by_label("refusée", exact=True).check()
    hers.get_by_label("La raison").fill(raison)
    hers.get_by_role("button", name="Publier la réponse").click()
    hers.get_by_text("Votre réponse est publiée").wait_for()


def test_the_council_reopens_by_its_link_what_was_answered_late(
    ouvrir: Callable[..., Page], axe: Axe, transactional_db: None
) -> None:
    espace = load_and_publish(FICTIF)
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    body("conseil")
    Organisation.objects.filter(identifiant="conseil").update(nature="conseil citoyen")
    for name, of in (("Nina Fictive", "ccas"), ("Ida Fictive", "conseil")):
        referent(person(name, signs_in=False), espace, of=of)
    page = ouvrir(reverse("preconisation-nouvelle", args=[espace.slug]), by=by.personne)
    page.get_by_label("La préconisation").fill("Remettre un banc devant l’école.")
    page.get_by_label("D’où elle vient").select_option("conseil")
    page.get_by_label("Qui répond").select_option(label=str(body("ccas")))
    page.get_by_role("button", name="Noter et publier").click()
    page.get_by_text("est notée et publiée").wait_for()
    leave(days=1)
    found = overdue(Preconisation.objects.get(), days=3)

    answers_late(ouvrir(link(), width=360), "Le trottoir est trop étroit.")
    leave(days=1)
    theirs = ouvrir(link("/preconisation/"), width=360)
    axe(theirs)
    theirs.get_by_label("En quoi la réponse").fill("Le trottoir d’en face est large.")
    theirs.get_by_role("button", name="Rouvrir").click()
    theirs.get_by_text("une autre réponse est demandée").wait_for()
    axe(theirs)

    seen = ouvrir(reverse("preconisation-publique", args=[espace.slug, found.numero]))
    axe(seen, phone=320)
    told = seen.inner_text("main")
    for words in ("Le trottoir est trop étroit.", "en retard", "Le trottoir d’en face est large."):
        assert words in told
    assert "Fictive" not in told


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
    answers_late(body_page, "Le trottoir est trop étroit.")

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
