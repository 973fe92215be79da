"""Rooms behind a carnet in a real Chromium: a slot in two taps on a telephone, taken meanwhile, given back, undone."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.reservations.models import Reservation
from tests.activite.carnets import carnet, jeton_of
from tests.reservations.salles import booked, salle

PHONE = 360
Open = Callable[..., Page]
Check = Callable[..., None]


def test_a_slot_on_a_phone_taken_given_back_and_undone(
    vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check
) -> None:
    by = acces_of(people["equipe"])
    room = salle(by, vallon, "Espace confidentiel")
    jeton = jeton_of(carnet(by, vallon, name="Nora Salles"))
    day = (horloge.today(vallon) + timedelta(days=1)).isoformat()
    page = ouvrir(reverse("mon-carnet", args=[jeton]), width=PHONE)
    page.get_by_role("link", name="Réserver une salle").click()
    axe(page, phone=PHONE)
    page.get_by_role("link", name="Espace confidentiel").click()
    axe(page, phone=PHONE)
    booked(by, room, org="caf", days=1)  # someone else, while this page is open
    page.locator(f"button[value='{day}T09:00']").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("déjà pris")
    expect(told).to_contain_text("Libre au plus près")
    expect(told).not_to_contain_text("CAF")
    axe(page, phone=PHONE)
    page.locator(f"button[value='{day}T09:30']").click()
    expect(page.get_by_role("status")).to_contain_text("C’est réservé")
    axe(page, phone=PHONE)
    page.get_by_role("link", name="Annuler").click()
    axe(page, phone=PHONE)
    page.get_by_role("button", name="Annuler la réservation").click()
    expect(page.get_by_role("status")).to_contain_text("C’est annulé")
    mine = Reservation.objects.latest("pk")
    assert mine.jours == []
    page.get_by_role("button", name="Défaire").click()
    expect(page.get_by_role("status")).to_contain_text("comme avant")
    mine.refresh_from_db()
    assert mine.jours == [day]
    page.get_by_role("link", name="Espace confidentiel").first.click()
    page.get_by_role("link", name="Plus long").click()
    axe(page, phone=PHONE)
    page.get_by_role("button", name="Réserver").click()
    axe(page, phone=PHONE)
