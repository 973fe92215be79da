"""One fiche in a real Chromium: a partner on its own, two people at once, the keyboard alone, a phone, paper."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.nouvelles import give_news
from tenir.fiches.services.pieces import add_piece
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.personnes import body, contract, member, referent
from tests.vie import fiche, jalon

OpenAs = Callable[..., Page]
Check = Callable[..., None]
LONG = "Un mot long : anticonstitutionnellement-intergouvernementalisations-recommencées."
FILE = "note-de-synthese-du-comite-de-suivi-de-l-action-du-quartier-prioritaire-version-finale-relue.txt"


@pytest.fixture
def vallon(transactional_db: None, settings, tmp_path: Path) -> EspaceDeContrat:
    """A contract with two people of the team, a partner and someone who reads."""
    settings.MEDIA_ROOT = tmp_path
    espace = contract("vallon", fictif=True)
    ana = member("Ana Pivot-de-la-Longue-Rivière", Role.EQUIPE, espace)
    member("Bea Pivot", Role.EQUIPE, espace)
    member("Cléo Relais", Role.PARTENAIRE, espace, of="ccas")
    member("Dan Liseur", Role.LECTURE, espace)
    referent(ana, espace, of="caf")
    return espace


@pytest.fixture
def lived(vallon: EspaceDeContrat) -> FicheAction:
    """A fiche that the partner carries, with all that a fiche may hold."""
    of = fiche(vallon, pilots=("ccas",))
    ana = acces_of(Habilitation.objects.get(personne__nom__startswith="Ana").personne)
    changes = {"statut": "en-cours", "fin_prevue": date(2026, 9, 30), "prochaine_etape": LONG, "difficultes": LONG}
    update_fiche(by=ana, fiche=of, version=1, changes=changes)
    jalon(of, date(2026, 9, 1), LONG)
    jalon(of, date(2030, 1, 1), "Bilan", revise_le=date(2030, 3, 1))
    for rank in range(7):
        give_news(by=ana, fiche=of, texte=f"{LONG} {rank}")
    of.partenaires.create(organisation=body("caf"), part=LONG)
    add_piece(by=ana, fiche=of, niveau=Niveau.EQUIPE, fichier=SimpleUploadedFile(FILE, b"vu"))
    add_piece(by=ana, fiche=of, niveau=Niveau.PUBLIC, lien=f"https://exemple.test/{'x' * 90}", titre=f"x{'y' * 90}")
    return of


@pytest.fixture
def signed_in(ouvrir: Callable[..., Page]) -> OpenAs:
    """Open a page of the site as someone."""

    def open_as(name: str, path: str, *, width: int = 1280) -> Page:
        return ouvrir(path, by=Habilitation.objects.get(personne__nom=name).personne, width=width)

    return open_as


def at(of: FicheAction, name: str = "", *more: object) -> str:
    return reverse(f"fiche-{name}" if name else "fiche", args=[of.espace.slug, of.code, *more])


def sound(page: Page, width: int) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} : {wide} px de large sur un écran de {width} px"


@pytest.mark.parametrize("who", ["Bea Pivot", "Cléo Relais", "Dan Liseur"])
def test_a_fiche_is_sound_and_accessible_for_each(signed_in: OpenAs, axe: Check, lived: FicheAction, who: str) -> None:
    page = signed_in(who, at(lived))
    axe(page, phone=360)
    assert page.get_by_role("link", name="Donner des nouvelles").count() == (who != "Dan Liseur")
    empty = fiche(lived.espace, "O01-A02")
    page.goto(page.url.replace(lived.code, empty.code))
    axe(page, phone=360)


def test_every_gesture_is_sound_and_accessible(signed_in: OpenAs, axe: Check, live_server, lived: FicheAction) -> None:
    step, helper, piece = lived.jalons.first(), lived.partenaires.get(), lived.pieces.first()
    names = ("modifier", "statut", "nouvelle", "jalon-nouveau", "partenaire-nouveau", "piece-nouvelle")
    jalons = ("jalon-modifier", "jalon-atteint", "jalon-abandonner", "jalon-retirer")
    urls = [
        *(at(lived, name) for name in names),
        *(at(lived, name, step.pk) for name in jalons),
        at(lived, "partenaire-modifier", helper.pk),
        at(lived, "partenaire-retirer", helper.pk),
        at(lived, "piece-retirer", piece.pk),
        reverse("fiche-qui-lit-quoi", args=[lived.espace.slug]),
    ]
    page = signed_in("Bea Pivot", at(lived))
    for url in urls:
        page.goto(live_server.url + url)
        assert page.url.endswith(url)
        axe(page, phone=360)


def test_errors_are_told_above_and_beside(signed_in: OpenAs, axe: Check, lived: FicheAction) -> None:
    page = signed_in("Cléo Relais", at(lived, "statut"))
    page.get_by_label("suspendue").check()
    page.get_by_role("button", name="Enregistrer le statut").click()
    page.get_by_role("alert").get_by_role("link", name="Raison du statut").click()
    assert page.evaluate("location.hash") == "#id_motif"
    axe(page, phone=360)
    page.get_by_label("Raison du statut").fill("Le bail est dénoncé.")
    page.get_by_role("button", name="Enregistrer le statut").click()
    assert "Le statut est à jour." in page.get_by_role("status").inner_text()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_partner_edits_its_own_fiche_and_cannot_touch_another_s(
    signed_in: OpenAs, live_server, lived: FicheAction, width: int
) -> None:
    other = fiche(lived.espace, "O01-A02", pilots=("caf",))
    page = signed_in("Cléo Relais", at(lived), width=width)
    page.get_by_role("link", name="Donner des nouvelles").click()
    page.get_by_label("Ce qui s’est passé").fill("Douze ateliers tenus.")
    page.get_by_label("Statut", exact=False).first.select_option(label="réalisée")
    page.get_by_role("button", name="Enregistrer la nouvelle").click()
    assert "Merci" in page.get_by_role("status").inner_text()
    assert "Réalisée depuis le" in page.get_by_role("main").inner_text()
    page.get_by_role("button", name=f"Atteint aujourd’hui : {LONG}").click()
    assert "est atteint" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Ajouter un fichier ou un lien").click()
    page.get_by_label("Fichier").set_input_files(
        {"name": "bilan.txt", "mimeType": "text/plain", "buffer": "Été".encode()}
    )
    page.get_by_role("button", name="Ajouter cette pièce").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="bilan.txt", exact=True).click()
    assert download.value.suggested_filename == "bilan.txt"
    assert Path(download.value.path()).read_text() == "Été"
    page.goto(live_server.url + at(other))
    expect(page.get_by_role("link", name="Donner des nouvelles")).to_have_count(0)
    assert page.goto(live_server.url + at(other, "modifier")).status == 403
    assert "est réservé à l’équipe du contrat" in page.get_by_role("main").inner_text()
    assert other.nouvelles.count() == 0


def test_two_people_edit_one_fiche(signed_in: OpenAs, axe: Check, lived: FicheAction) -> None:
    first = signed_in("Bea Pivot", at(lived, "modifier"))
    second = signed_in("Cléo Relais", at(lived, "modifier"))
    first.get_by_label("Public visé").fill("Les parents du quartier")
    first.get_by_label("Aide demandée").fill("Trouver un local")
    first.get_by_role("button", name="Enregistrer la fiche").click()
    second.get_by_label("Public visé").fill("Les jeunes")
    second.get_by_label("Difficultés").fill("Plus aucune.\nTout va bien.")
    second.get_by_role("button", name="Enregistrer la fiche").click()
    assert "Bea Pivot a écrit le" in second.get_by_role("main").inner_text()
    assert "Trouver un local" in second.get_by_role("main").inner_text()
    axe(second, phone=360)
    second.get_by_role("button", name="Enregistrer mes choix").click()
    assert "Choisissez entre les deux." in second.get_by_role("alert").inner_text()
    axe(second, phone=360)
    second.get_by_role("group", name="Public visé").get_by_label("Écrire la mienne").check()
    second.get_by_role("button", name="Enregistrer mes choix").click()
    assert "La fiche est à jour." in second.get_by_role("status").inner_text()
    lived.refresh_from_db()
    assert (lived.public_vise, lived.aide_demandee) == ("Les jeunes", "Trouver un local")
    assert lived.difficultes == "Plus aucune.\nTout va bien."


def press_until(page: Page, name: str, key: str = "Tab") -> None:
    """Go by the keyboard to what bears a name."""
    for _ in range(120):
        page.keyboard.press(key)
        found = page.evaluate("(e => (e.labels?.[0]?.innerText || e.innerText || '').trim())(document.activeElement)")
        if found.startswith(name):
            return
    raise AssertionError(f"« {name} » n’est pas atteint au clavier")


def test_news_are_given_with_the_keyboard_alone(signed_in: OpenAs, lived: FicheAction) -> None:
    page = signed_in("Cléo Relais", at(lived))
    press_until(page, "Donner des nouvelles")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nouvelles/donner/")
    press_until(page, "Ce qui s’est passé")
    page.keyboard.type("Le local est ouvert.")
    press_until(page, "Statut")
    page.keyboard.press("ArrowDown")
    press_until(page, "Enregistrer la nouvelle")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{at(lived)}")
    assert "Merci" in page.get_by_role("status").inner_text()
    press_until(page, "Atteint aujourd’hui")
    page.keyboard.press("Space")
    page.get_by_text("est atteint.").wait_for()
    lived.refresh_from_db()
    assert (lived.statut, lived.nouvelles.first().texte) == ("realisee", "Le local est ouvert.")
    assert lived.jalons.filter(atteint_le=horloge.today()).count() == 1


def test_what_one_aims_at_is_large_enough_for_a_finger(signed_in: OpenAs, lived: FicheAction) -> None:
    page = signed_in("Cléo Relais", at(lived), width=360)
    for gesture in page.locator(".bouton:visible, .lien-action:visible").all():
        assert gesture.bounding_box()["height"] >= 44, gesture.inner_text()


def test_on_paper_what_only_works_on_a_screen_is_gone(signed_in: OpenAs, lived: FicheAction) -> None:
    page = signed_in("Bea Pivot", at(lived))
    page.emulate_media(media="print")
    for gone in ("Donner des nouvelles", "Atteint aujourd’hui", "Ajouter un jalon", "Changer sa part", "Retirer"):
        assert not any(found.is_visible() for found in page.get_by_text(gone).all()), gone
    for kept in (LONG, "Calendrier", "en retard", "Difficultés et aide demandée"):
        assert any(found.is_visible() for found in page.get_by_text(kept).all()), kept
    page.emulate_media(media="screen")
