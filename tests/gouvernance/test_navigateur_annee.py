"""A whole year in a real Chromium: from a proposal of a theme to the next agenda; a year that skips a step."""

import zipfile
from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from tenir.contrat.models import RegleDOrdre
from tenir.fiches.models import FicheAction
from tenir.gouvernance.models import Decision, InstanceSuivie, RegleDeGouvernance, Reunion, Siege
from tenir.gouvernance.regles import lines_of
from tenir.gouvernance.services.reunions import hold, what_holding_leaves
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import convoquee, reunion
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


def convened(page: Page, address: str) -> None:
    """A meeting convened on the site, the technique having met before it."""
    page.goto(address)
    assert "n’a pas tenu de réunion" not in page.inner_text("main").replace("\xa0", " ")
    for why in page.get_by_label("Pourquoi passer outre").all():
        why.fill("Raison fictive.")
    page.get_by_role("button", name="Convoquer").click()
    page.get_by_text("La convocation part.").wait_for()


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

    convened(page, f"{root}/reunions/{meeting.pk}/convoquer/")
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

    page.goto(f"{root}/reunions/{planned(page, root, pilotage.nom, days=300).pk}/")
    assert f"Où en est la décision {taken.code}" in page.inner_text("main").replace("\xa0", " ")


def test_a_pilotage_with_no_technique_is_warned_with_its_lines_goes_ahead_and_its_minutes_print_why(
    ouvrir: Callable[..., Page], axe: Axe, transactional_db: None
) -> None:
    espace = load_and_publish(FICTIF)
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    pilotage = seated(espace, "G01")
    seated(espace, "G02")
    RegleDeGouvernance.objects.create(
        instance=pilotage, genre="parite", titre="Venir à parité", nombre=40, nature="tenir",
        source="choix fictif de l’équipe", du=timezone.localdate() - timedelta(days=900),
    )  # fmt: skip
    held(by, pilotage, days=200)
    meeting = reunion(by, pilotage, days=0)
    page = ouvrir(reverse("reunion-convoquer", args=[espace.slug, meeting.pk]), by=by.personne, width=360)
    axe(page)
    rule = RegleDOrdre.objects.get(instance__code="G02", avant=pilotage.instance)
    warned = page.inner_text("main").replace("\xa0", " ")
    assert "n’a pas tenu de réunion avant celle-ci" in warned
    assert lines_of(rule.source) in warned
    for why in page.get_by_label("Pourquoi passer outre").all():
        why.fill("Le poste est resté vacant trois mois.")
    page.get_by_role("button", name="Convoquer").click()
    page.get_by_text("La convocation part.").wait_for()

    page.get_by_role("link", name="Noter les présences").click()
    page.get_by_label("Femmes présentes").fill("7")
    page.get_by_label("Hommes présents").fill("3")
    page.get_by_text("Parité non atteinte").wait_for()
    axe(page)
    page.get_by_label("Hommes présents").fill("6")
    page.get_by_text("Parité atteinte").wait_for()
    meeting.refresh_from_db()
    assert meeting.femmes is None  # counted as one types, and nothing is written yet
    page.get_by_role("button", name="Enregistrer et compter").click()
    page.get_by_text("Les présences sont notées.").wait_for()
    page.get_by_role("link", name="Elle s’est tenue").click()
    for why in page.get_by_label("Pourquoi passer outre").all():
        why.fill("Raison fictive.")
    page.get_by_role("button", name="Oui, elle s’est tenue").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Compte rendu en Word").click()
    words = zipfile.ZipFile(taken.value.path()).read("word/document.xml").decode().replace("\xa0", " ")
    for printed in ("Le poste est resté vacant trois mois.", lines_of(rule.source), "7 femmes et 6 hommes"):
        assert printed in words
