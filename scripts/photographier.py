"""Take the pictures of the guide, from a site made for the purpose and thrown away after.

`python -m scripts.photographier [FOLDER]` (default: `src/tenir/public/static/public/guide`). Pages of
the fictitious contract, with its document; of Coutras, the contract at a glance alone, without its document: no
sentence of it is ever in a picture. With one version of Chromium, only what a page says of today's date changes from
one run to the next.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.palette import lighter

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "src" / "tenir" / "public" / "static" / "public" / "guide"
FICTIF = ROOT / "contrats" / "fictif" / "virelande-fictif-2024-2030.yaml"
COUTRAS = ROOT / "contrats" / "coutras-2024-2030.yaml"
KINDS = ROOT / "contrats" / "natures" / FICTIF.name
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]

WIDTHS = (1280, 360)
TALLEST = 2000
"""Where a long page is cut, in pixels."""

CONTRAT = "/contrats/virelande-fictif-2024-2030"
PAGES = {
    "accueil": "/",
    "contrat": f"{CONTRAT}/",
    "contrat-coutras": "/contrats/coutras-2024-2030/",
    "axe": f"{CONTRAT}/axes/A",
    "orientation": f"{CONTRAT}/orientations/O06",
    "en-ce-moment": f"{CONTRAT}/en-ce-moment/",
    "actions": f"{CONTRAT}/actions/",
    "action": f"{CONTRAT}/actions/O06-A03",
    "signataires": f"{CONTRAT}/signataires/",
    "signataire": f"{CONTRAT}/signataires/S07",
    "engagements": f"{CONTRAT}/engagements/",
    "engagement": f"{CONTRAT}/engagements/S07-E04",
    "credits": f"{CONTRAT}/credits/",
    "dispositifs": f"{CONTRAT}/credits/dispositifs/",
    "dispositifs-trouver": f"{CONTRAT}/credits/dispositifs/trouver/?q=jeunes",
    "tableau": f"{CONTRAT}/credits/tableau/",
    "argent": f"{CONTRAT}/credits/argent/",
    "appels-a-projets": f"{CONTRAT}/appels-a-projets/",
    "appel-a-projets-public": f"{CONTRAT}/appels-a-projets/2/",
    "dossier-ouvrir": f"{CONTRAT}/appels-a-projets/2/demander/",
    "indicateurs": f"{CONTRAT}/indicateurs/",
    "indicateur": f"{CONTRAT}/indicateurs/I01",
    "gouvernance": f"{CONTRAT}/gouvernance/",
    "instance": f"{CONTRAT}/gouvernance/G01",
    "reunion-publique": f"{CONTRAT}/gouvernance/reunions/16",
    "preconisations": f"{CONTRAT}/preconisations/",
    "preconisation-publique": f"{CONTRAT}/preconisations/3",
    "preconisation-deposer": f"{CONTRAT}/preconisations/envoyer/",
    "tarifs-publics": f"{CONTRAT}/tarifs/",
    "marches": f"{CONTRAT}/marches/",
    "marche-publique": f"{CONTRAT}/marches/2",
    "evaluations": f"{CONTRAT}/evaluations/",
    "evaluation-publique": f"{CONTRAT}/evaluations/1",
    "conseil-public": f"{CONTRAT}/conseil-citoyen/",
    "tirage": f"{CONTRAT}/conseil-citoyen/appels/1",
    "candidater": f"{CONTRAT}/conseil-citoyen/appels/2/candidater/",
    "quartier": f"{CONTRAT}/quartier/",
    "donnees": f"{CONTRAT}/quartier/donnees/",
    "annuaire": f"{CONTRAT}/annuaire/",
    "mes-droits-ici": f"{CONTRAT}/mes-droits/",
    "enquetes-publiques": f"{CONTRAT}/enquetes/",
    "enquete-publique": f"{CONTRAT}/enquetes/3/",
    "document": f"{CONTRAT}/document/?lignes=23-25",
    "sigles": f"{CONTRAT}/sigles/",
    "recherche": f"{CONTRAT}/recherche/?q=parents",
    "histoire": f"{CONTRAT}/histoire/",
    "version": f"{CONTRAT}/histoire/2",
    "plan-du-contrat": f"{CONTRAT}/plan/",
    "verifier": "/verifier/",
    "regles": "/regles/",
    "regle": "/regles/CHF003/",
    "plan-du-site": "/plan-du-site/",
    "licence": "/licence/",
    "accessibilite": "/accessibilite/",
    "mentions-legales": "/mentions-legales/",
    "donnees-personnelles": "/donnees-personnelles/",
}
"""Each picture of the public site by its name, and the page it shows; taken at every width."""

ESPACE = f"/espace/{FICTIF.stem}"
TEAM = {
    "bureau": f"{ESPACE}/",
    "fiches": f"{ESPACE}/actions/",
    "fiche": f"{ESPACE}/actions/O06-A03/",
    "frise": f"{ESPACE}/frise/",
    "chiffres": f"{ESPACE}/chiffres/",
    "suivi-engagements": f"{ESPACE}/engagements/",
    "etat-des-engagements": f"{ESPACE}/engagements/signataires/S07/",
    "suivi-indicateurs": f"{ESPACE}/indicateurs/",
    "activite": f"{ESPACE}/activite/",
    "entree": f"{ESPACE}/activite/40/",
    "natures": f"{ESPACE}/natures/",
    "nature-questions": f"{ESPACE}/nature-nouvelle/?de=atelier",
    "calculs": f"{ESPACE}/calculs/",
    "registre": f"{ESPACE}/registres/engagement-du-cercle/",
    "objet": f"{ESPACE}/objets/1/",
    "grille": f"{ESPACE}/grilles/offre-jeunesse/",
    "carnets": f"{ESPACE}/activite/carnets/",
    "affiche": f"{ESPACE}/activite/carnets/3/affiche/",
    "organismes": f"{ESPACE}/organismes/",
    "point": f"{ESPACE}/points/2/",
    "reponses": f"{ESPACE}/points/2/reponses/",
    "synthese": f"{ESPACE}/points/1/synthese/",
    "reunion": f"{ESPACE}/reunions/16/",
    "instances": f"{ESPACE}/instances/",
    "argent-du-contrat": f"{ESPACE}/argent/tableau/",
    "appel-a-projets": f"{ESPACE}/appels-a-projets/2/",
    "dossiers": f"{ESPACE}/dossiers-de-demande/",
    "dossier-de-demande": f"{ESPACE}/dossiers-de-demande/1/",
    "compte-rendu": f"{ESPACE}/dossiers-de-demande/1/compte-rendu/",
    "conseil": f"{ESPACE}/conseil/",
    "preconisation": f"{ESPACE}/preconisations/3/",
    "marche": f"{ESPACE}/marches/2/",
    "tarif": f"{ESPACE}/tarifs/1/",
    "scenario-tarifaire": f"{ESPACE}/tarifs/1/scenarios/2/",
    "evaluation": f"{ESPACE}/evaluations/1/",
    "evaluation-comparaison": f"{ESPACE}/evaluations/1/comparaison/?groupe=orientation",
    "salle": f"{ESPACE}/salles/1/",
    "qualite": f"{ESPACE}/qualite/",
    "contacts": f"{ESPACE}/contacts/",
    "mes-donnees": "/compte/mes-donnees/",
}
"""Each picture of the screens of the team, seen by « Basile Fictif » on a computer."""
TABLE = "activite-import"
"""What each row of a table of an association becomes."""
LINK, CARNET, DOSSIER = "reponse-a-un-point", "carnet", "dossier"
"""The pages behind the link of a point d'étape, of a carnet, and of a dossier of a call, on a phone."""
ASKED = f"""
from tenir.appels.models import AppelAProjets
from tenir.appels.services.dossiers import open_dossier
appel = AppelAProjets.objects.get(espace__slug="{FICTIF.stem}", numero=2)
open_dossier(by=None, appel=appel, courriel="bureau@association-fictive.test")
"""
"""Ask for a dossier of the call of the year, as an association does from its public page."""


def main() -> int:
    """Take every picture at every width; 1 with a sentence when it cannot be."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    browser = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if browser is None:
        print("Chromium est introuvable : installez-le, puis recommencez.", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with site() as address, sync_playwright() as playwright:
        photograph(playwright.chromium.launch(executable_path=browser, args=FLAGS), address, folder)
    return 0


@contextmanager
def site() -> Iterator[str]:
    """A site of its own, with both contracts published; yield its address."""
    with tempfile.TemporaryDirectory(prefix="tenir-guide-") as var:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("TENIR_")}
        environment |= {"TENIR_LOCAL": "1", "TENIR_VAR": var, "TENIR_DEMONSTRATION": "1"}
        prepare(environment)
        port = free_port()
        server = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--log-level", "warning", "--threads", "4"]
        command = [*server, "--bind", f"127.0.0.1:{port}", "tenir.config.wsgi:application"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address)
            yield address
        finally:
            process.terminate()
            process.wait()


def prepare(environment: dict[str, str]) -> None:
    """Make the database and the static files, publish both contracts, one of them once corrected, which then lives."""
    manage, tenir = [sys.executable, "manage.py"], [sys.executable, "-m", "tenir.cli"]
    document = ["--document", str(FICTIF.with_suffix(".txt"))]
    reason = "L’horizon imprimé de l’action O05-A01 avait été oublié."
    for command in (
        [*manage, "migrate", "--verbosity=0"],
        [*manage, "collectstatic", "--noinput", "--verbosity=0"],
        [*tenir, "charger", str(COUTRAS)],
        [*tenir, "publier", COUTRAS.stem],
        [*tenir, "charger", str(before_correction(Path(environment["TENIR_VAR"]))), *document],
        [*tenir, "charger", str(FICTIF), "--correction", "--motif", reason],
        [*tenir, "publier", FICTIF.stem],
        [*tenir, "nature", "charger", str(KINDS), FICTIF.stem],
        [*tenir, "peupler-demonstration", FICTIF.stem],
        [*tenir, "animer-demonstration", FICTIF.stem],
        [*manage, "shell", "--verbosity=0", "-c", ASKED],
        [*tenir, "boucle", "--une-fois"],
    ):
        subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def before_correction(folder: Path) -> Path:
    """Write the fictitious contract as it was before a correction, so that its history has something to show."""
    text = FICTIF.read_text()
    head, action, rest = text.partition("- code: O05-A01\n")
    written = folder / FICTIF.name
    written.write_text(head + action + rest.replace("            horizon: '2026'\n", "", 1))
    return written


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: float = 20) -> None:
    """Wait until the site answers."""
    limit = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - our own address, on this machine
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)
        else:
            return


def photograph(browser: Browser, address: str, folder: Path) -> None:
    """Take each public page at each width, those of the team on a computer, the link of a point d'étape on a phone."""
    blank = browser.new_page()

    def take(page: Page, name: str, path: str, width: int) -> None:
        picture = lighter(blank, taken(page, address + path, width))
        (folder / f"{name}-{width}.png").write_bytes(picture)
        print(f"{name}-{width}.png  {len(picture) // 1000} kB", flush=True)

    for width in WIDTHS:
        page = opened(browser, width)
        for name, path in PAGES.items():
            take(page, name, path, width)
    computer, phone = opened(browser, WIDTHS[0]), opened(browser, WIDTHS[1])
    computer.goto(f"{address}/demonstration/")
    computer.get_by_role("button", name="Entrer comme Basile Fictif").click()
    for name, path in TEAM.items():
        take(computer, name, path, WIDTHS[0])
    take(computer, TABLE, table(computer, address), WIDTHS[0])
    take(phone, LINK, link(computer, address), WIDTHS[1])
    take(phone, CARNET, carnet(computer), WIDTHS[1])
    take(phone, DOSSIER, dossier(computer), WIDTHS[1])
    browser.close()


def opened(browser: Browser, width: int) -> Page:
    """A page of a browser of its own, in French, that does not move."""
    size = {"width": width, "height": 900}
    return browser.new_context(viewport=size, locale="fr-FR", reduced_motion="reduce", color_scheme="light").new_page()


def table(page: Page, address: str) -> str:
    """The address of the preview of a table of an association, pasted with headings of its own."""
    days = [f"{datetime.now(UTC) - timedelta(days=ago):%d/%m/%Y}" for ago in (3, 10, 17, 24)]
    told = ("12\t7\tLe bail", "9\t4\tLes charges", "douze\t\tLes travaux", "130\t80\tFête du quartier")
    rows = [
        "Date de la séance\tNb de personnes\tdont femmes\tThème",
        *(f"{day}\t{one}" for day, one in zip(days, told, strict=True)),
    ]
    page.goto(f"{address}{ESPACE}/activite/importer/")
    page.get_by_label("Ou des lignes collées").fill("\n".join(rows))
    page.get_by_role("button", name="Lire ce tableau").click()
    page.get_by_label("Quelle nature").select_option("atelier")
    page.get_by_label("Quel organisme").select_option(index=1)
    for _ in range(2):
        page.get_by_role("button", name="Voir ce que devient chaque ligne").click()
    page.wait_for_url(re.compile(r"/importer/\d+/$"))
    return page.url.removeprefix(address)


def link(page: Page, address: str) -> str:
    """The address that a message of the outbox leads to, of someone who has not answered."""
    page.goto(f"{address}/demonstration/courriels/")
    told = page.locator("main").inner_text().split("Bonjour,")
    asked, answered = (
        [found[0] for text in told if word in text and (found := re.search(r"/point/[\w-]+/", text))]
        for word in ("Deux minutes suffisent", "Merci. Voici")
    )
    return next(one for one in asked if one not in answered)


def carnet(page: Page) -> str:
    """The address of a carnet that a message of the outbox, open on that page, carries."""
    told = page.locator("main").inner_text().split("Bonjour,")
    return next(found[0] for text in told if "À confirmer" in text and (found := re.search(r"/carnet/[\w-]+/", text)))


def dossier(page: Page) -> str:
    """The address of a dossier that was just asked for, as its message in the outbox, open on that page, gives it."""
    found = re.search(r"/dossier/[\w-]+/", page.locator("main").inner_text())
    if found is None:
        raise SystemExit("Aucun courriel ne donne le lien du dossier.")
    return found[0]


def taken(page: Page, url: str, width: int) -> bytes:
    """Take one page from its top, cut where it is too tall; a page that does not answer stops everything."""
    response = page.goto(url)
    if response is None or response.status != 200:
        raise SystemExit(f"{url} ne répond pas.")
    page.evaluate("document.fonts.ready")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    return page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


if __name__ == "__main__":
    sys.exit(main())
