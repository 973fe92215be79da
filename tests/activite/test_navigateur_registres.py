"""Registers in a real Chromium: the team opens one, a company answers its pledge by its link, a partner adds."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import Page, expect

from tenir.activite.models import Entree, Objet
from tenir.activite.services.valeurs import given_of
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import acces_of
from tests.activite.carnets import carnet, jeton_of
from tests.activite.registre import entree, kinds
from tests.activite.registres import CONVENTION, PAQTE, RUE, objet
from tests.personnes import body
from tests.vie import indicateur

Open = Callable[..., Page]
Check = Callable[..., None]
VELO = "nature: velo\nest: atelier\nlibelle: Atelier vélo\nalimente:\n  - {indicateur: I88, calcul: compte}\n"


def test_a_register_is_opened_filled_and_told_of(vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check) -> None:
    kinds(vallon, CONVENTION)
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    page = ouvrir("/espace/vallon/registres/", by=people["equipe"])
    axe(page, phone=360)
    page.get_by_role("link", name="Accords", exact=True).click()
    axe(page, phone=360)
    page.get_by_role("link", name="Ajouter au registre").click()
    axe(page, phone=360)
    page.get_by_label("Quel est son objet").fill("Bourse aux stages")
    page.get_by_label("Organisme qui en répond").select_option(label="CCAS")
    page.get_by_label("Fin de la convention").fill("2027-01-31")
    page.get_by_label("Montant en euros").fill("3 000")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("C’est dans le registre")
    axe(page, phone=360)
    page.get_by_role("link", name="Noter ce qu’il en est").click()
    axe(page, phone=360)
    page.get_by_label("Signée").check()
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("Signée depuis le")).to_be_visible()
    page.get_by_role("link", name="Changer sa description").click()
    axe(page, phone=360)
    page.get_by_label("Montant en euros").fill("4 000")
    page.get_by_role("button", name="Enregistrer la description").click()
    expect(page.get_by_text("La description est changée.")).to_be_visible()
    assert Objet.objects.get().attributs == {"montant": "4000"}


def test_a_company_answers_its_pledge_by_its_link(vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check) -> None:
    kinds(vallon, PAQTE, RUE)
    by = acces_of(people["equipe"])
    mine = carnet(by, vallon)
    held = objet(by, vallon, le=horloge.today(vallon) - timedelta(days=30), valeurs={"promis": 4})
    page = ouvrir(reverse("mon-carnet", args=[jeton_of(mine)]))
    axe(page, phone=360)
    page.get_by_role("link", name="Scierie du Vallon").click()
    axe(page, phone=360)
    expect(page.get_by_text("promis 4")).to_be_visible()
    page.get_by_label("Tenu").check()
    page.get_by_label("Offerts").fill("3")
    page.get_by_label("Utilisés").fill("2")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="C’est noté.")).to_be_visible()
    axe(page, phone=360)
    said = held.entrees.order_by("-numero")[0]
    assert (said.etat, given_of(said)) == ("tenu", {("offerts", ""): Decimal(3), ("utilises", ""): Decimal(2)})
    page.get_by_role("link", name="Noter autre chose").click()
    page.get_by_text("Ajouter à un registre").click()
    expect(page.get_by_role("link", name="Fait de rue")).to_have_count(0)
    page.get_by_role("link", name="Promesse d’entreprise", exact=True).click()
    axe(page, phone=360)
    page.get_by_label("Quelle entreprise").fill("Fournil du Vallon")
    page.get_by_role("textbox", name="Promis").fill("2")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("heading", name="C’est noté.")).to_be_visible()
    assert Objet.objects.get(libelle="Fournil du Vallon").organisme == body("ccas")
    assert Entree.objects.count() == 3


def test_an_indicator_computes_itself_and_opens_on_its_rows(
    vallon: EspaceDeContrat, people, ouvrir: Open, axe: Check
) -> None:
    indicateur(vallon, "I88")
    kinds(
        vallon, "nature: velo\nest: atelier\nlibelle: Atelier vélo\nalimente:\n  - {indicateur: I88, calcul: compte}\n"
    )
    entree(acces_of(people["equipe"]), vallon, 12, nature="velo", le=horloge.today(vallon))
    page = ouvrir("/espace/vallon/calculs/", by=people["equipe"])
    axe(page, phone=360)
    page.get_by_role("link", name="1 séance").click()
    expect(page.get_by_role("link", name="Atelier vélo").first).to_be_visible()
    page = ouvrir("/espace/vallon/indicateurs/I88/", by=people["equipe"])
    axe(page, phone=360)
    page.get_by_role("link", name="en faire un relevé").click()
    expect(page.get_by_label("Source")).to_have_value("Registre d’activité, nombre d’atelier vélo")
