"""An association that applies on a phone, as several journeys begin: from the public page of a call to its receipt."""

import re
from collections.abc import Callable
from pathlib import Path

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page

from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.core.noms import a
from tests.appels.dossiers import ADRESSE, SIRET
from tests.lettres import leave

Axe = Callable[..., None]
PARTIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("L’organisme", {"Nom de l’organisme": "Association fictive des Lilas", "SIRET": SIRET,
                     "Adresse de l’organisme": "1 rue Fictive"}),
    ("L’action", {"Titre de l’action": "Ateliers du mercredi", "Ce qui sera fait": "Trente ateliers."}),
    ("Le public", {"À qui l’action s’adresse": "Enfants du quartier"}),
    ("Les lieux et les dates", {"Où l’action se déroule": "Maison fictive", "Commence le": "2027-01-10",
                                "Finit le": "2027-06-30"}),
)  # fmt: skip
"""What is typed in each part, but the money."""


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("C’est enregistré").first.wait_for()


def applies_on_a_phone(
    ouvrir: Callable[..., Page], axe: Axe, appel: AppelAProjets, folder: Path, asked: dict[str, str], cost: str
) -> DossierDeDemande:
    """Ask for the link, fill each part, send. `asked`: how much of which funder; `cost`: the whole budget."""
    page = ouvrir(reverse("appel-a-projets-public", args=["vallon", appel.numero]), width=360)
    page.get_by_role("link", name="Demander une subvention").click()
    axe(page)
    page.get_by_label("Adresse électronique de l’organisme").fill(ADRESSE)
    page.get_by_role("button", name="Recevoir le lien").click()
    page.get_by_text("Un message vous attend").wait_for()
    leave()
    link = re.search(r"/dossier/\S+/", mail.outbox[-1].body)
    assert link
    page = ouvrir(link[0], width=360)
    assert "Donnez son SIRET" in page.inner_text("main")
    assert "non dit" in page.inner_text("main")
    axe(page)
    money = (
        ("Ce que l’action coûte", {"641 Rémunérations": cost}),
        ("Qui la paie", {f"Demandé {a(who)}, en euros": amount for who, amount in asked.items()}),
    )
    for partie, typed in (*PARTIES, *money):
        page.get_by_role("link", name=partie, exact=True).click()
        for label, words in typed.items():
            page.get_by_label(label, exact=True).fill(words)
        if partie == "L’action":
            page.get_by_label("Action du contrat servie", exact=True).select_option("O01-A01")
        if partie == "Qui la paie":
            axe(page)
        save(page)
    page.get_by_role("link", name="Le contrat d’engagement républicain").click()
    page.get_by_label("L’organisme accepte").check()
    save(page)
    page.get_by_role("link", name="Les pièces", exact=True).click()
    file = folder / "statuts.txt"
    file.write_text("Statuts fictifs.")
    page.get_by_label("Fichier").set_input_files(file)
    save(page)
    page.get_by_role("link", name="Déposer le dossier").click()
    axe(page)
    page.get_by_role("button", name="Déposer").click()
    page.get_by_text("Le dossier est déposé").wait_for()
    return DossierDeDemande.objects.of(appel.espace).get()
