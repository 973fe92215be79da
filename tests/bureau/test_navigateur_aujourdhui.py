"""The desk, the figures and the frieze in a real Chromium: a late action settled, the keyboard, a phone, paper."""

from collections.abc import Callable
from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.core import horloge
from tenir.fiches.enums import Statut
from tenir.fiches.models import Jalon
from tenir.fiches.services.jalons import update_jalon
from tenir.fiches.services.nouvelles import give_news
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.navigateur import follow
from tests.personnes import contract, member
from tests.vie import fiche, jalon, orientation

TODAY = horloge.today()
MILLIMETRE = 72 / 25.4


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """Sixteen orientations of four axes, with long titles and actions of every status; someone of each role."""
    espace = contract("vallon", fictif=True)
    basile = member("Basile Pivot", Role.EQUIPE, espace)
    member("Cléo Relais", Role.PARTENAIRE, espace, of="ccas")
    member("Dan Liseur", Role.LECTURE, espace)
    member("Ivo Pilote", Role.COPILOTE, espace, of="ccas")
    for rank in range(1, 17):
        above = orientation(espace, f"O{rank:02}", axe="ABCD"[rank // 5], pilots=("ccas",))
        above.titre = "Réussite éducative, décrochage scolaire et accueil des familles"
        above.save()
        for number in range(1, 8):
            _lived(espace, f"O{rank:02}-A{number:02}", rank * 7 + number)
    jalon(fiche(espace, "O01-A08", pilots=("ccas",)), TODAY - timedelta(days=900), titre="Signer le bail")
    give_news(by=acces_of(basile), fiche=espace.fiches.first(), texte="Le local est trouvé.")
    return espace


def _lived(espace: EspaceDeContrat, code: str, seed: int) -> None:
    start = TODAY + timedelta(days=seed * 37 % 1200 - 700)
    statut = ["", *Statut.values][seed % 7]
    lived = fiche(espace, code, statut=statut, motif="faute de lieu", debut_prevu=start if seed % 5 else None)
    for step in range(3):
        jalon(lived, start + timedelta(days=step * 90), atteint_le=TODAY if (seed + step) % 2 else None)


@pytest.fixture
def signed_in(ouvrir: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of the contract as someone."""

    def open_as(name: str, path: str, *, width: int = 1280) -> Page:
        return ouvrir(path, by=Habilitation.objects.get(personne__nom=name).personne, width=width)

    return open_as


@pytest.mark.parametrize("who", ["Basile Pivot", "Cléo Relais", "Dan Liseur", "Ivo Pilote"])
def test_every_page_is_sound_and_accessible(
    signed_in: Callable[..., Page], axe: Callable[..., None], live_server, vallon: EspaceDeContrat, who: str
) -> None:
    page = signed_in(who, "/licence/")
    pages = ("aujourdhui", "copilotage") if who == "Ivo Pilote" else ("aujourdhui", "chiffres", "frise")
    for name in pages:
        page.goto(live_server.url + reverse(name, args=[vallon.slug]))
        expect(page.locator("h1")).to_have_count(1)
        axe(page, phone=360)


def test_from_the_desk_to_a_late_action_settled_and_back_to_a_shorter_desk(
    signed_in: Callable[..., Page], live_server, vallon: EspaceDeContrat
) -> None:
    page = signed_in("Basile Pivot", reverse("mes-contrats"))
    assert page.url == live_server.url + reverse("aujourdhui", args=[vallon.slug])
    late = page.get_by_role("region", name="En retard")
    before = int(late.locator("h2 .compte").inner_text())
    line = late.get_by_role("listitem").first
    assert "Signer le bail" in line.inner_text()
    line.get_by_role("link").click()
    assert page.url.endswith(reverse("fiche", args=[vallon.slug, "O01-A08"]))
    basile = acces_of(Habilitation.objects.get(role=Role.EQUIPE).personne)
    update_jalon(by=basile, jalon=Jalon.objects.get(titre="Signer le bail"), changes={"atteint_le": TODAY})
    follow(page, "Aujourd’hui")
    after = page.get_by_role("region", name="En retard")
    assert int(after.locator("h2 .compte").inner_text()) == before - 1
    assert "Signer le bail" not in after.inner_text()


def test_what_is_new_is_read_with_the_keyboard_alone(signed_in: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    page = signed_in("Dan Liseur", reverse("aujourdhui", args=[vallon.slug]), width=360)
    assert "Le local est trouvé" in page.get_by_role("region", name="Nouveau").inner_text()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "J’ai tout lu":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector('[role="status"]')
    assert "vous avez tout lu" in page.get_by_role("status").inner_text()
    expect(page.get_by_role("region", name="Nouveau")).to_have_count(0)


def test_the_frieze_scrolls_in_its_own_box_with_the_keyboard(
    signed_in: Callable[..., Page], vallon: EspaceDeContrat
) -> None:
    page = signed_in("Dan Liseur", reverse("frise", args=[vallon.slug]), width=800)
    box = page.get_by_role("region").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    assert page.evaluate("window.scrollX") == 0


def test_a_phone_sees_the_whole_frieze_without_scrolling_aside(
    signed_in: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat
) -> None:
    page = signed_in("Dan Liseur", reverse("frise", args=[vallon.slug]), width=360)
    drawn = page.get_by_role("img", name="année par année").first
    expect(drawn).to_be_visible()
    box = drawn.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    expect(page.get_by_role("region")).to_have_count(0)
    axe(page)


def test_the_table_of_a_band_opens_with_the_keyboard_and_leads_to_the_fiche(
    signed_in: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat
) -> None:
    page = signed_in("Cléo Relais", reverse("frise", args=[vallon.slug]), width=360)
    page.locator(".bande summary").first.focus()
    page.keyboard.press("Enter")
    axe(page)
    page.get_by_role("cell").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + reverse("fiche", args=[vallon.slug, "O01-A01"]))


def printed(page: Page) -> list[tuple[int, int]]:
    """The sheets that a page prints, in millimetres."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        sizes = [document[number].get_size() for number in range(len(document))]
    finally:
        document.close()
    return [(round(width / MILLIMETRE), round(height / MILLIMETRE)) for width, height in sizes]


def test_sixteen_orientations_in_figures_print_on_one_sheet(
    signed_in: Callable[..., Page], vallon: EspaceDeContrat
) -> None:
    assert printed(signed_in("Dan Liseur", reverse("chiffres", args=[vallon.slug]))) == [(297, 210)]


def test_the_frieze_prints_in_a3(signed_in: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    sheets = printed(signed_in("Dan Liseur", reverse("frise", args=[vallon.slug])))
    assert set(sheets) == {(420, 297)}
    assert len(sheets) <= 6
