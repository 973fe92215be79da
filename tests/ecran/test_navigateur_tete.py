"""The head of every kind of page in a real Chromium: the title comes soon, targets are large, the keyboard does all."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from tenir.core.piece import pieces
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.roles import Role
from tests.navigateur import follow
from tests.personnes import contract, member
from tests.pieces import open_entries
from tests.vie import engagement, fiche, indicateur

HIGHEST = 200
"""Above which the title of a page stands, on a screen of 360 × 800."""
SMALLEST = 44


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """A public contract with one item of each kind, under long titles; its team, a partner and the administration."""
    espace = contract("vallon", fictif=True)
    espace.titre = "Contrat de ville de l’agglomération du Val de Longue-Rivière"
    espace.save()
    fiche(espace)
    engagement(espace)
    indicateur(espace)
    member("Basile Pivot-de-la-Longue-Rivière", Role.EQUIPE, espace)
    member("Cléo Relais", Role.PARTENAIRE, espace, of="ccas")
    member("Ada Sommet", Role.ADMINISTRATION)
    return espace


@pytest.fixture
def as_(ouvrir: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of the site as the one who holds a role, or as a visitor."""

    def open_as(role: Role | None, path: str, *, width: int = 1280, height: int = 800) -> Page:
        personne = Habilitation.objects.get(role=role).personne if role else None
        page: Page = ouvrir(path, by=personne, width=width, height=height)
        return page

    return open_as


def kinds(espace: EspaceDeContrat) -> Iterator[tuple[Role | None, str]]:
    """Each kind of page, for someone whom it lets in."""

    def at(name: str, *args: object) -> str:
        return reverse(name, args=[espace.slug, *args])

    for name in ("accueil", "plan-du-site", "licence", "regles", "verifier", "aide", "account_request_login_code"):
        yield None, reverse(name)
    yield None, "/aide/lire-un-contrat/"
    yield None, "/une-page-absente/"
    parts = ("contrat", "actions", "signataires", "credits", "indicateurs", "gouvernance", "quartier", "engagements")
    for name in (*parts, "document", "recherche"):
        yield None, at(name)
    for name, code in (("axe", "A"), ("orientation", "O01"), ("action", "O01-A01"), ("signataire", "S01"),
                       ("engagement", "S01-E01"), ("indicateur", "I01")):  # fmt: skip
        yield None, at(name, code)
    closed = (
        "aujourdhui",
        "fiches",
        "frise",
        "chiffres",
        "suivi-engagements",
        "suivi-indicateurs",
        "points",
        "qualite",
    )
    for name in (*closed, "contacts", "habilitations", "invitations", "droits", "mes-droits", "trace", "point-nouveau"):
        yield Role.EQUIPE, at(name)
    for name, code in (("fiche", "O01-A01"), ("fiche-nouvelle", "O01-A01"), ("suivi-engagement", "S01-E01"),
                       ("suivi-indicateur", "I01"), ("suivi-engagements-etat", "S01")):  # fmt: skip
        yield Role.EQUIPE, at(name, code)
    for name in ("mes-donnees", "mon-resume", "mfa_index"):
        yield Role.PARTENAIRE, reverse(name)
    yield Role.PARTENAIRE, at("trace")
    for name in ("mes-contrats", "personnes", "fonctionnement", "plateforme-habilitations", "plateforme-trace"):
        yield Role.ADMINISTRATION, reverse(name)


def test_the_title_of_every_page_comes_soon_on_a_phone(
    as_: Callable[..., Page], live_server, vallon: EspaceDeContrat
) -> None:
    people = (None, Role.EQUIPE, Role.PARTENAIRE, Role.ADMINISTRATION)
    late, pages = {}, {role: as_(role, "/", width=360) for role in people}
    for role, url in kinds(vallon):
        page = pages[role]
        page.goto(live_server.url + url)
        top = page.locator("h1").bounding_box()["y"]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if top >= HIGHEST or wide > 360:
            late[url] = (top, wide)
    assert late == {}


def with_views(espace: EspaceDeContrat) -> list[tuple[str, str]]:
    """Every page of a contract that is one of the views of an entry of the bar, with its name among them."""
    pages = [page for piece in pieces() for page in piece.pages if not page.compte and not page.platform]
    parents = {page.sous for page in pages if page.sous}
    views = [page for page in pages if page.sous or page.name in parents]
    return [(reverse(page.name, args=[espace.slug]), page.vue or page.text) for page in views]


def test_the_views_of_every_part_are_folded_under_the_name_of_the_one_that_is_open_on_a_phone(
    as_: Callable[..., Page], live_server, axe, vallon: EspaceDeContrat
) -> None:
    page, late, seen = as_(Role.EQUIPE, "/", width=360), {}, set()
    for url, name in with_views(vallon):
        page.goto(live_server.url + url)
        shown = page.get_by_role("navigation", name="Dans cette partie")
        folded = page.locator(".vues + .vues-pliees > summary")
        if folded.count():
            seen.add(url)
            assert (shown.count(), folded.inner_text()) == (0, name)
        top = page.locator("h1").bounding_box()["y"]
        if top >= HIGHEST or page.evaluate("document.documentElement.scrollWidth") > 360:
            late[url] = top
    assert late == {}
    assert len(seen) >= 20
    page.locator(".vues + .vues-pliees > summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("navigation", name="Dans cette partie").get_by_role("link").count() > 2
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".vues").is_visible()
    assert not page.locator(".vues + .vues-pliees").is_visible()


@pytest.mark.parametrize(
    ("role", "name"), [(None, "action"), (Role.EQUIPE, "fiche"), (Role.ADMINISTRATION, "aujourdhui")]
)
@pytest.mark.parametrize("width", [1280, 360])
def test_an_unfolded_menu_is_accessible_and_its_targets_are_large(
    as_: Callable[..., Page], axe, vallon: EspaceDeContrat, role: Role | None, name: str, width: int
) -> None:
    args = [vallon.slug] + (["O01-A01"] if name != "aujourdhui" else [])
    page = as_(role, reverse(name, args=args), width=width)
    folded = page.locator("header.tete summary:visible")
    assert folded.count() == (0 if width == 1280 and role is None else 1)
    for summary in folded.all():
        summary.click()
    axe(page)
    targets = page.locator(
        "header.tete :is(a, summary, button, input[type=search]):visible, .vues a:visible, .vues-pliees > :visible"
    )
    sizes = targets.evaluate_all("all => all.map(e => [e.textContent.trim(), e.getBoundingClientRect().height])")
    assert [one for one in sizes if one[1] < SMALLEST] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_menu_of_a_phone_says_the_rooms_then_the_account_in_their_order(
    as_: Callable[..., Page], vallon: EspaceDeContrat
) -> None:
    page = as_(Role.EQUIPE, reverse("aujourdhui", args=[vallon.slug]), width=360)
    page.locator(".menu > summary").click()
    said = page.get_by_role("navigation", name="Menu").get_by_role("link").all_inner_texts()
    client = Client()
    client.force_login(Habilitation.objects.get(role=Role.EQUIPE).personne.utilisateur)
    bar, menu = open_entries(client, vallon)
    own = ["Mes contrats", "Mon compte", "Ce que Tenir sait de moi", "Aide"]
    assert said == [*bar, "Voir la page publique", *menu, *own]
    assert page.get_by_role("searchbox").is_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_keyboard_unfolds_the_menu_and_leaves(
    as_: Callable[..., Page], vallon: EspaceDeContrat, width: int
) -> None:
    page = as_(Role.EQUIPE, reverse("aujourdhui", args=[vallon.slug]), width=width)
    summary = page.locator("header.tete summary:visible")
    summary.focus()
    page.keyboard.press("Enter")
    ring = "e => getComputedStyle(e).outlineStyle + getComputedStyle(e).outlineWidth"
    reached = []
    while "Se déconnecter" not in reached:
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate(ring) == "solid3px"
        reached.append(focused.inner_text().strip())
        assert len(reached) < 30
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/espace/" not in url)
    assert page.locator("header.tete").get_by_text("Se connecter").count()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_a_public_action_to_its_fiche_and_back_then_to_help(
    as_: Callable[..., Page], vallon: EspaceDeContrat, width: int
) -> None:
    page = as_(Role.EQUIPE, reverse("action", args=[vallon.slug, "O01-A01"]), width=width)
    follow(page, "Page de travail")
    assert page.url.endswith(reverse("fiche", args=[vallon.slug, "O01-A01"]))
    follow(page, "Voir la page publique")
    assert page.url.endswith(reverse("action", args=[vallon.slug, "O01-A01"]))
    follow(page, "Aide")
    assert page.url.partition("#")[0].endswith(reverse("aide-page", args=["lire-un-contrat"]))
    assert page.locator(":target").inner_text() == "Une action prévue"


def test_the_current_entry_keeps_its_line_in_forced_colours(as_: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    page = as_(Role.EQUIPE, reverse("fiches", args=[vallon.slug]))
    page.emulate_media(forced_colors="active")
    colour = "e => getComputedStyle(e).borderBottomColor"
    here = page.locator(".barre a[aria-current]").evaluate(colour)
    elsewhere = page.locator(".barre a:not([aria-current])").first.evaluate(colour)
    assert here != elsewhere


def test_the_guide_is_sound_and_accessible(ouvrir, axe, live_server, transactional_db) -> None:
    page = ouvrir("/aide/")
    for name in ("", "bureau/", "lire-un-contrat/", "indicateurs/", "exporter/"):
        page.goto(f"{live_server.url}/aide/{name}")
        axe(page, phone=320)
