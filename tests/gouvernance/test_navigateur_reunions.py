"""A meeting in a real Chromium: convened beside a rule, answered by link on a phone, noted, decided, published."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tenir.core.courriels import send_due
from tenir.gouvernance.models import EcartMotive, Reunion
from tenir.gouvernance.services import portes
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, convoquee, point, reunion
from tests.personnes import acces, contract

Axe = Callable[..., None]


@pytest.fixture
def espace(transactional_db: None) -> EspaceDeContrat:
    """A public contract with its two bodies."""
    return contract("vallon")


def link(root: str = "/convocation/") -> str:
    return "/" + next(word for word in mail.outbox[-1].body.split() if root in word).split("/", 3)[3]


def test_a_body_says_at_the_door_that_it_is_there(
    ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat
) -> None:
    by = acces("Basile Pivot", Role.EQUIPE, espace)
    found = convoquee(by, comites(espace).technique, days=0)
    page = ouvrir(reverse("reunion-porte", args=[espace.slug, found.pk]), by=by.personne)
    page.get_by_role("button", name="Préparer le code").click()
    page.get_by_role("img", name="Code à photographier").wait_for()
    axe(page, phone=360)
    hers = ouvrir(reverse("porte", args=[portes.token_of(found.porte)]), width=360)
    axe(hers)
    hers.get_by_label("CCAS").check()
    hers.get_by_role("button", name="Nous sommes là").click()
    hers.get_by_text("est noté présent").wait_for()


def test_what_is_noted_while_the_connection_is_down_is_sent_when_it_is_back(
    ouvrir: Callable[..., Page], espace: EspaceDeContrat
) -> None:
    by = acces("Basile Pivot", Role.EQUIPE, espace)
    item = point(by, convoquee(by, comites(espace).technique, days=0))
    url = reverse("reunion-point", args=[espace.slug, item.reunion_id, item.pk])
    page = ouvrir(url, by=by.personne)
    page.get_by_label("Ce qui s’est dit").fill("On ouvre le soir.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Rien n’est perdu").wait_for()
    item.refresh_from_db()
    assert item.notes == ""
    page.context.set_offline(False)
    page.get_by_text("C’est noté.").wait_for()
    item.refresh_from_db()
    assert item.notes == "On ouvre le soir."
    page.goto(page.url.split("/reunions/")[0] + url.split(espace.slug)[1])
    page.get_by_label("Ce qui s’est dit").fill("On ouvre le soir, et le samedi.")
    page.reload()
    page.get_by_role("button", name="Le reprendre").click()
    assert page.get_by_label("Ce qui s’est dit").input_value() == "On ouvre le soir, et le samedi."


def test_from_a_convocation_to_its_minutes(ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat) -> None:
    by = acces("Basile Pivot", Role.EQUIPE, espace)
    found = reunion(by, comites(espace).pilotage, days=6, objet="Bilan de l’année")
    page = ouvrir(reverse("reunion-convoquer", args=[espace.slug, found.pk]), by=by.personne)
    axe(page, phone=360)
    page.get_by_label("Pourquoi passer outre").fill("Le poste était vacant.")
    page.get_by_role("button", name="Convoquer").click()
    page.get_by_text("La convocation part.").wait_for()
    assert "451" in EcartMotive.objects.get().source
    send_due(timezone.now())

    hers = ouvrir(link(), width=360)
    axe(hers)
    hers.get_by_label("présent", exact=True).check()
    hers.get_by_role("button", name="Répondre").click()
    hers.get_by_text("C’est noté.").wait_for()

    Reunion.objects.update(jour=timezone.localdate() - timedelta(days=1))
    page.goto(page.url)
    page.get_by_role("link", name="Ajouter un point").click()
    page.get_by_label("Point").fill("Permanences")
    page.get_by_role("button", name="Ajouter le point").click()
    page.get_by_role("link", name="Noter sur").click()
    axe(page, phone=360)
    page.get_by_label("Ce qui s’est dit").fill("On ouvre le soir.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Noter les présences").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Enregistrer et compter").click()
    page.get_by_role("link", name="Noter une décision").click()
    page.get_by_label("La décision, en une phrase").fill("Ouvrir une permanence le soir.")
    page.get_by_role("button", name="Noter la décision").click()
    page.get_by_role("link", name="Elle s’est tenue").click()
    page.get_by_role("button", name="Oui, elle s’est tenue").click()
    page.get_by_role("link", name="Publier").click()
    page.get_by_role("button", name="Publier").click()
    axe(page, phone=360)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Compte rendu en Word").click()
    assert taken.value.suggested_filename.endswith(".docx")

    public = ouvrir(reverse("reunion-publique", args=[espace.slug, found.pk]))
    axe(public, phone=320)
    told = public.inner_text("main")
    assert "Ouvrir une permanence le soir." in told
    assert "CCAS" in told
    assert "On ouvre le soir." not in told


def test_a_date_is_found_by_links(ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat) -> None:
    by, bodies, today = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace), timezone.localdate()
    page = ouvrir(reverse("sondage-nouveau", args=[espace.slug, bodies.technique.code]), by=by.personne)
    axe(page, phone=360)
    page.get_by_label("Réponse avant le").fill(f"{today + timedelta(days=5):%Y-%m-%d}")
    for rank in (1, 2):
        page.get_by_label("Jour").nth(rank - 1).fill(f"{today + timedelta(days=10 + rank):%Y-%m-%d}")
    page.get_by_role("button", name="Ouvrir le sondage").click()
    page.get_by_text("Le sondage est ouvert").wait_for()
    send_due(timezone.now())

    hers = ouvrir(link("/sondage/"), width=360)
    axe(hers)
    for group, word in ((0, "oui"), (1, "non")):
        hers.get_by_label(word, exact=True).nth(group).check()
    hers.get_by_role("button", name="Répondre").click()
    hers.get_by_text("C’est noté.").wait_for()

    page.get_by_role("region", name="Dates à choisir").get_by_role("link").click()
    axe(page, phone=360)
    page.get_by_role("link", name="Choisir").first.click()
    axe(page, phone=360)
    page.get_by_role("button", name="Choisir cette date").click()
    page.get_by_text("La date est choisie").first.wait_for()
    assert Reunion.objects.get().jour == today + timedelta(days=11)
