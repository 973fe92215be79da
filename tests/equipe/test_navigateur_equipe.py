"""The screens of the team in a real Chromium, on a computer and on a phone; a role given, then ended."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tenir.core.taches import note
from tenir.core.trace import Auteur, Fait, record
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.roles import Role
from tenir.habilitations.services import trace_of
from tests.acteurs.conftest import last_code
from tests.navigateur import follow
from tests.personnes import contract, member, person, referent


@pytest.fixture
def vallon(transactional_db: None) -> EspaceDeContrat:
    """A contract with a long trace, and someone of each role."""
    espace = contract("vallon", fictif=True)
    gil = person("Gil Sujet-de-la-Longue-Rivière")
    referent(gil, espace)
    basile = member("Basile Pivot", Role.EQUIPE, espace)
    member("Ada Sommet", Role.ADMINISTRATION)
    note("sauvegarder", debut=timezone.now(), bilan="tenir-2026-03-12.zip : 36 tables, 123456 lignes, 12 fichiers.")
    facts = [Fait("action", f"O01-A{n:02}", "titre court de l’action", "avant " * 20, "après " * 20) for n in range(60)]
    with transaction.atomic():
        record(
            trace_of(espace), Auteur(basile.pk, "CCAS"), [*facts, Fait("personne", str(gil.pk), "téléphone", "", "01")]
        )
        record(trace_of(espace), Auteur(commande="tenir charger un-fichier-au-nom-vraiment-long.yaml"), facts[:2])
    return espace


@pytest.fixture
def signed_in(ouvrir: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page of the site as someone."""

    def open_as(name: str, path: str, *, width: int = 1280) -> Page:
        return ouvrir(path, by=Habilitation.objects.get(personne__nom=name).personne, width=width)

    return open_as


def pages(espace: EspaceDeContrat) -> list[str]:
    gil = referent_of(espace)
    held = Habilitation.objects.get(role=Role.EQUIPE)
    names = ("mes-droits", "droits", "habilitations", "habilitation-nouvelle", "trace")
    contacts = ("contacts", "contact-nouveau", "contacts-importer", "invitations", "invitation-nouvelle")
    return [
        reverse("mes-contrats"),
        reverse("fonctionnement"),
        reverse("mes-donnees"),
        reverse("personnes"),
        reverse("personne-effacer", args=[gil]),
        "/sante",
        *(reverse(name, args=[espace.slug]) for name in names),
        *(reverse(name, args=[espace.slug]) for name in contacts),
        reverse("contact-fin", args=[espace.slug, espace.referents.get().pk]),
        *(reverse(f"plateforme-{name}") for name in names),
        reverse("habilitation-fin", args=[espace.slug, held.pk]),
        reverse("droits-d-une-personne", args=[espace.slug, held.personne_id]),
        reverse("trace-objet", args=[espace.slug, "action", "O01-A01"]),
        reverse("trace-personne", args=[espace.slug, gil]),
        reverse("trace-personne-effacer", args=[espace.slug, gil]),
        reverse("trace", args=[espace.slug]) + "?genre=action&page=2",
    ]


def referent_of(espace: EspaceDeContrat) -> int:
    return espace.referents.get().personne_id


def test_every_screen_is_sound_and_accessible(
    signed_in: Callable[..., Page], axe: Callable[..., None], live_server, vallon: EspaceDeContrat
) -> None:
    page = signed_in("Ada Sommet", "/espace/")
    for url in pages(vallon):
        page.goto(live_server.url + url)
        assert page.url.endswith(url), f"{url} a mené à {page.url}"
        axe(page, phone=360)


def test_a_role_is_given_then_ended(signed_in: Callable[..., Page], vallon: EspaceDeContrat) -> None:
    page = signed_in("Basile Pivot", reverse("habilitations", args=[vallon.slug]))
    page.get_by_role("link", name="Donner un rôle").click()
    page.get_by_label("Personne").select_option(label="Gil Sujet-de-la-Longue-Rivière")
    page.get_by_label("Rôle").select_option(label="partenaire")
    page.get_by_role("button", name="Donner ce rôle").click()
    assert "Un partenaire ou un copilote agit pour un organisme" in page.get_by_role("alert").inner_text()
    page.get_by_label("Organisme").select_option(label="CCAS")
    page.get_by_role("button", name="Donner ce rôle").click()
    assert "Le rôle est donné à Gil" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Mettre fin au rôle de Gil").click()
    page.get_by_role("button", name="Mettre fin à ce rôle").click()
    assert "a pris fin" in page.get_by_role("status").inner_text()
    follow(page, "Trace")
    expect(page.get_by_role("cell", name="partenaire, pour le CCAS")).to_have_count(2)


@pytest.mark.parametrize("width", [1280, 360])
def test_contacts_come_in_from_a_spreadsheet(
    signed_in: Callable[..., Page], axe: Callable[[Page], None], vallon: EspaceDeContrat, width: int
) -> None:
    page = signed_in("Basile Pivot", reverse("contacts", args=[vallon.slug]), width=width)
    page.get_by_role("link", name="Importer un tableau").click()
    row = "Ida\tEssai-Longue-Rivière\tCCAS\tconseillère\tida@exemple.test\n"
    page.get_by_label("Lignes collées").fill(f"Prénom\tNom\tStructure\tFonction\tMél\n{row}Ian\tFaux\tInconnue\t\t\n")
    page.get_by_role("button", name="Voir ce que devient chaque ligne").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert "cellule C3" in page.get_by_role("table").inner_text()
    page.get_by_role("button", name="Enregistrer").click()
    assert "1 ajouté" in page.get_by_role("status").inner_text()
    expect(page.get_by_role("cell", name="ida@exemple.test")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 360])
def test_a_partner_is_invited_and_signs_in_by_a_code(
    signed_in: Callable[..., Page],
    ouvrir: Callable[..., Page],
    axe: Callable[[Page], None],
    vallon: EspaceDeContrat,
    live_server,
    width: int,
) -> None:
    page = signed_in("Basile Pivot", reverse("invitation-nouvelle", args=[vallon.slug]), width=width)
    page.get_by_label("Adresse électronique").fill("ida@exemple.test")
    page.get_by_label("Rôle").select_option(label="partenaire")
    page.get_by_label("Organisme").select_option(label="CCAS")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    assert "envoyée à ida@exemple.test" in page.get_by_role("status").inner_text()
    link = re.search(r"/invitation/\S+", mail.outbox[-1].body)[0]
    hers = ouvrir(link, width=width)
    axe(hers)
    hers.get_by_label("Votre prénom").fill("Ida Essai")
    hers.get_by_role("button", name="Accepter").click()
    hers.get_by_label("Adresse électronique").fill("ida@exemple.test")
    hers.get_by_role("button", name="Recevoir un code").click()
    hers.get_by_label("Code").fill(last_code())
    hers.get_by_role("button", name="Se connecter").click()
    hers.goto(live_server.url + reverse("contacts", args=[vallon.slug]))
    expect(hers.get_by_role("cell", name="CCAS")).to_have_count(1)
    assert hers.goto(live_server.url + reverse("trace", args=[vallon.slug])).status == 403
