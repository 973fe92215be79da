"""A call from end to end, in a real Chromium: one applies, a funder refuses, another signs, the association reports.

On a phone for those who have a link, on a wide screen for the team; two indicators move, and no figure is typed again.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.services.lecture import ask_reading
from tenir.appels.services.liens import token_of, token_of_reading
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.indicateurs.models import ReleveDIndicateur
from tests.activite.registre import entree, kinds
from tests.appels.appels import publie
from tests.appels.dossiers import SIRET, ended, here
from tests.appels.parcours import applies_on_a_phone
from tests.appels.test_comptes_rendus import ATELIER
from tests.personnes import acces, body, contract
from tests.vie import indicateur

Axe = Callable[..., None]
Ouvrir = Callable[..., Page]


@pytest.fixture
def equipe(transactional_db: None) -> Acces:
    """The team of a public contract."""
    espace = contract("vallon")
    return acces("Basile Pivot", Role.EQUIPE, espace)


@pytest.fixture
def appel(equipe: Acces) -> AppelAProjets:
    """An open call of « ccas » and « caf »; the directory knows the body that will ask, by its SIRET."""
    espace = equipe.habilitations[0].espace
    here(espace)
    known = body("ccas")
    type(known).objects.filter(pk=known.pk).update(siret=SIRET)
    return publie(equipe, espace)


def sessions(by: Acces, dossier: DossierDeDemande) -> None:
    """Two sessions of the body on its action, which feed two indicators."""
    espace, day = dossier.espace, horloge.today(dossier.espace)
    kinds(espace, ATELIER)
    indicateur(espace, "I88")
    indicateur(espace, "I89", unite="passages")
    fiche = FicheAction.objects.get(espace=espace, action__code="O01-A01")
    for days, count in ((5, 12), (4, 15)):
        row = entree(by, espace, count, nature="mon-atelier", le=day - timedelta(days=days))
        row.fiches.add(fiche)


def gesture(page: Page, name: str, **typed: str) -> None:
    """Open a small page by its link, fill it, and press its button."""
    page.get_by_role("link", name=name).first.click()
    for label, words in typed.items():
        page.get_by_label(LABELS[label], exact=True).fill(words)
    page.locator("main form.formulaire button[type=submit]").click()


LABELS = {"source": "D’où cela vient", "accorde": "Montant accordé, en euros"}


def refused_by_its_funder(ouvrir: Ouvrir, axe: Axe, dossier: DossierDeDemande, by: Acces) -> None:
    """« caf » reads on a phone, without an account, and says why it would refuse."""
    until = horloge.today(dossier.espace) + timedelta(days=9)
    asked = ask_reading(by=by, appel=dossier.appel, financeurs=[body("caf")], close_le=until)[0]
    page = ouvrir(reverse("instruction", args=[token_of_reading(asked)]), width=360)
    axe(page)
    page.get_by_role("link", name="Ateliers du mercredi").click()
    axe(page)
    page.get_by_label("Recevabilité").select_option("irrecevable")
    page.get_by_label("Effet pour les habitants, sur 5").fill("2")
    page.get_by_label("Raison").fill("Hors du quartier.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est noté").wait_for()


def decided_by_the_team(ouvrir: Ouvrir, axe: Axe, dossier: DossierDeDemande, by: Acces) -> None:
    """The refusal is ready; the grant is written, its convention made, signed, paid."""
    page = ouvrir(reverse("dossier-de-demande", args=["vallon", dossier.numero]), by=by.personne)
    page.get_by_role("link", name="Inscrire la décision de la CAF").click()
    assert page.get_by_label("Raison").input_value() == "Hors du quartier."
    page.get_by_label("D’où cela vient").fill("Courrier fictif")
    page.get_by_role("button", name="Inscrire la décision").click()
    page.get_by_role("link", name="Inscrire la décision du CCAS").click()
    page.get_by_label("accordé", exact=True).check()
    page.get_by_label("Montant accordé, en euros").fill("4 000")
    page.get_by_label("D’où cela vient").fill("Délibération fictive")
    page.get_by_role("button", name="Inscrire la décision").click()
    gesture(page, "Établir la convention")
    gesture(page, "La dire signée")
    gesture(page, "Inscrire un versement", source="Mandat fictif")
    page.get_by_text("4 000 € versés").first.wait_for()
    axe(page)


def reported_on_a_phone(ouvrir: Ouvrir, axe: Axe, dossier: DossierDeDemande) -> None:
    """The association reads the reason and the payment, then reports: sessions and payments are there already."""
    page = ouvrir(reverse("dossier", args=[token_of(dossier)]), width=360)
    main = page.inner_text("main").replace("\xa0", " ").replace("\u202f", " ")
    assert "Hors du quartier." in main
    assert "4 000 € versés" in main
    axe(page)
    page.get_by_role("link", name="Rendre compte").click()
    assert "2 séances, 27 passages" in page.inner_text("main").replace("\xa0", " ")
    axe(page)
    page.get_by_role("link", name="Ce qui a été fait").click()
    page.get_by_label("Ce qui a été fait").fill("Deux ateliers.")
    page.get_by_label("Ce qui s’écarte de ce qui était prévu, et pourquoi").fill("Un financeur a refusé.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Ce que l’action a coûté").click()
    page.get_by_label("641 Rémunérations", exact=True).fill("4 000")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Qui l’a payée").click()
    axe(page)
    assert page.get_by_label("Reçu du CCAS, en euros").input_value().replace("\u202f", " ") == "4 000"
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Remettre le compte rendu").click()
    page.get_by_role("button", name="Remettre").click()
    page.get_by_text("Le compte rendu est remis").wait_for()


def test_applied_refused_by_one_conventioned_by_another_reported_two_indicators_move(
    ouvrir: Ouvrir, axe: Axe, appel: AppelAProjets, equipe: Acces, tmp_path: Path
) -> None:
    dossier = applies_on_a_phone(ouvrir, axe, appel, tmp_path, {"CCAS": "4 000", "CAF": "1 000"}, "5 000")
    refused_by_its_funder(ouvrir, axe, dossier, equipe)
    decided_by_the_team(ouvrir, axe, dossier, equipe)
    sessions(equipe, ended(dossier))
    reported_on_a_phone(ouvrir, axe, dossier)
    page = ouvrir(reverse("dossier-de-demande-compte-rendu", args=["vallon", dossier.numero]), by=equipe.personne)
    axe(page)
    gesture(page, "Dire qu’il est lu")
    page.get_by_text("Le compte rendu est lu").wait_for()
    moved = {one.suivi.code: one.valeur for one in ReleveDIndicateur.objects.select_related("suivi__indicateur")}
    assert moved == {"I88": 2, "I89": 27}
