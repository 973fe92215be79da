"""A point d'étape in a real Chromium: the team sends, one answers on a narrow phone, the team reads."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tenir.acteurs.models import Personne
from tenir.activite.models import Entree
from tenir.activite.periodes import last_period
from tenir.activite.services.valeurs import given_of
from tenir.core.courriels import send_due
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tenir.natures.enums import Periode
from tenir.points.models import Destinataire, Question
from tenir.points.services.envoi import save_point, send_point
from tenir.points.services.liens import token_of
from tests.activite.registre import HEURES, PARC, entree, kinds
from tests.personnes import person, referent
from tests.vie import engagement, fiche, jalon


def sideways(page: Page, width: int) -> None:
    page.wait_for_load_state("load")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} : {wide} px de large"


def in_view(button: Locator) -> None:
    """Whether a button is whole on the first screen of a small phone, before anything is scrolled."""
    box = button.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 640, f"son bas est à {box['y'] + box['height']:.0f} px"


def sent_by(page: Page, axe: Callable[[Page], None], width: int) -> None:
    """The team opens a point d'étape, waives what stops it, and sends."""
    axe(page)
    page.get_by_label("Titre").fill("Automne 2026")
    page.get_by_label("Sur les engagements").check()
    page.get_by_label("Sur ce qui se compte par période").check()
    page.get_by_label("Réponse attendue pour le").fill((timezone.localdate() + timedelta(days=15)).isoformat())
    page.get_by_role("button", name="Enregistrer").click()
    axe(page)
    sideways(page, width)
    page.get_by_text("Ne pas demander un nombre, pour cette fois").click()
    axe(page)
    sideways(page, width)
    page.get_by_label("O01-A09").check()
    page.get_by_label("Pourquoi").first.fill("vu en réunion")
    page.get_by_role("button", name="Passer outre ce qui est coché").click()
    page.get_by_role("button", name="Envoyer").click()
    assert "un message" in page.get_by_role("status").inner_text().lower()
    axe(page)
    sideways(page, width)


def answered_by(hers: Page, axe: Callable[[Page], None], width: int) -> None:
    """She says one thing, gives a number, « rien de nouveau » for the rest, and finishes."""
    axe(hers)
    hers.get_by_text("Il y a du nouveau").first.click()
    hers.get_by_label("En une phrase").first.fill("Le lieu a ouvert.")
    note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Compte rendu"}
    hers.get_by_label("Un fichier").first.set_input_files(note)
    axe(hers)
    sideways(hers, width)
    hers.get_by_role("button", name="Enregistrer").first.click()
    hers.get_by_label("Heures", exact=True).fill("98,5")
    hers.locator("summary", has_text="Venus").click()
    hers.get_by_label("Femmes").fill("18")
    hers.get_by_label("Venus").fill("30")
    axe(hers)
    sideways(hers, width)
    hers.get_by_role("button", name="Enregistrer pour Heures").click()
    hers.get_by_role("button", name="Rien de nouveau pour le reste").click()
    axe(hers)
    sideways(hers, width)
    hers.get_by_role("button", name="J’ai terminé").click()
    hers.get_by_role("heading", name="Merci, c’est terminé").wait_for()
    axe(hers)
    sideways(hers, width)


def read_by(page: Page, axe: Callable[[Page], None], width: int) -> None:
    """The team reads one answer, then accepts the plain ones at once."""
    page.reload()
    page.get_by_role("link", name="Lire les réponses").click()
    axe(page)
    sideways(page, width)
    page.get_by_role("link", name="Lire la réponse").first.click()
    axe(page)
    sideways(page, width)
    expect(page.get_by_role("link", name="note.txt")).to_have_count(1)
    page.get_by_role("button", name="Accepter", exact=True).click()
    page.get_by_role("link", name="Lire la réponse à Heures").click()
    page.get_by_text("Corriger avant d’accepter").click()
    axe(page)
    sideways(page, width)
    page.get_by_role("button", name="Accepter", exact=True).click()
    page.get_by_role("button", name="Accepter 3").click()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_opening_to_the_answers(
    page_of: Callable[..., Page],
    ouvrir: Callable[..., Page],
    axe: Callable[[Page], None],
    vallon: EspaceDeContrat,
    people: dict[str, Personne],
    width: int,
) -> None:
    referent(person("Ida Relais", signs_in=False), vallon, of="caf")
    for rank in range(1, 4):
        fiche(vallon, f"O01-A0{rank}", pilots=("caf",), statut="en-cours")
    engagement(vallon, of="caf")
    fiche(vallon, "O01-A09")
    given_before(vallon, acces_of(people["equipe"]))
    page = page_of(people["equipe"], reverse("point-nouveau", args=[vallon.slug]), width=width)
    sent_by(page, axe, width)
    send_due(timezone.now())
    link = next(word for word in mail.outbox[0].body.split() if "/point/" in word)
    hers = ouvrir("/" + link.split("/", 3)[3], width=width)
    answered_by(hers, axe, width)
    read_by(page, axe, width)
    assert Question.objects.filter(etat="acceptee").count() == 5
    assert given_of(Entree.objects.get(source="point"))["venus", "sexe:f"] == 18


def given_before(espace: EspaceDeContrat, team: Acces) -> None:
    """The hours of the CAF two terms ago: those of the last term are to be asked."""
    kinds(espace, HEURES)
    last = last_period(Periode.TRIMESTRE, timezone.localdate())
    debut, fin = last_period(Periode.TRIMESTRE, last[0])
    entree(team, espace, None, nature="heures", of="caf", debut=debut, fin=fin, valeurs={("heures", ""): 120})


def test_one_answers_at_320_px_with_the_keyboard_alone(
    page_of: Callable[..., Page],
    ouvrir: Callable[..., Page],
    axe: Callable[[Page], None],
    vallon: EspaceDeContrat,
    people: dict[str, Personne],
) -> None:
    referent(person("Ida Relais", signs_in=False), vallon, of="caf")
    jalon(fiche(vallon, pilots=("caf",), statut="en-cours"), timezone.localdate() + timedelta(days=9))
    team = acces_of(people["equipe"])
    FicheAction.objects.get().nouvelles.create(le=timezone.localdate(), texte="Le bail est prêt à signer. " * 9)
    mot = "Bonjour à toutes et à tous, merci d’avance de votre réponse. " * 4
    given = {"titre": "Automne", "mot": mot, "reponse_avant": timezone.localdate() + timedelta(days=15)}
    send_point(by=team, point=save_point(by=team, espace=vallon, given=given))
    asked = Destinataire.objects.get()
    page = ouvrir(reverse("point-reponse", args=[token_of(asked)]), width=320)
    axe(page)
    sideways(page, 320)
    in_view(page.get_by_role("button", name="Rien de nouveau pour O01-A01"))
    summary = page.locator(".carte summary").first
    while not summary.evaluate("found => found === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Le bail est signé.")
    page.keyboard.press("Tab")  # the status and a file, folded
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Vous avez répondu à tout").wait_for()
    sideways(page, 320)
    assert asked.questions.get().phrase == "Le bail est signé."


def test_one_gives_numbers_at_320_px_with_the_keyboard_alone(
    page_of: Callable[..., Page],
    ouvrir: Callable[..., Page],
    axe: Callable[[Page], None],
    vallon: EspaceDeContrat,
    people: dict[str, Personne],
) -> None:
    referent(person("Ida Relais", signs_in=False), vallon, of="caf")
    team = acces_of(people["equipe"])
    given_before(vallon, team)
    kinds(vallon, PARC)
    last, _ = last_period(Periode.ANNEE, timezone.localdate())
    day = last - timedelta(days=1)
    entree(team, vallon, None, nature="parc", of="caf", le=day, valeurs={("logements", ""): 400})
    given = {"titre": "Automne", "actions": False, "nombres": True}
    given["reponse_avant"] = timezone.localdate() + timedelta(days=15)
    send_point(by=team, point=save_point(by=team, espace=vallon, given=given))
    asked = Destinataire.objects.get()
    page = ouvrir(reverse("point-reponse", args=[token_of(asked)]), width=320)
    axe(page)
    sideways(page, 320)
    for number in ("410", "98,5"):
        main = page.locator("main input[inputmode]:visible").first
        while not main.evaluate("found => found === document.activeElement"):
            page.keyboard.press("Tab")
        page.keyboard.type(number)
        page.keyboard.press("Enter")
        page.locator(".carte-reponse", has_text=number).wait_for()
        sideways(page, 320)
    axe(page)
    page.get_by_text("Vous avez répondu à tout").wait_for()
    assert [one.nombres for one in asked.questions.order_by("ordre")] == [{"v_logements": "410"}, {"v_heures": "98.5"}]
