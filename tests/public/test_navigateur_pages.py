"""Every kind of page in a real Chromium, wide and narrow: no fault, no violation, no sideways scroll."""

from tests.public.conftest import FICTIF, load_and_publish

SLUG = "/contrats/virelande-fictif-2024-2030"
PAGES = [
    "/",
    "/?q=songeais",
    "/plan-du-site/",
    "/accessibilite/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/licence/",
    "/composants/",
    "/aide/",
    "/aide/bureau/",
    "/une-page-qui-n-existe-pas/",
    *(
        SLUG + part
        for part in (
            "/",
            "/en-ce-moment/",
            "/axes/A",
            "/orientations/O01",
            "/orientations/O06",
            "/actions/",
            "/actions/?q=zzzz",
            "/actions/O01-A01",
            "/signataires/",
            "/signataires/S01",
            "/engagements/",
            "/engagements/S01-E01",
            "/credits/",
            "/credits/dispositifs/",
            "/credits/tableau/",
            "/credits/argent/",
            "/indicateurs/",
            "/indicateurs/I01",
            "/gouvernance/",
            "/gouvernance/G01",
            "/quartier/",
            "/annuaire/",
            "/mes-droits/",
            "/enquetes/",
            "/document/?lignes=487-489#l487",
            "/sigles/",
            "/recherche/",
            "/recherche/?q=emploi",
            "/recherche/?q=introuvable",
            "/histoire/",
            "/plan/",
        )
    ),
]


def test_every_page_is_sound_and_accessible(ouvrir, axe, live_server, transactional_db) -> None:
    load_and_publish(FICTIF, FICTIF.with_suffix(".txt"))
    page = ouvrir("/")
    for url in PAGES:
        page.goto(live_server.url + url)
        axe(page, phone=320)


def test_the_keyboard_reaches_the_content_first(ouvrir, transactional_db) -> None:
    load_and_publish(FICTIF, FICTIF.with_suffix(".txt"))
    page = ouvrir(SLUG + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
