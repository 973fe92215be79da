"""Carnets in a real Chromium: what each gesture costs, on a small telephone without scripts; the team's own pages.

Budgets: a first entry in at most sixty seconds, a habit in three taps and digits, a month of twelve sessions on one
page, every page under twenty kilobytes with its style (issue of the carnet; ADR 0044).
"""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tenir.activite.enums import Statut
from tenir.activite.models import Carnet, Entree
from tenir.activite.services.series import create_serie
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.carnets import affiche, carnet, expire, jeton_of
from tests.lettres import leave
from tests.personnes import body, person, referent

LIGHT = 20 * 1024
"""What a page of a carnet weighs at most, its style included, before any compression."""
NARROW = 320
Open = Callable[..., Page]
Check = Callable[..., None]


class Telephone:
    """A small telephone that runs no script: it counts the taps, and what each page weighs."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.weights = page, 0, dict[str, int]()
        page.on("response", lambda answer: self.weights.update({answer.url: len(answer.body())}) if answer.ok else None)

    def open(self, url: str) -> None:
        """Tap a link of a message."""
        self.taps += 1
        self.page.goto(url)

    def tap(self, role: str, name: str) -> None:
        """Tap what bears a name."""
        self.taps += 1
        self.page.get_by_role(role, name=re.compile(name)).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state("load")

    def digits(self, text: str) -> None:
        """Type digits where the page already is: the keyboard is open."""
        expect(self.page.locator(":focus")).to_have_attribute("inputmode", "numeric")
        self.page.keyboard.type(text)

    def heaviest(self) -> int:
        """What the heaviest page weighs, with its style."""
        pages = [weight for url, weight in self.weights.items() if "/static/" not in url]
        return max(pages) + sum(weight for url, weight in self.weights.items() if url.endswith(".css"))


@pytest.fixture
def telephone(chromium: Browser, live_server) -> Iterator[Telephone]:
    """A visitor without scripts, 320 px wide."""
    visitor = chromium.new_context(
        locale="fr-FR",
        java_script_enabled=False,
        viewport={"width": NARROW, "height": 568},
        base_url=live_server.url,
    )
    yield Telephone(visitor.new_page())
    visitor.close()


@pytest.fixture
def mine(vallon: EspaceDeContrat, people) -> Carnet:
    """The carnet of someone of the CCAS."""
    return carnet(acces_of(people["equipe"]), vallon)


def link_of_the_letter() -> str:
    """The address that the last letter carries, without its host."""
    found = re.search(r"(/carnet/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_first_entry_from_the_letter_costs_three_taps_and_digits(
    vallon: EspaceDeContrat, mine: Carnet, telephone: Telephone
) -> None:
    leave()
    telephone.open(link_of_the_letter())
    telephone.tap("link", "Atelier")
    telephone.digits("12")
    telephone.tap("button", "Enregistrer")
    expect(telephone.page.get_by_role("heading", name="C’est noté.")).to_be_visible()
    made = Entree.objects.get()
    assert made.counted
    assert telephone.taps == 3
    assert telephone.heaviest() < LIGHT


def test_a_habit_costs_three_taps_and_the_last_kind_comes_first(
    vallon: EspaceDeContrat, mine: Carnet, telephone: Telephone
) -> None:
    url = reverse("mon-carnet-noter", args=[jeton_of(mine), "permanence"])
    telephone.open(url)
    telephone.digits("7")
    telephone.tap("button", "Enregistrer")
    telephone.taps = 0
    telephone.open(reverse("mon-carnet", args=[jeton_of(mine)]))
    first = telephone.page.locator(".choix a").first
    expect(first).to_contain_text("Permanence")
    expect(first).to_contain_text("aujourd’hui")
    telephone.tap("link", "Permanence")
    telephone.page.get_by_label("hier").check()
    telephone.page.locator(".combien input").fill("9")
    telephone.tap("button", "Enregistrer")
    assert telephone.taps == 3
    expect(telephone.page.locator(".somme")).to_contain_text("16 ")
    assert Entree.objects.counted().count() == 2


def test_a_mistake_is_taken_back_or_corrected_from_the_same_page(
    vallon: EspaceDeContrat, mine: Carnet, telephone: Telephone
) -> None:
    note = reverse("mon-carnet-noter", args=[jeton_of(mine), "atelier"])
    telephone.open(note)
    telephone.digits("12")
    telephone.tap("button", "Enregistrer")
    telephone.tap("link", "Corriger")
    telephone.page.locator(".combien input").fill("14")
    telephone.tap("button", "Enregistrer la correction")
    expect(telephone.page.get_by_text("14 passages").first).to_be_visible()
    telephone.tap("button", "Annuler")
    telephone.tap("button", "Annuler")
    expect(telephone.page.get_by_role("status")).to_contain_text("C’est annulé")
    assert not Entree.objects.exists()


def test_what_is_wrong_or_doubted_loses_nothing(vallon: EspaceDeContrat, mine: Carnet, telephone: Telephone) -> None:
    telephone.open(reverse("mon-carnet-noter", args=[jeton_of(mine), "atelier"]))
    telephone.digits("9999")
    telephone.tap("button", "Enregistrer")
    expect(telephone.page.get_by_text("sort de l’ordinaire")).to_be_visible()
    assert not Entree.objects.exists()
    expect(telephone.page.locator(".combien input")).to_have_value("9999")
    telephone.page.get_by_label("J’ai relu").check()
    telephone.tap("button", "Enregistrer")
    expect(telephone.page.get_by_text("L’équipe la lit avant qu’elle ne compte.")).to_be_visible()
    assert not Entree.objects.get().counted


def test_a_month_of_twelve_sessions_is_confirmed_on_one_page(
    vallon: EspaceDeContrat, people, mine: Carnet, telephone: Telephone
) -> None:
    by: Acces = acces_of(people["equipe"])
    last = horloge.today(vallon).replace(day=1) - timedelta(days=1)
    given = {"debut": time(17), "fin": time(18), "organisme": body("ccas"), "sauf_feries": False}
    over = {"du": last - timedelta(days=11), "au": last, "jours": "0123456"}
    create_serie(by=by, espace=vallon, nature="atelier", values={**given, **over, "titre": "Accompagnement fictif"})
    telephone.open(reverse("mon-carnet", args=[jeton_of(mine)]))
    telephone.tap("link", "Douze séances sont à confirmer")
    expect(telephone.page.get_by_role("heading", level=1)).to_contain_text("douze séances")
    rows = telephone.page.locator(".mois tbody tr")
    for rank in range(11):
        rows.nth(rank).locator("input[type=text]").fill(str(10 + rank))
    rows.nth(11).get_by_role("checkbox").check()
    telephone.tap("button", "Confirmer")
    assert telephone.taps == 3
    assert Entree.objects.counted().count() == 11
    assert Entree.objects.filter(statut=Statut.ANNULEE).count() == 1
    assert telephone.heaviest() < LIGHT
    telephone.tap("button", "Annuler")
    assert not Entree.objects.exists()


def test_a_link_that_is_over_sends_another(vallon: EspaceDeContrat, mine: Carnet, telephone: Telephone) -> None:
    token = jeton_of(mine)
    expire(mine)
    telephone.page.goto(reverse("mon-carnet", args=[token]))
    telephone.tap("button", "Recevoir un lien neuf")
    expect(telephone.page.get_by_role("heading", name="Un lien neuf part.")).to_be_visible()
    leave()
    assert mail.outbox[-1].to == [mine.personne.email]


def test_a_wall_adds_and_shows_nothing(vallon: EspaceDeContrat, people, telephone: Telephone) -> None:
    wall = affiche(acces_of(people["equipe"]), vallon)
    telephone.open(reverse("mon-carnet", args=[jeton_of(wall)]))
    telephone.tap("link", "Atelier")
    telephone.digits("12")
    telephone.tap("button", "Enregistrer")
    assert telephone.taps == 3
    expect(telephone.page.get_by_role("status")).to_contain_text("C’est noté")
    telephone.page.reload()
    assert "12" not in telephone.page.locator("main").inner_text()
    for name in ("mon-carnet-notees", "mon-carnet-mois"):
        telephone.page.goto(reverse(name, args=[jeton_of(wall)]))
        assert telephone.page.get_by_role("heading", level=1).inner_text() == "Cette page n’existe pas"


def test_the_pages_of_a_carnet_are_light_sound_and_accessible(
    vallon: EspaceDeContrat, people, mine: Carnet, ouvrir: Open, axe: Check
) -> None:
    token = jeton_of(mine)
    page = ouvrir(reverse("mon-carnet", args=[token]), width=NARROW)
    axe(page, phone=NARROW)
    page.get_by_role("link", name="Atelier").first.click()
    axe(page, phone=NARROW)
    page.get_by_role("button", name="Enregistrer").click()
    axe(page, phone=NARROW)
    page.locator(".combien input").fill("9999")
    page.get_by_role("button", name="Enregistrer").click()
    axe(page, phone=NARROW)
    page.get_by_label("J’ai relu").check()
    page.get_by_role("button", name="Enregistrer").click()
    axe(page, phone=NARROW)
    page.get_by_role("link", name="Corriger").click()
    axe(page, phone=NARROW)
    for name in ("", "-mois", "-notees", "-renvoyer", "-ne-plus"):
        page.goto(page.url.split("/carnet/")[0] + reverse(f"mon-carnet{name}", args=[token]))
        axe(page, phone=NARROW)


def test_the_team_opens_prints_and_closes(vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check) -> None:
    referent(person("Nora Carnet", signs_in=False), vallon)
    affiche(acces_of(people["equipe"]), vallon)
    page = ouvrir("/espace/vallon/activite/carnets/", by=people["equipe"])
    axe(page, phone=360)
    page.get_by_role("link", name="Mettre une affiche au mur").click()
    axe(page, phone=360)
    page.go_back()
    page.get_by_role("link", name="L’affiche de La Navette").click()
    page.get_by_role("link", name="Imprimer l’affiche").click()
    axe(page, phone=360)
    page.get_by_role("link", name="Retour au carnet").click()
    page.goto(page.url.replace("/1/", "/ouvrir/"))
    axe(page, phone=360)
    page.get_by_label("À qui").select_option(index=1)
    page.get_by_role("button", name="Ouvrir ce carnet").click()
    expect(page.get_by_text("Le carnet est ouvert")).to_be_visible()
    axe(page, phone=360)
    page.get_by_role("link", name="Fermer ce carnet").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Fermer le carnet").click()
    expect(page.get_by_text("plus aucun lien ne l’ouvre").first).to_be_visible()
