"""Calendars in a real Chromium: the address of a feed given and withdrawn, a file brought in and its sessions told."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tenir.activite.models import Entree, FluxDAgenda
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tests.activite.agendas import calendar, event
from tests.activite.routes import daily
from tests.activite.test_agenda_import import at
from tests.personnes import body


def test_the_address_of_a_feed_is_given_copied_and_withdrawn(
    vallon: EspaceDeContrat, people, ouvrir: Callable[..., Page], axe: Callable[..., None]
) -> None:
    Lieu.objects.create(espace=vallon, code="L77", ordre=77, nom="Maison des habitants")
    daily(vallon)
    page = ouvrir("/espace/vallon/activite/lieux/L77/", by=people["equipe"])
    axe(page, phone=360)
    page.get_by_role("button", name="Donner l’adresse").click()
    expect(page.get_by_role("status").first).to_contain_text("L’adresse est donnée")
    axe(page, phone=360)
    shown = page.get_by_label("L’adresse à copier").input_value()
    opens = page.get_by_role("link", name="Ouvrir dans mon agenda").get_attribute("href") or ""
    assert opens.partition(":")[2] == shown.partition(":")[2]
    assert page.request.get(shown).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("link", name="Tous les flux d’agenda").click()
    axe(page, phone=360)
    page.get_by_role("link", name="Maison des habitants").click()
    page.get_by_role("link", name="Retirer l’adresse").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Retirer l’adresse").click()
    expect(page.get_by_text("n’ouvre plus rien").first).to_be_visible()
    assert page.request.get(shown).status == 410
    assert FluxDAgenda.objects.open().count() == 0


def test_a_calendar_is_brought_in_then_a_session_is_said_held(
    vallon: EspaceDeContrat, people, ouvrir: Callable[..., Page], axe: Callable[..., None]
) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    file = calendar(
        event("a@x", at(vallon, -8), "DURATION:PT2H", "RRULE:FREQ=WEEKLY;COUNT=3", titre="Café du mardi"),
        event("b@x", at(vallon, -1), titre="Dentiste"),
        event("c@x", at(vallon, -2), "CLASS:PRIVATE", titre="Rendez-vous"),
    )
    page = ouvrir("/espace/vallon/activite/", by=people["partenaire"])
    page.get_by_role("link", name="Importer un agenda").click()
    axe(page, phone=360)
    page.get_by_label("Le fichier de l’agenda").set_input_files(
        {"name": "agenda.ics", "mimeType": "text/calendar", "buffer": file}
    )
    page.get_by_role("button", name="Lire l’agenda").click()
    axe(page, phone=360)
    page.get_by_label("Café du mardi").select_option("atelier")
    page.get_by_label("Dentiste").select_option(label="Ne pas reprendre")
    page.get_by_role("button", name="Voir ce que cela donne").click()
    expect(page.get_by_text("3 gardées, 2 expliquées")).to_be_visible()
    axe(page, phone=360)
    page.get_by_role("button", name="Prévoir 3 séances").click()
    expect(page.get_by_role("status").first).to_contain_text("3 séances prévues")
    page.get_by_role("link", name="À confirmer (2)").click()
    page.get_by_role("row").filter(has_text="Atelier").first.get_by_role("link", name="Atelier").click()
    axe(page, phone=360)
    page.get_by_role("link", name="Dire si elle a eu lieu").click()
    axe(page, phone=360)
    page.get_by_label("Combien de personnes sont venues").fill("12")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    assert Entree.objects.filter(statut="tenue").count() == 1
