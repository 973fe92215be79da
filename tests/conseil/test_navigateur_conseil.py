"""The council in a real Chromium: a call, a resident who offers to sit on a phone, the draw, its page."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import Page

from tenir.conseil.models import AppelACandidatures, Candidature
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.conseil.appels import MOTS, candidat, clos
from tests.personnes import acces, contract
from tests.public.conftest import FICTIF, load_and_publish

Axe = Callable[..., None]


def offer_to_sit(hers: Page, axe: Axe) -> None:
    """A resident, on a phone."""
    axe(hers)
    hers.get_by_label("Nom et prénom").fill("Zélie Fictive")
    hers.get_by_label("Courriel ou téléphone").fill("05 36 49 10 10")
    hers.get_by_label("Collège").select_option("habitants")
    hers.get_by_label("Compté pour la parité comme").select_option("F")
    hers.get_by_role("button", name="Candidater").click()
    hers.get_by_text("Votre numéro est le 1").wait_for()
    axe(hers)
    assert Candidature.objects.get().nom == "Zélie Fictive"


def withdraws(hers: Page, axe: Axe) -> None:
    """Another offers to sit, then withdraws by the link that the page gives her."""
    hers.get_by_label("Nom et prénom").fill("Ondine Fictive")
    hers.get_by_label("Courriel ou téléphone").fill("ondine@exemple.test")
    hers.get_by_label("Collège").select_option("habitants")
    hers.get_by_label("Compté pour la parité comme").select_option("F")
    hers.get_by_role("button", name="Candidater").click()
    here, given = urlsplit(hers.url), hers.get_by_role("link", name="/candidature/").get_attribute("href") or ""
    hers.goto(f"{here.scheme}://{here.netloc}{urlsplit(given).path}")
    axe(hers)
    hers.get_by_role("button", name="Retirer ma candidature").click()
    hers.get_by_text("est retirée").first.wait_for()


def freeze_and_draw(page: Page, axe: Axe, espace: EspaceDeContrat) -> None:
    """The call is over: the team freezes the list, and draws."""
    found = AppelACandidatures.objects.of(espace).get()
    for sexe in "FHH":
        candidat(found, sexe=sexe)
    clos(found)
    page.goto(page.url.replace("/conseil/", "/conseil/appels/1/"))
    page.get_by_role("link", name="Figer la liste").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Figer et publier la liste").click()
    page.get_by_role("link", name="Tirer au sort").click()
    axe(page, phone=360)
    page.get_by_label("Mots tirés en public").fill(MOTS["mots"])
    page.get_by_label("Où, et comment").fill(MOTS["circonstances"])
    page.get_by_role("button", name="Tirer au sort, une fois pour toutes").click()
    page.get_by_text("Le tirage est fait").wait_for()
    axe(page, phone=360)
    page.get_by_role("link", name="Le conseil citoyen", exact=True).click()
    axe(page, phone=360)


def replayed(public: Page, folder: Path, told: str) -> None:
    """A stranger takes the list and the program, types the command of the page, and finds the same members."""
    for link, name in (("La liste figée", "candidats.csv"), ("Le programme qui rejoue", "rejouer.py")):
        with public.expect_download() as taken:
            public.get_by_role("link", name=link).click()
        taken.value.save_as(folder / name)
    _, *command = shlex.split(public.locator("pre code").inner_text())
    run = subprocess.run(
        [sys.executable, "-I", *command], cwd=folder, capture_output=True, check=True, encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    said = re.search(r"habitants membres : (.*)\n", run.stdout)
    assert said
    members = ", ".join(f"n° {number}" for number in said[1].split())
    assert f"dans l’ordre des rangs : {members}" in told.replace("\xa0", " ")


def leaves(page: Page, public: Page) -> None:
    """A member leaves: a deputy takes the seat, and the public page says so."""
    page.get_by_role("link", name="Mettre fin").first.click()
    page.get_by_label("Pourquoi").fill("Déménagement.")
    page.get_by_role("button", name="Mettre fin au mandat").click()
    page.get_by_text("Le mandat a pris fin.").wait_for()
    public.goto(public.url)
    public.get_by_role("heading", name="Depuis le tirage").wait_for()


def test_from_a_call_to_a_draw_that_anyone_reads(
    ouvrir: Callable[..., Page], axe: Axe, transactional_db: None, tmp_path: Path
) -> None:
    espace = load_and_publish(FICTIF)
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    page = ouvrir(reverse("conseil", args=[espace.slug]), by=by.personne)
    page.get_by_role("link", name="Ouvrir un appel à candidatures").click()
    axe(page, phone=360)
    page.get_by_label("Ce que dit l’appel").fill("Venez siéger.")
    page.get_by_label("Dernier jour pour candidater").fill("2099-01-01")
    residents = page.get_by_role("group", name="Collège des habitants")
    for label, count in (
        ("Sièges à tirer", "2"),
        ("Réservés d’abord à des femmes", "1"),
        ("Réservés d’abord à des hommes", "1"),
        ("Suppléants", "1"),
    ):
        residents.get_by_label(label).fill(count)
    page.get_by_role("button", name="Ouvrir l’appel").click()
    page.get_by_text("L’appel est ouvert.").wait_for()

    offer_to_sit(ouvrir(reverse("candidater", args=[espace.slug, 1]), width=360), axe)
    withdraws(ouvrir(reverse("candidater", args=[espace.slug, 1]), width=360), axe)
    freeze_and_draw(page, axe, espace)

    public = ouvrir(reverse("appel-public", args=[espace.slug, 1]))
    axe(public, phone=320)
    told = public.inner_text("main")
    assert "Ondine" not in told
    assert "saule marelle tambour" in told
    assert "Zélie" not in told
    replayed(public, tmp_path, told)
    assert not re.search(r"^2,", (tmp_path / "candidats.csv").read_text(encoding="utf-8-sig"), re.MULTILINE)
    leaves(page, public)
    public.get_by_role("link", name="Le conseil citoyen", exact=True).first.click()
    axe(public, phone=320)


def test_an_opinion_is_asked_given_by_link_and_read_by_anyone(
    ouvrir: Callable[..., Page], axe: Axe, transactional_db: None
) -> None:
    espace = contract("vallon")
    by = acces("Basile Pivot", Role.EQUIPE, espace)
    page = ouvrir(reverse("avis-liste", args=[espace.slug]), by=by.personne)
    axe(page, phone=360)
    page.get_by_role("link", name="Demander un avis").click()
    axe(page, phone=360)
    page.get_by_label("Avis demandé sur").fill("Le rapport annuel 2025")
    page.get_by_label("Lisible par").select_option("0")
    page.get_by_role("button", name="Demander l’avis").click()
    page.get_by_role("link", name="Le rapport annuel 2025").click()
    axe(page, phone=360)
    link = "/avis/" + page.locator("pre").inner_text().split("/avis/")[1]

    theirs = ouvrir(link, width=360)
    axe(theirs)
    theirs.get_by_label("favorable avec réserves").check()
    theirs.get_by_label("Ce que dit l’avis").fill("Manque le bilan des permanences.")
    theirs.get_by_role("button", name="Enregistrer l’avis du conseil").click()
    theirs.get_by_text("L’avis du conseil est enregistré.").wait_for()

    public = ouvrir(reverse("conseil-public", args=[espace.slug]))
    axe(public, phone=320)
    assert "Manque le bilan des permanences." in public.inner_text("main")
