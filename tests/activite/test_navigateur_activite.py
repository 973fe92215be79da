"""The register in a real Chromium: a body writes what it did, corrects it, takes it back; the team judges at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tenir.activite.enums import Confiance
from tenir.activite.models import Entree
from tenir.activite.services.entree import judge_entree
from tenir.contrat.models import Lieu
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registre import HEURES, LE, VEILLE, entree, kinds
from tests.fiches import test_navigateur_page as test_navigateur_fiche
from tests.fiches.test_navigateur_page import LONG
from tests.vie import fiche

vallon, open_as = test_navigateur_fiche.vallon, test_navigateur_fiche.signed_in
OpenAs = Callable[..., Page]
Check = Callable[..., None]


def bea() -> Acces:
    return acces_of(Habilitation.objects.get(personne__nom="Bea Pivot").personne)


@pytest.fixture
def lived(vallon: EspaceDeContrat) -> Entree:
    """Several entries, the first with all that one may hold, and long words."""
    kinds(vallon, VEILLE, HEURES)
    by = bea()
    place = Lieu.objects.create(espace=vallon, code="L01", ordre=1, nom=LONG)
    parts = {("presents", "sexe:f"): 7, ("presents", "age:60"): 3, ("presents", "quartier:oui"): 9}
    titre = "anticonstitutionnellement-intergouvernementalisations"
    first = entree(by, vallon, 12, valeurs=parts, lieu=place, titre=titre, note=LONG, minutes=90)
    first.fiches.set([fiche(vallon)])
    for day in range(1, 6):
        entree(by, vallon, day, le=LE + timedelta(days=day), autre_lieu="Gymnase")
    entree(by, vallon, None, nature="veille", valeurs={("faits", ""): 3})
    given = {("heures", ""): "12.5", ("venus", ""): 14, ("venus", "sexe:f"): 9, ("motifs", "choix:droits"): 2}
    entree(by, vallon, None, nature="heures", debut=LE - timedelta(days=60), fin=LE, of="caf", valeurs=given)
    judge_entree(by=by, entree=Entree.objects.get(numero=2), confiance=Confiance.CONTESTEE, motif=LONG)
    Entree.objects.filter(numero=3).update(confiance=Confiance.DECLAREE)
    return first


def at(espace: EspaceDeContrat, name: str = "activite", *more: object) -> str:
    return reverse(name, args=[espace.slug, *more])


@pytest.mark.parametrize("who", ["Bea Pivot", "Cléo Relais", "Dan Liseur"])
def test_the_pages_are_sound_and_accessible_for_each(
    open_as: OpenAs, axe: Check, live_server, lived: Entree, who: str
) -> None:
    page = open_as(who, at(lived.espace))
    axe(page, phone=360)
    for url in (
        f"{at(lived.espace)}?groupe=mois&q=gymnase",
        at(lived.espace, "entree", 8),
        at(lived.espace, "entree", 1),
    ):
        page.goto(live_server.url + url)
        axe(page, phone=360)


def test_every_gesture_is_sound_and_accessible(open_as: OpenAs, axe: Check, live_server, lived: Entree) -> None:
    espace = lived.espace
    urls = [at(espace, f"entree-{name}", lived.numero) for name in ("corriger", "annuler", "contester")]
    urls += [at(espace, "entree-retenir", 2), at(espace, "entree-nouvelle"), at(espace, "activite-lot")]
    urls += [at(espace, "entree-inscrire", code) for code in ("atelier", "heures")]
    page = open_as("Bea Pivot", at(espace))
    for url in urls:
        page.goto(live_server.url + url)
        assert page.url.endswith(url)
        axe(page, phone=360)


def test_a_body_writes_a_session_corrects_it_and_takes_it_back(
    open_as: OpenAs, axe: Check, vallon: EspaceDeContrat
) -> None:
    hers = open_as("Cléo Relais", at(vallon), width=360)
    hers.get_by_role("link", name="Inscrire ce qui a été fait").click()
    hers.get_by_label("Mots d’une nature").fill("atelier")
    hers.get_by_role("button", name="Chercher").click()
    hers.get_by_role("link", name="Atelier", exact=True).click()
    hers.get_by_label("Combien de personnes sont venues").fill("120")
    hers.get_by_role("button", name="Enregistrer", exact=True).click()
    assert "sort de l’ordinaire" in hers.get_by_role("alert").inner_text()
    axe(hers)
    hers.get_by_label("Combien de personnes sont venues").fill("12")
    hers.locator("summary", has_text="Présents : qui").click()
    hers.get_by_label("Femmes").fill("7")
    hers.get_by_role("button", name="Enregistrer", exact=True).click()
    assert "12 passages" in hers.locator(".chapeau").inner_text().replace("\u00a0", " ")
    hers.get_by_role("link", name="Corriger").click()
    hers.get_by_label("Combien de personnes sont venues").fill("14")
    hers.get_by_role("button", name="Enregistrer la correction").click()
    assert "14 passages" in hers.locator(".chapeau").inner_text().replace("\u00a0", " ")
    hers.get_by_role("button", name="Annuler, encore").first.click()
    assert "12 passages" in hers.locator(".chapeau").inner_text().replace("\u00a0", " ")
    axe(hers)


def test_the_team_filters_contests_several_and_takes_it_back(
    open_as: OpenAs, axe: Check, live_server, lived: Entree
) -> None:
    page = open_as("Bea Pivot", at(lived.espace))
    page.locator("summary", has_text="Filtrer").click()
    asked = page.get_by_role("form", name="Filtrer la liste")
    asked.get_by_label("Lieu", exact=True).select_option(label="Gymnase")
    asked.get_by_label("Confiance", exact=True).select_option(label="retenue")
    asked.get_by_role("button", name="Filtrer").click()
    page.wait_for_url("**lieu=**")
    for box in page.get_by_label("Choisir").all()[:2]:
        box.check()
    page.get_by_role("button", name="Retenir ou contester les entrées cochées").click()
    assert "2 entrées choisies" in page.locator(".chapeau").inner_text().replace("\u00a0", " ")
    axe(page, phone=360)
    page.get_by_label("Contestées").check()
    page.get_by_label("Pourquoi").fill("Comptées deux fois")
    page.get_by_role("button", name="Confirmer pour").click()
    assert "2 entrées contestées" in page.get_by_role("status").inner_text().replace("\u00a0", " ")
    page.get_by_role("link", name="Annuler, encore").click()
    page.get_by_role("button", name="Annuler").first.click()
    assert Entree.objects.filter(confiance=Confiance.CONTESTEE).count() == 1
