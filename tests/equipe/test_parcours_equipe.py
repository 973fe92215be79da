"""The journey of a team: an empty installation, its administrator, a contract, forty contacts, a partner invited.

The commands are typed as on a server; the rest is done in a real Chromium.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from click.testing import CliRunner
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tenir.acteurs.models import Personne
from tenir.cli.main import main
from tenir.core.trace import breaks
from tenir.habilitations.models import EspaceDeContrat, Referent
from tests.acteurs.conftest import last_code
from tests.navigateur import follow
from tests.personnes import contract, person, referent
from tests.public.conftest import FICTIF

SLUG = FICTIF.stem
HERS, OTHER = (
    "Caisse d’allocations familiales de la Songe-et-Brume",
    "Caisse primaire d’assurance maladie de la Songe-et-Brume",
)
ROOMS = ("Aujourd’hui", "Actions", "Engagements", "Mesures", "Échanges")
ACCOUNT = ("Contacts", "Équipe et accès", "Qualité du contrat", "Trace", "Ce que je peux faire")
ADMINISTRATOR, PARTNER = "ada@exemple.test", "ida@exemple.test"


def tenir(*words: object) -> str:
    """What a command says, which must succeed."""
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def totp(secret: str) -> str:
    """The code that an application shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(page: Page, email: str) -> None:
    """Ask for a code at an address, and type the one received."""
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code").fill(last_code())
    page.get_by_role("button", name="Se connecter").click()


def directory(path: Path) -> Path:
    """A spreadsheet of forty contacts, in two bodies of the contract, and one that nobody knows."""
    rows = [["Prénom", "NOM", "Structure", "Fonction", "Mél", "Tél."]]
    for n in range(40):
        structure = HERS if n % 2 else OTHER
        rows.append([f"Prénom{n:02}", f"Essai{n:02}", structure, "chargé de mission", f"p{n:02}@exemple.test", ""])
    rows.append(["Prénom40", "Essai40", "Structure inconnue", "", "", ""])
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Annuaire")
        for rank, row in enumerate(rows):
            sheet.write_row(rank, 0, row)
    return path


def administer(page: Page, axe: Callable[[Page], None]) -> None:
    """Sign in for the first time as the administrator: the second factor comes before any other page."""
    follow(page, "Se connecter")
    sign_in(page, ADMINISTRATOR)
    page.wait_for_url("**/second-facteur/activer/")
    page.get_by_label("Code").fill(totp(page.locator("code").inner_text()))
    page.get_by_role("button", name="Activer").click()
    expect(page.locator("li code")).to_have_count(10)
    axe(page)
    page.get_by_role("link", name="Aller à mes contrats").click()
    page.get_by_role("link", name="Virelande").click()


def bring_contacts(page: Page, spreadsheet: Path) -> None:
    """From a contract in which nobody is known to forty contacts."""
    follow(page, "Contacts")
    expect(page.get_by_role("heading", name="Signataires sans contact")).to_have_count(1)
    page.get_by_role("link", name="Importer un tableau").click()
    page.get_by_label("Ou un fichier").set_input_files(spreadsheet)
    page.get_by_role("button", name="Voir ce que devient chaque ligne").click()
    assert "cellule C42" in page.get_by_role("table").inner_text()
    assert not Referent.objects.exists()
    page.get_by_role("button", name="Enregistrer").click()
    assert "40 ajoutés" in page.get_by_role("status").inner_text()
    assert Referent.objects.count() == 40


def invite(page: Page) -> str:
    """Invite the partner; the path of the link she receives."""
    follow(page, "Équipe et accès")
    if (folded := page.locator("details.vues-pliees > summary")).is_visible():
        folded.click()
    page.get_by_role("navigation", name="Dans cette partie").get_by_role("link", name="Invitations").click()
    page.get_by_role("link", name="Inviter quelqu’un").click()
    page.get_by_label("Adresse électronique").fill(PARTNER)
    page.get_by_label("Rôle").select_option(label="partenaire")
    page.get_by_label("Organisme").select_option(label=HERS)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    assert "envoyée" in page.get_by_role("status").inner_text()
    found = re.search(r"/invitation/\S+", mail.outbox[-1].body)
    assert found
    return found[0]


def enter(hers: Page) -> None:
    """Accept, then sign in by a code; she lands on the desk of her one contract, and finds there her pages alone."""
    hers.get_by_label("Votre prénom").fill("Ida Essai")
    hers.get_by_role("button", name="Accepter").click()
    sign_in(hers, PARTNER)
    hers.wait_for_url("**/espace/**")
    hers.locator("header.tete summary:visible").click()
    entries = hers.locator("header.tete").get_by_role("link").all_inner_texts()
    assert [entry for entry in ROOMS if entry in entries] == ["Aujourd’hui", "Actions", "Engagements", "Mesures"]
    assert [entry for entry in ACCOUNT if entry in entries] == ["Contacts", "Équipe et accès", "Ce que je peux faire"]
    hers.locator("header.tete summary:visible").click()


def statuses(site: str) -> dict[str, int]:
    """What each address must answer to the partner."""
    theirs, others = (Referent.objects.filter(organisation__nom=name).order_by("pk")[0] for name in (HERS, OTHER))
    closed = ("contacts/importer/", "invitations/", "roles/", "trace/", "trace.csv", f"contacts/{others.pk}/")
    return {
        f"{site}/espace/{SLUG}/contacts/{theirs.pk}/": 200,
        **{f"{site}/espace/{SLUG}/{page}": 403 for page in closed},
        f"{site}/plateforme/personnes/": 403,
        f"{site}/espace/ailleurs/contacts/": 404,
        f"{site}/contrats/ailleurs/": 404,
    }


@pytest.mark.parametrize("width", [1280, 360])
def test_from_an_empty_installation_to_a_partner_who_sees_what_is_theirs_and_nothing_else(
    ouvrir: Callable[..., Page],
    axe: Callable[[Page], None],
    transactional_db: None,
    live_server,
    tmp_path: Path,
    width: int,
) -> None:
    cache.clear()
    assert not Personne.objects.exists()
    assert not EspaceDeContrat.objects.exists()
    assert "administre la plateforme" in tenir("creer-administrateur", ADMINISTRATOR, "--nom", "Ada Sommet")
    tenir("charger", FICTIF)
    page = ouvrir("/", width=width)
    administer(page, axe)
    bring_contacts(page, directory(tmp_path / "annuaire.xlsx"))
    link = invite(page)
    referent(person("Loin Ailleurs", signs_in=False), contract("ailleurs", etat="signe"))

    hers = ouvrir(link, width=width)
    enter(hers)
    follow(hers, "Contacts")
    axe(hers)
    seen = hers.locator("main").inner_text()
    assert (seen.count("@exemple.test"), OTHER in seen) == (20, False)
    expected = statuses(live_server.url)
    assert {url: hers.goto(url).status for url in expected} == expected  # type: ignore[union-attr]
    hers.goto(f"{live_server.url}/espace/?liste=oui")
    hers.locator("main").get_by_role("link", name="Ce que Tenir sait de moi").click()
    known = hers.locator("main").inner_text()
    assert ("Ida Essai" in known, "Prénom01" in known) == (True, False)
    assert list(breaks()) == []
