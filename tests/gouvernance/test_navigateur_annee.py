"""A whole year in a real Chromium: from what a theme proposes to the agenda of the next year."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tenir.fiches.models import FicheAction
from tenir.gouvernance.models import Decision, InstanceSuivie, Reunion, Siege
from tenir.gouvernance.services.reunions import hold, what_holding_leaves
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import convoquee
from tests.personnes import acces, body
from tests.public.conftest import FICTIF, load_and_publish

Axe = Callable[..., None]


def seated(espace: EspaceDeContrat, code: str) -> InstanceSuivie:
    """A body of the contract, where three organisations sit."""
    found = InstanceSuivie.objects.of(espace).get(instance__code=code)
    for name in ("caf", "ccas", "conseil"):
        Siege.objects.create(instance=found, organisation=body(name), du=timezone.localdate() - timedelta(days=900))
    return found


def held(by: Acces, instance: InstanceSuivie, days: int) -> Reunion:
    """A meeting of a body that took place so many days ago."""
    found = convoquee(by, instance)
    Reunion.objects.filter(pk=found.pk).update(jour=timezone.localdate() - timedelta(days=days))
    found.refresh_from_db()
    return hold(by=by, reunion=found, raisons={one.cle: "Suite fictive." for one in what_holding_leaves(found)})


def planned(page: Page, root: str, nom: str, days: int) -> Reunion:
    """A meeting planned on the site."""
    page.goto(f"{root}/reunions/nouvelle/")
    page.get_by_label("Instance").select_option(label=nom)
    page.get_by_label("Jour").fill(f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}")
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_role("heading", level=1).wait_for()
    return Reunion.objects.latest("pk")


def test_a_whole_year_from_a_theme_to_the_next_agenda(
    ouvrir: Callable[..., Page], axe: Axe, transactional_db: None
) -> None:
    espace = load_and_publish(FICTIF)
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    theme, pilotage = seated(espace, "G05"), seated(espace, "G01")
    technique = seated(espace, "G02")
    spoken = held(by, theme, days=200)
    page = ouvrir(reverse("reunion", args=[espace.slug, spoken.pk]), by=by.personne)
    root = page.url.split("/reunions/")[0]

    page.get_by_role("link", name="Noter une proposition").click()
    page.get_by_label("Proposition").fill("Ouvrir une permanence le soir.")
    page.get_by_role("button", name="Noter la proposition").click()
    page.get_by_role("link", name="Ouvrir une permanence le soir.").wait_for()

    held(by, technique, days=30)
    meeting = planned(page, root, pilotage.nom, days=20)
    page.goto(f"{root}/propositions/1/inscrire/")
    page.get_by_label("Réunion").select_option(value=str(meeting.pk))
    page.get_by_role("button", name="Inscrire").click()
    page.get_by_text("La proposition est à l’ordre du jour.").wait_for()

    page.goto(f"{root}/reunions/{meeting.pk}/convoquer/")
    assert "n’a pas été réuni" not in page.inner_text("main").replace("\xa0", " ")
    for why in page.get_by_label("Pourquoi passer outre").all():
        why.fill("Raison fictive.")
    page.get_by_role("button", name="Convoquer").click()
    page.get_by_text("La convocation part.").wait_for()

    Reunion.objects.filter(pk=meeting.pk).update(jour=timezone.localdate() - timedelta(days=10))
    page.goto(f"{root}/reunions/{meeting.pk}/")
    page.get_by_role("link", name="Décider sur").first.click()
    assert page.get_by_label("La décision, en une phrase").input_value() == "Ouvrir une permanence le soir."
    fiche = FicheAction.objects.of(espace).order_by("action__ordre")[0]
    page.get_by_label("Action").select_option(value=str(fiche.pk))
    page.get_by_label("Pour le").fill(f"{timezone.localdate() - timedelta(days=1):%Y-%m-%d}")
    page.get_by_role("button", name="Noter la décision").click()
    page.get_by_text("La décision est notée.").wait_for()
    taken = Decision.objects.get()
    for why in page.get_by_role("link", name="Elle s’est tenue").all():
        why.click()
    for why in page.get_by_label("Pourquoi passer outre").all():
        why.fill("Raison fictive.")
    page.get_by_role("button", name="Oui, elle s’est tenue").click()

    page.goto(f"{root}/actions/{fiche.code}/")
    page.get_by_role("heading", name="Ce qui en a été décidé").wait_for()
    page.get_by_role("link", name="Ouvrir une permanence le soir.").click()
    axe(page, phone=360)
    page.goto(f"{root}/propositions/1/")
    assert "suivie d’une décision" in page.inner_text("main").lower()

    planned(page, root, pilotage.nom, days=300)
    assert f"Où en est la décision {taken.code}" in page.inner_text("main").replace("\xa0", " ")
