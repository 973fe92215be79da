"""An association brings the sheet it keeps, in a real Chromium, from the list to the receipt."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tenir.activite.models import Entree, ProfilDeTableur
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tests.activite.tableurs import TITRES, row, sheet
from tests.personnes import body


def told(page: Page, place: str = ".chapeau") -> str:
    return page.locator(place).first.inner_text().replace("\u00a0", " ").replace("\u202f", " ")


def test_an_association_brings_its_own_sheet(
    vallon: EspaceDeContrat, people, ouvrir: Callable[..., Page], axe: Callable[..., None], tmp_path: Path
) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    Lieu.objects.create(espace=vallon, code="L01", ordre=1, nom="Maison des habitants")
    rows = [row(ago, Salle="Maison des habitants") for ago in range(2, 8)]
    rows += [
        row(9, **{TITRES[1]: "douze"}),
        row(10, **{TITRES[1]: "180"}),
        row(11, Salle="anticonstitutionnellement" * 4),
    ]
    file = tmp_path / "suivi-2026.csv"
    file.write_bytes(sheet(rows))
    page = ouvrir("/espace/vallon/activite/", by=people["partenaire"])
    page.get_by_role("link", name="Importer un tableur").click()
    axe(page, phone=360)
    page.get_by_label("Votre fichier").set_input_files(file)
    page.get_by_role("button", name="Lire ce tableau").click()
    axe(page, phone=360)
    page.get_by_label("Quelle nature").select_option("atelier")
    page.get_by_role("button", name="Voir ce que devient chaque ligne").click()
    axe(page, phone=360)
    expect(page.get_by_label("Nb de personnes")).to_have_value("v_presents")
    page.get_by_role("button", name="Voir ce que devient chaque ligne").click()
    assert "9 lignes lues : 8 à inscrire, dont 1 à lire par l’équipe ; 1 expliquée." in told(page)
    axe(page, phone=360)
    page.get_by_role("button", name="Inscrire 8 lignes").click()
    expect(page.get_by_role("status").first).to_contain_text("Annuler")
    assert "8 inscrites" in told(page)
    axe(page, phone=360)
    assert Entree.objects.count() == 8
    page.get_by_role("link", name="Importer un autre tableau").click()
    page.get_by_label("Votre fichier").set_input_files(file)
    page.get_by_role("button", name="Lire ce tableau").click()
    assert "9 lignes lues : 0 à inscrire ; 9 expliquées." in told(page)
    page.get_by_role("button", name="Abandonner ce tableur").click()
    page.get_by_role("link", name="Oublier").click()
    axe(page, phone=360)
    page.get_by_role("button", name="Les oublier").click()
    expect(page.get_by_role("status").first).to_contain_text("oubliés")
    assert not ProfilDeTableur.objects.exists()
