"""An évaluation in a real Chromium: prepared, frozen, judged, a body answers by its link, shared, published."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.contrat.models import Signataire
from tenir.evaluation.models import Contribution, Evaluation
from tenir.evaluation.services.contributions import ask_bodies
from tenir.evaluation.services.liens import token_of
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import Mesure, record_releve
from tests.personnes import acces
from tests.public.conftest import FICTIF, load_and_publish
from tests.vie import OPENED

Axe = Callable[..., None]


@pytest.fixture
def espace(transactional_db: None) -> EspaceDeContrat:
    """The small fictitious contract, public, of which some things are said."""
    found = load_and_publish(FICTIF)
    fiches = FicheAction.objects.of(found)
    fiches.filter(action__code__endswith="1").update(statut="en-cours", statut_depuis=OPENED)
    fiches.filter(action__code__endswith="2").update(statut="suspendue", statut_depuis=OPENED, motif="Poste vacant.")
    by = acces("Ida Relevée", Role.EQUIPE, found)
    suivi = SuiviDIndicateur.objects.of(found)[0]
    mesure = Mesure(date(2026, 1, 1), date(2026, 3, 31), Decimal(12), "comptage fictif")
    record_releve(by=by, suivi=suivi, mesure=mesure)
    return found


def prepared(page: Page, axe: Axe, espace: EspaceDeContrat) -> Evaluation:
    """Written down by the form, with its three questions, then frozen."""
    page.get_by_role("link", name="Préparer une évaluation").click()
    body = Signataire.objects.of(espace)[0].organisation
    page.get_by_label("Qui la conduit").select_option(label=str(body))
    axe(page, phone=360)
    page.get_by_role("button", name="Inscrire l’évaluation").click()
    page.get_by_text("La situation n’est pas figée pour l’instant.").wait_for()
    axe(page, phone=360)
    page.get_by_role("link", name="Figer la situation").click()
    page.get_by_text("Ce qui manque est gardé comme manquant").wait_for()
    axe(page, phone=360)
    page.get_by_role("button", name="Figer la situation d’aujourd’hui").click()
    page.get_by_text("rien ne la change plus").wait_for()
    axe(page, phone=360)
    return Evaluation.objects.get()


def read(page: Page, axe: Axe) -> None:
    """The comparison, thing by thing; the snapshot; the file."""
    page.get_by_role("link", name="Chose par chose").click()
    page.get_by_role("heading", name="Chose par chose").wait_for()
    axe(page, phone=360)
    page.get_by_role("link", name="L’évaluation", exact=True).click()
    page.get_by_role("link", name="Situation au").click()
    page.get_by_text("Empreinte (SHA-256)").wait_for()
    axe(page, phone=360)
    page.get_by_role("link", name="L’évaluation", exact=True).click()
    page.get_by_role("link", name="Le dossier, orientation par orientation").click()
    page.get_by_role("link", name="Télécharger en PDF").wait_for()
    axe(page, phone=360)
    page.get_by_role("link", name="L’évaluation", exact=True).click()


def judged(page: Page, axe: Axe) -> None:
    """The first orientation: its needs, its judgement."""
    page.locator(".rangs-de-carres a").first.click()
    page.get_by_role("link", name="Apprécier, dire les besoins").click()
    page.get_by_label("Ce qui est demandé").fill("Une permanence le soir.")
    page.get_by_label("Atteint-elle ce qu’elle vise").select_option("en partie")
    page.get_by_label("Raisons").fill("Deux actions n’ont pas démarré.")
    page.get_by_label("Recommandation").select_option("ajuster")
    axe(page, phone=360)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Recommandation : ajuster.").wait_for()
    axe(page, phone=360)


def answered(ouvrir: Callable[..., Page], axe: Axe, by: Acces, made: Evaluation) -> None:
    """A body answers on a phone, without an account."""
    body = Signataire.objects.of(made.espace)[1].organisation
    ask_bodies(by=by, evaluation=made, organismes=[body])
    phone = ouvrir(reverse("evaluation-reponse", args=[token_of(Contribution.objects.get())]), width=360)
    axe(phone)
    phone.get_by_label("qu’est-ce qui a changé").fill("Plus de familles viennent.")
    phone.get_by_role("button", name="Envoyer").click()
    phone.get_by_text("Votre réponse est reçue").wait_for()


def test_an_evaluation_from_its_preparation_to_the_public_page(
    ouvrir: Callable[..., Page], axe: Axe, espace: EspaceDeContrat
) -> None:
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    page = ouvrir(reverse("evaluations", args=[espace.slug]), by=by.personne)
    axe(page, phone=360)
    made = prepared(page, axe, espace)
    read(page, axe)
    judged(page, axe)
    answered(ouvrir, axe, by, made)
    page.goto(page.url.split("/evaluations/")[0] + f"/evaluations/{made.numero}/")
    page.get_by_text("Une réponse sur").wait_for()
    page.get_by_role("link", name="Publier").click()
    axe(page)
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("L’évaluation est publiée").wait_for()
    anyone = ouvrir(reverse("evaluations-publiques", args=[espace.slug]), width=360)
    axe(anyone)
    anyone.get_by_role("link", name="Évaluation à mi-parcours").click()
    anyone.get_by_text("Non publié : les valeurs des indicateurs").wait_for()
    axe(anyone)
    assert "Deux actions n’ont pas démarré" not in anyone.content()
