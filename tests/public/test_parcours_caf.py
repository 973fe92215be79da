"""The journey of a visitor: find what the CAF promised on parenthood, the orientation it serves, and export it."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.navigateur import follow, unfold
from tests.public.conftest import FICTIF, load_and_publish

COUTRAS = FICTIF.parents[1] / "coutras-2024-2030.yaml"


@dataclass(frozen=True)
class Attendu:
    """What the journey must find in one contract: the signatory, the promise, where the words lead, the orientation."""

    contrat: Path
    document: Path | None
    signataire: str
    engagement: str
    trouve_par: str
    orientation: str
    exportes: tuple[str, ...]

    @property
    def slug(self) -> str:
        return f"/contrats/{self.contrat.stem}"


VIRELANDE = Attendu(
    FICTIF, FICTIF.with_suffix(".txt"), "S07", "S07-E02", "S07-E01", "O06", ("S07-E02", "S07-E03", "S07-E04")
)
DE_COUTRAS = Attendu(COUTRAS, None, "S08", "S08-E06", "S08-E06", "O09", ("S08-E06",))
pytestmark = pytest.mark.parametrize(
    ("attendu", "width"), [(VIRELANDE, 360), (DE_COUTRAS, 1280)], ids=["fictif on a phone", "Coutras on a computer"]
)


@pytest.fixture
def accueil(ouvrir, transactional_db, attendu: Attendu, width: int) -> Page:
    """The page of the contract, as a visitor opens it."""
    load_and_publish(attendu.contrat, attendu.document)
    return ouvrir(f"{attendu.slug}/", width=width)


def downloaded(page: Page) -> list[dict[str, str]]:
    """The rows of the file behind the link « CSV »."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def test_from_the_search_to_the_orientation(accueil: Page, axe, attendu: Attendu) -> None:
    page = accueil
    unfold(page)
    page.get_by_role("searchbox", name="Rechercher dans le contrat").first.fill("CAF parentalité")
    page.get_by_role("button", name="Chercher").first.click()
    axe(page)
    page.locator(f'main a[href="{attendu.slug}/engagements/{attendu.trouve_par}"]').click()
    if attendu.trouve_par != attendu.engagement:  # the words stand in the heading above the promise
        page.locator(f'main a[href="{attendu.slug}/engagements/{attendu.engagement}"]').first.click()
    axe(page)
    assert attendu.engagement in page.locator("h1").inner_text()
    assert page.get_by_text("Rapprochement proposé par Tenir, le contrat ne l’écrit pas.").is_visible()
    page.locator("#orientations").get_by_role("link").click()
    assert attendu.orientation in page.locator("h1").inner_text()
    axe(page)


def test_from_the_signatory_to_the_file(accueil: Page, axe, attendu: Attendu) -> None:
    page = accueil
    follow(page, "Les signataires")
    page.locator(f'main a[href="{attendu.slug}/signataires/{attendu.signataire}"]').first.click()
    axe(page)
    promise = page.locator(f"#{attendu.engagement}")
    assert promise.locator(f'a[href="{attendu.slug}/orientations/{attendu.orientation}"]').first.is_visible()
    rows = downloaded(page)
    assert {row["Code du signataire"] for row in rows} == {attendu.signataire}
    assert set(attendu.exportes) < {row["Code"] for row in rows}


def test_from_the_filters_to_the_file(accueil: Page, axe, attendu: Attendu) -> None:
    page = accueil
    page.goto(page.url + "engagements/")
    page.locator("summary", has_text="Filtrer").click()
    page.get_by_label("Mots").fill("parentalité")
    page.get_by_label("Signataire", exact=True).select_option(attendu.signataire)
    page.get_by_role("button", name="Filtrer").click()
    axe(page)
    assert "signataire=" in page.url
    rows = downloaded(page)
    assert tuple(row["Code"] for row in rows) == attendu.exportes
    assert all(attendu.orientation in row["Titres des orientations servies"] for row in rows)
    if attendu.contrat == FICTIF:
        assert all("fictif" in row["Contrat"] for row in rows)
