"""The file of a meeting: every room’s part in one PDF, frozen with its digest, served as it left."""

import hashlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.gouvernance.dossier import file_of
from tenir.gouvernance.models import DossierDeReunion, Reunion
from tenir.gouvernance.oubli import STRUCK
from tenir.gouvernance.services.dossiers import DossierAltere, freeze, frozen, shown
from tenir.gouvernance.services.liens import token_of
from tenir.gouvernance.services.points import add_point
from tenir.gouvernance.services.reunions import call_off
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import Comites, comites, convoquee, decision, proposition, reunion
from tests.lettres import leave
from tests.partage import shared
from tests.personnes import acces, contract
from tests.preconisations.preconisations import asked

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """The bodies, the team, a meeting convened, one held before it which decided and proposed."""

    comites: Comites
    equipe: Acces
    reunion: Reunion


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon")
        by, bodies = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace)
        found = convoquee(by, bodies.pilotage, documents="Bilan du CCAS, joint au message\n\nProjet de charte")
        before, today = reunion(by, bodies.technique, days=5), horloge.today()
        decision(by, before, pour_le=today - timedelta(days=3))
        proposed = proposition(by, before)
        add_point(by=by, reunion=found, titre="Ouverture le mercredi", proposition=proposed)
        return Salle(bodies, by, found)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def told(reunion: Reunion) -> dict[str, str]:
    """What the file says, part by part, in one line each."""
    found = file_of(reunion, horloge.today(reunion.espace))
    lines = {
        one.titre: " | ".join(
            [*one.phrases, *(cell for row in (one.tableau.lignes if one.tableau else ()) for cell in row)]
        )
        or one.vide
        for one in found.parties
    }
    return {titre: text.replace("\xa0", " ").replace("\u202f", " ") for titre, text in lines.items()}


def test_it_says_what_waits_in_every_room(salle: Salle) -> None:
    asked(salle.equipe, salle.comites.espace, "Un banc devant la poste.")
    said = told(salle.reunion)
    assert "Ouverture le mercredi : Ouvrir le mercredi. (proposition P1, Comité technique)" in said["Ordre du jour"]
    assert "Raison : Raison fictive." in said["Écarts aux règles, et leur raison"]
    assert said["Documents à lire"] == "– Bilan du CCAS, joint au message | – Projet de charte"
    assert "D1 | Ouvrir le lieu. (Comité technique" in said["Décisions à exécuter"]
    assert "en retard" in said["Décisions à exécuter"]
    assert "Comité technique" in said[f"Obligations de réunion en {salle.reunion.jour.year}"]
    assert "Un banc devant la poste. (" in said["Préconisations en attente d’une réponse"]
    assert {"Ce que les faits demandent", "Actions en difficulté"} < set(said)


def test_what_is_absent_is_said(salle: Salle) -> None:
    empty = reunion(salle.equipe, salle.comites.pilotage)
    said = told(empty)
    assert said["Ordre du jour"] == "L’ordre du jour n’est pas encore fixé."
    assert said["Documents à lire"] == "Aucun document n’est joint à cette réunion."
    assert said["Préconisations en attente d’une réponse"] == "Aucune préconisation n’attend de réponse."


def test_frozen_it_is_an_accessible_pdf_that_nothing_changes_any_more(salle: Salle) -> None:
    made = freeze(by=salle.equipe, reunion=salle.reunion)
    assert hashlib.sha256(frozen(made)).hexdigest() == made.sha256
    assert frozen(made).startswith(b"%PDF")
    assert b"pdfuaid" in frozen(made)
    add_point(by=salle.equipe, reunion=salle.reunion, titre="Ajouté après")
    again = freeze(by=salle.equipe, reunion=salle.reunion)
    assert (made.numero, again.numero) == (1, 2)
    assert DossierDeReunion.objects.get(pk=made.pk).sha256 == made.sha256 != again.sha256


def test_what_changed_since_it_was_read_is_not_frozen(salle: Salle) -> None:
    read = shown(file_of(salle.reunion, horloge.today()))
    add_point(by=salle.equipe, reunion=salle.reunion, titre="Venu entre-temps")
    with pytest.raises(Perime):
        freeze(by=salle.equipe, reunion=salle.reunion, lu=read)


def test_a_meeting_called_off_has_no_file_to_freeze(salle: Salle) -> None:
    call_off(by=salle.equipe, reunion=salle.reunion, motif="Neige.")
    with pytest.raises(ValidationError, match="tenue, ou annulée"):
        freeze(by=salle.equipe, reunion=salle.reunion)


def test_a_file_that_was_tampered_with_is_not_served(salle: Salle, client: Client) -> None:
    made = freeze(by=salle.equipe, reunion=salle.reunion)
    DossierDeReunion.objects.update(pdf=b"%PDF autre chose")
    made.refresh_from_db()
    with pytest.raises(DossierAltere):
        frozen(made)
    token = token_of(salle.reunion.convocations.get(organisation__identifiant="ccas"))
    assert client.get(reverse("convocation-dossier", args=[token])).status_code == 409


def test_two_files_of_one_meeting_have_two_numbers(salle: Salle) -> None:
    made = freeze(by=salle.equipe, reunion=salle.reunion)
    made.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_whoever_is_convened_takes_it_by_the_link_of_the_body(salle: Salle, client: Client) -> None:
    token = token_of(salle.reunion.convocations.get(organisation__identifiant="ccas"))
    assert client.get(reverse("convocation-dossier", args=[token])).status_code == 404
    made = freeze(by=salle.equipe, reunion=salle.reunion)
    page = client.get(reverse("convocation", args=[token])).content.decode()
    assert "dossier.pdf" in page
    assert "Projet de charte" in page
    given = client.get(reverse("convocation-dossier", args=[token]))
    assert hashlib.sha256(given.content).hexdigest() == made.sha256
    mail.outbox.clear()
    leave()
    assert any("/dossier.pdf" in one.body for one in mail.outbox)


def test_the_team_sees_it_before_it_freezes_it_and_the_digest_after(salle: Salle, client: Client) -> None:
    client.force_login(salle.equipe.personne.utilisateur)
    url = reverse("reunion-dossier", args=[salle.comites.espace.slug, salle.reunion.pk])
    assert "Projet de charte" in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    made = DossierDeReunion.objects.get()
    assert made.sha256 in client.get(url).content.decode()
    sheet = client.get(reverse("reunion", args=[salle.comites.espace.slug, salle.reunion.pk])).content.decode()
    assert f"/dossiers/{made.numero}.pdf" in sheet


def test_a_name_taken_off_what_it_says_leaves_the_pdf_too(salle: Salle) -> None:
    made = freeze(by=salle.equipe, reunion=salle.reunion)
    before = made.sha256
    made.contenu["chapeau"] = ["[mention retirée]"]
    with transaction.atomic():
        STRUCK[DossierDeReunion._meta.label](made)
    made.refresh_from_db()
    assert made.sha256 != before
    assert hashlib.sha256(frozen(made)).hexdigest() == made.sha256
