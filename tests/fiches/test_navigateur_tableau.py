"""The table of fiches in a real Chromium: a change in bulk, a spreadsheet round, by the keyboard alone, on a phone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.acteurs.models import Personne
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.fiches.classeurs import append, write
from tests.personnes import contract, member, referent
from tests.vie import fiche, jalon

WIDTHS = [1280, 360]


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """A fictitious contract of a dozen fiches, some late, with someone of the team."""
    espace = contract("vallon", fictif=True)
    referent(member("Basile Pivot", Role.EQUIPE, espace), espace, of="caf")
    for rank in range(12):
        of = fiche(
            espace,
            f"O0{rank // 4 + 1}-A0{rank % 4 + 1}",
            pilots=(("ccas",), ("caf", "ccas"), ("?les membres de la commission",), ())[rank % 4],
            statut=("", "en-cours", "a-lancer")[rank % 3],
            prochaine_etape="Choisir le local avec les habitants et les associations" if rank % 2 else "",
        )
        jalon(of, date(2026, 2, 1 + rank), "Signer la convention pluriannuelle")
    return espace


@pytest.fixture
def team(ouvrir: Callable[..., Page], vallon: EspaceDeContrat) -> Callable[..., Page]:
    """Open a page as someone of the team."""

    def open_as(path: str, *, width: int = 1280) -> Page:
        return ouvrir(path, by=Personne.objects.get(nom="Basile Pivot"), width=width)

    return open_as


def fits(page: Page, axe: Callable[[Page], None], width: int) -> None:
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} : {wide} px de large sur un écran de {width} px"


@pytest.mark.parametrize(
    "view",
    [
        "",
        "?groupe=porteur&sort=-faits",
        "?statut=en-cours&colonnes=code,action,axe,orientation,porteur,statut,faits,ecart,debut_prevu,fin_prevue,jalon",
        "?statut=realisee",
        "?statut=inconnu",
    ],
)
def test_each_view_is_accessible_and_holds_on_its_screen(
    team: Callable[..., Page], axe: Callable[..., None], vallon: EspaceDeContrat, view: str
) -> None:
    page = team(reverse("fiches", args=[vallon.slug]) + view)
    page.locator("summary", has_text="Colonnes").click()
    axe(page, phone=min(WIDTHS))


@pytest.mark.parametrize("width", WIDTHS)
def test_many_fiches_change_at_once(
    team: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat, width: int
) -> None:
    page = team(reverse("fiches", args=[vallon.slug]), width=width)
    folded = page.locator("summary", has_text="Vue :")
    view = page.get_by_role("navigation", name="Vues").get_by_role("link", name="À désigner")
    if width == WIDTHS[-1]:
        folded.click()
    view.click()
    if width == WIDTHS[-1]:
        folded.click()
    assert view.get_attribute("aria-current") == "page"
    for code in ("O01-A03", "O02-A03"):
        page.get_by_role("checkbox", name=f"Choisir {code}").check()
    page.get_by_role("button", name="Changer les fiches cochées").click()
    fits(page, axe, width)
    page.locator("#id_organisme_en_charge").select_option(label="CAF")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    assert "Pourquoi ce changement" in page.get_by_role("alert").inner_text()
    page.get_by_label("Pourquoi ce changement").fill("comité technique de mars")
    page.get_by_role("button", name="Voir ce qui changerait").click()
    fits(page, axe, width)
    assert "organisme en charge : vide → CAF" in page.get_by_role("table").inner_text().replace("\xa0", " ")
    page.get_by_role("button", name="Changer 2 fiches").click()
    assert "2 fiches changées" in page.get_by_role("status").inner_text().replace("\xa0", " ")
    assert "designer=oui" in page.url
    expect(page.get_by_role("checkbox", name="Choisir O01-A03")).to_have_count(0)


def test_on_a_phone_a_row_is_its_title_then_what_is_late_then_the_rest_and_leads_to_the_fiche(
    team: Callable[..., Page], vallon: EspaceDeContrat
) -> None:
    page = team(reverse("fiches", args=[vallon.slug]), width=320)
    row = page.locator("tbody tr", has=page.locator(".tampon-retard")).first
    late = row.locator("td:has(.tampon-retard)")
    tops = row.locator("td.en-ligne:visible").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    first, second = row.locator(".au-titre").bounding_box(), late.bounding_box()
    assert first
    assert second
    assert first["y"] < second["y"] <= min(tops) + 1
    assert not page.locator("thead").is_visible()
    page.mouse.click(second["x"] + second["width"] - 5, second["y"] + 8)
    page.wait_for_url("**/actions/O0*/")


def test_filters_in_place_are_told_and_left_out_one_by_one(team: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    page = team(reverse("fiches", args=[vallon.slug]) + "?retard=oui&statut=en-cours", width=360)
    page.get_by_role("link", name="Retirer le filtre En retard").click()
    assert "statut=en-cours" in page.url
    assert "retard" not in page.url
    page.get_by_role("link", name="Tout afficher").click()
    expect(page.get_by_role("list", name="Filtres en place")).to_have_count(0)


def test_columns_are_chosen_and_the_view_is_a_link(team: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    page = team(reverse("fiches", args=[vallon.slug]) + "?statut=en-cours")
    page.locator("summary", has_text="Colonnes").click()
    page.get_by_role("checkbox", name="Écart").check()
    page.get_by_role("checkbox", name="Statut", exact=True).uncheck()
    page.get_by_role("button", name="Montrer ces colonnes").click()
    expect(page.get_by_role("columnheader", name="Écart")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Statut")).to_have_count(0)
    page.get_by_role("link", name="Action", exact=True).click()
    assert "statut=en-cours" in page.url
    expect(page.get_by_role("columnheader", name="Écart")).to_have_count(1)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_spreadsheet_goes_out_and_comes_back(
    team: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat, tmp_path: Path, width: int
) -> None:
    page = team(reverse("fiches", args=[vallon.slug]), width=width)
    page.get_by_role("link", name="Rapporter un classeur rempli").click()
    fits(page, axe, width)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le classeur").click()
    assert "fictif" in download.value.suggested_filename
    content = Path(download.value.path()).read_bytes()
    content = write(content, "Fiches", "O01-A01", {"Statut": "en cours", "Fin prévue": "un de ces jours"})
    content = write(content, "Fiches", "O01-A02", {"Public visé": "jeunes de 16 à 25 ans"})
    content = append(content, "Nouvelles", {"Code": "O02-A01", "Date": "3/6/2026", "Nouvelle": "Premier atelier tenu."})
    FicheAction.objects.filter(action__code="O01-A02").update(public_vise="aînés", version=2)
    filled = tmp_path / "rempli.xlsx"
    filled.write_bytes(content)
    page.get_by_label("Classeur rempli").set_input_files(filled)
    page.get_by_role("button", name="Voir ce qui changerait").click()
    fits(page, axe, width)
    assert "« un de ces jours » n’est pas une date" in page.inner_text("main").replace("\xa0", " ")
    page.get_by_role("button", name="Appliquer").click()
    assert "Choisissez pour chaque conflit" in page.get_by_role("alert").inner_text()
    page.get_by_role("radio", name="Garder ce qui est en place").check()
    page.get_by_label("Pourquoi ces changements").fill("revue de projet")
    page.get_by_role("button", name="Appliquer").click()
    assert "Le classeur est appliqué" in page.get_by_role("status").inner_text()
    fits(page, axe, width)
    page.get_by_role("link", name="Tous les classeurs déposés").click()
    fits(page, axe, width)
    expect(page.get_by_role("link", name="rempli.xlsx")).to_have_count(1)
    told = dict(FicheAction.objects.values_list("action__code", "public_vise"))
    assert told["O01-A02"] == "aînés"
    assert FicheAction.objects.get(action__code="O01-A01").statut == "en-cours"


def press_until(page: Page, name: str) -> None:
    """Tab to what a name opens, as someone without a mouse."""
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).innerText ?? ''")
        if " ".join(here.split()).startswith(name):
            return
    raise AssertionError(f"la touche Tab ne mène pas à « {name} »")


def test_many_fiches_change_by_the_keyboard_alone(team: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    page = team(reverse("fiches", args=[vallon.slug]))
    press_until(page, "Filtrer et regrouper")
    page.keyboard.press("Enter")
    press_until(page, "Mots")
    page.keyboard.type("O03-A0")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=O03-A0*")
    press_until(page, "Choisir O03-A02")
    page.keyboard.press("Space")
    press_until(page, "Choisir O03-A04")
    page.keyboard.press("Space")
    press_until(page, "Changer les fiches cochées")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lot/")
    press_until(page, "Prochaine étape")
    page.keyboard.type("Réunir les porteurs")
    press_until(page, "Pourquoi ce changement")
    page.keyboard.type("revue")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Changer 2 fiches").wait_for()
    press_until(page, "Changer 2 fiches")
    page.keyboard.press("Enter")
    page.get_by_role("status").wait_for()
    changed = FicheAction.objects.filter(prochaine_etape="Réunir les porteurs").values_list("action__code", flat=True)
    assert sorted(changed) == ["O03-A02", "O03-A04"]
