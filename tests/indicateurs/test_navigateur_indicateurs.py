"""Indicators in a real Chromium: a body gives a reading on a phone, the team judges it; keyboard, paper, two people."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import FloatRect, Page, expect

from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import acces_of
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import define_indicateur
from tests.fiches import test_navigateur_page as test_navigateur_fiche
from tests.fiches.test_navigateur_page import LONG, press_until, sound
from tests.mesures import cible, releve
from tests.navigateur import narrowed
from tests.personnes import body
from tests.vie import indicateur, orientation

vallon, open_as = test_navigateur_fiche.vallon, test_navigateur_fiche.signed_in
OpenAs = Callable[..., Page]
Check = Callable[..., None]


@pytest.fixture
def lived(vallon: EspaceDeContrat) -> SuiviDIndicateur:
    """An indicator of the partner's, with all that one may hold, and long words."""
    start = {"reference": Decimal(8), "reference_le": date(2023, 12, 31), "reference_source": LONG}
    of = indicateur(
        vallon, organisme=body("ccas"), unite="personnes accompagnées du quartier", frequence="semestrielle", **start
    )
    of.indicateur.libelle = LONG
    of.indicateur.save()
    of.indicateur.orientations.add(orientation(vallon))
    for year, value, status in ((2024, "12", "valide"), (2025, "1415.5", "conteste")):
        for part in ("", "femmes de plus de soixante ans", "hommes"):
            releve(of, value, date(year, 6, 30), ventilation=part, statut=status, source=LONG, commentaire=LONG)
    releve(of, "40", date(2025, 12, 31), corrige=releve(of, "45", date(2025, 12, 31)))
    cible(of, "60", source=LONG)
    return of


def at(of: SuiviDIndicateur, name: str = "", *more: object) -> str:
    return reverse(f"suivi-indicateur{'-' if name else ''}{name}", args=[of.espace.slug, of.code, *more])


@pytest.mark.parametrize("who", ["Bea Pivot", "Cléo Relais", "Dan Liseur"])
def test_the_pages_are_sound_and_accessible_for_each(
    open_as: OpenAs, axe: Check, live_server, lived: SuiviDIndicateur, who: str
) -> None:
    indicateur(lived.espace, "I02")
    page = open_as(who, reverse("suivi-indicateurs", args=[lived.espace.slug]))
    axe(page, phone=360)
    for url in (at(lived).replace("I01", "I02"), at(lived)):
        page.goto(live_server.url + url)
        axe(page, phone=360)
    assert [box["width"] <= 1280 for box in boxes(page, ".graphique svg")] == [True]
    with narrowed(page, 360):
        assert [box["width"] <= 360 for box in boxes(page, ".graphique svg")] == [True]
    expect(page.get_by_role("img", name=LONG)).to_have_count(1)


def boxes(page: Page, what: str) -> list[FloatRect]:
    """Where each of these that shows lies."""
    return [box for one in page.locator(what).all() if one.is_visible() and (box := one.bounding_box())]


def test_every_gesture_is_sound_and_accessible(
    open_as: OpenAs, axe: Check, live_server, lived: SuiviDIndicateur
) -> None:
    one, wanted = lived.releves.in_force().first(), lived.cibles.get()
    urls = [at(lived, name) for name in ("definir", "cible-nouvelle", "relever")]
    urls += [at(lived, f"releve-{name}", one.pk) for name in ("corriger", "valider", "contester")]
    urls += [at(lived, f"cible-{name}", wanted.pk) for name in ("modifier", "retirer")]
    page = open_as("Bea Pivot", at(lived))
    for url in urls:
        page.goto(live_server.url + url)
        assert page.url.endswith(url)
        axe(page, phone=360)


def test_a_body_gives_a_reading_on_a_phone_and_the_team_validates_it(
    open_as: OpenAs, axe: Check, vallon: EspaceDeContrat
) -> None:
    of = indicateur(vallon, organisme=body("ccas"), unite="parents", frequence="semestrielle")
    releve(of, "42", date(2025, 12, 31))
    indicateur(vallon, "I02", organisme=body("caf"))
    hers = open_as("Cléo Relais", reverse("suivi-indicateurs", args=[vallon.slug]), width=360)
    hers.locator("summary", has_text="Filtrer").click()
    hers.get_by_label("Responsable", exact=True).select_option(label="Ceux de mon organisme")
    hers.get_by_role("button", name="Filtrer").click()
    hers.get_by_role("link", name="Indicateur I01").click()
    hers.get_by_role("link", name="Donner un relevé").click()
    hers.get_by_label("Valeur").fill("1.415")
    hers.get_by_role("button", name="Enregistrer le relevé").click()
    assert "Écrivez la virgule et non le point" in hers.get_by_role("alert").inner_text()
    axe(hers)
    hers.get_by_label("Valeur").fill("1 415")
    hers.get_by_role("button", name="Enregistrer le relevé").click()
    assert "plus de dix fois plus grand" in hers.get_by_role("alert").inner_text()
    axe(hers)
    sound(hers, 360)
    hers.get_by_label("Ce chiffre est exact").check()
    hers.get_by_role("button", name="Enregistrer le relevé").click()
    assert "provisoire tant que l’équipe ne l’a pas validé" in hers.get_by_role("status").inner_text()
    expect(hers.get_by_role("button", name="Valider")).to_have_count(0)
    sound(hers, 360)
    theirs = open_as("Bea Pivot", at(of))
    theirs.get_by_role("button", name="Valider le relevé du 1er janvier au 30 juin 2026").click()
    assert "Le relevé est validé." in theirs.get_by_role("status").inner_text()
    assert of.releves.in_force().last().statut == "valide"
    axe(theirs)


def test_a_reading_is_given_with_the_keyboard_alone(open_as: OpenAs, vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon, organisme=body("ccas"), unite="parents", frequence="semestrielle")
    releve(of, "42", date(2025, 12, 31))
    page = open_as("Cléo Relais", at(of))
    press_until(page, "Donner un relevé")
    page.keyboard.press("Enter")
    page.wait_for_url("**/relever/")
    press_until(page, "Valeur")
    page.keyboard.type("47,4")
    press_until(page, "Enregistrer le relevé")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at(of)}")
    assert of.releves.in_force().last().valeur == Decimal("47.4")


def test_two_people_define_one_indicator(open_as: OpenAs, axe: Check, lived: SuiviDIndicateur) -> None:
    page = open_as("Bea Pivot", at(lived, "definir"))
    ana = acces_of(Habilitation.objects.get(personne__nom__startswith="Ana").personne)
    define_indicateur(by=ana, suivi=lived, version=1, changes={"unite": "familles"})
    page.get_by_label("Unité").fill("parents")
    page.get_by_role("button", name="Enregistrer la définition").click()
    assert "Ana Pivot-de-la-Longue-Rivière a écrit le" in page.get_by_role("main").inner_text()
    axe(page, phone=360)
    page.get_by_role("group", name="Unité").get_by_label("Écrire la mienne").check()
    page.get_by_role("button", name="Enregistrer mes choix").click()
    assert "Le suivi de cet indicateur est défini." in page.get_by_role("status").inner_text()


def test_on_paper_the_chart_and_its_table_stay_and_gestures_go(open_as: OpenAs, lived: SuiviDIndicateur) -> None:
    page = open_as("Bea Pivot", at(lived))
    page.emulate_media(media="print")
    for gone in ("Donner un relevé", "Contester", "Définir le suivi", "Changer la cible"):
        assert not any(found.is_visible() for found in page.get_by_text(gone).all()), gone
    assert sum(one.is_visible() for one in page.locator(".graphique svg").all()) == 1
    assert page.get_by_role("table", name="Relevés en vigueur").is_visible()
    page.emulate_media(media="screen")


def test_what_one_aims_at_is_large_enough_for_a_finger(open_as: OpenAs, lived: SuiviDIndicateur) -> None:
    page = open_as("Bea Pivot", at(lived), width=360)
    for gesture in page.locator(".bouton:visible, .lien-action:visible").all():
        assert gesture.bounding_box()["height"] >= 44, gesture.inner_text()
