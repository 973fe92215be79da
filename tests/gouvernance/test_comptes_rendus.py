"""Minutes circulated, corrected by the bodies, approved by the next meeting, which has the item by itself."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.gouvernance.compte_rendu import minutes_of
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.comptes_rendus import (
    CorrectionsCloses,
    approve,
    circulate,
    correct,
    settle_correction,
)
from tenir.gouvernance.services.liens import token_of
from tenir.gouvernance.services.reunions import hold, what_holding_leaves
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.bureautique import through_office
from tests.gouvernance.reunions import Comites, comites, convoquee, reunion
from tests.lettres import leave
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """The bodies, the team, a meeting that took place twenty days ago."""

    comites: Comites
    equipe: Acces
    tenue: Reunion


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        by, bodies = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace)
        found = convoquee(by, bodies.technique)
        Reunion.objects.filter(pk=found.pk).update(jour=horloge.today() - timedelta(days=20))
        found.refresh_from_db()
        why = {one.cle: "Raison fictive." for one in what_holding_leaves(found)}
        return Salle(bodies, by, hold(by=by, reunion=found, raisons=why))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def sent(salle: Salle) -> Reunion:
    """The minutes are circulated."""
    mail.outbox.clear()
    assert circulate(by=salle.equipe, reunion=salle.tenue) == 1
    leave()
    return Reunion.objects.of(salle.comites.espace).get(pk=salle.tenue.pk)


def test_the_minutes_leave_in_word_with_the_link_that_corrects_them(salle: Salle) -> None:
    sent(salle)
    found = next(one for one in mail.outbox if "compte rendu" in one.subject)
    assert "/correction/" in found.body
    ((name, content, _),) = found.attachments
    assert name == "compte-rendu.docx"
    assert "Compte rendu" in docx.Document(BytesIO(content)).paragraphs[1].text + found.subject.capitalize()


def test_a_body_corrects_by_its_link_and_the_minutes_print_what_became_of_it(salle: Salle) -> None:
    found = sent(salle)
    mine = found.convocations.get(organisation=body("ccas"))
    url = reverse("convocation-correction", args=[token_of(mine)])
    client = Client()
    assert client.post(url, {"texte": ""}).status_code == 422
    assert client.post(url, {"texte": "Point 2 : c’est le mardi."}).status_code == 302
    one = found.corrections.get()
    with pytest.raises(ValidationError, match="pourquoi"):
        settle_correction(by=salle.equipe, correction=one, suite="ecartee", motif=" ")
    settle_correction(by=salle.equipe, correction=one, suite="reprise", motif="")
    assert "reprise dans le compte rendu" in client.get(url).content.decode()
    assert "c’est le mardi. (reprise" in str(minutes_of(found))
    word = client.get(reverse("convocation-compte-rendu", args=[token_of(mine)]))
    assert word["Content-Type"].endswith("wordprocessingml.document")


def test_the_next_meeting_of_the_body_approves_them_and_until_then_the_item_comes_back(salle: Salle) -> None:
    assert not reunion(salle.equipe, salle.comites.technique, days=1).points.exists()
    sent(salle)
    assert not reunion(salle.equipe, salle.comites.pilotage, days=5).points.exists(), "une autre instance"
    first, second = (reunion(salle.equipe, salle.comites.technique, days=days) for days in (2, 9))
    for one in (first, second):
        assert [point.compte_rendu_id for point in one.points.all()] == [salle.tenue.pk]
    with pytest.raises(ValidationError, match="n’est pas venu"):
        approve(by=salle.equipe, point=first.points.get())
    Reunion.objects.filter(pk=first.pk).update(jour=horloge.today())
    approve(by=salle.equipe, point=first.points.get())
    found = Reunion.objects.of(salle.comites.espace).get(pk=salle.tenue.pk)
    assert found.approuve_en == first
    assert "Compte rendu approuvé par" in str(minutes_of(found))
    assert not reunion(salle.equipe, salle.comites.technique, days=20).points.exists()
    with pytest.raises(ValidationError, match="déjà approuvé"):
        approve(by=salle.equipe, point=second.points.get())
    with pytest.raises(CorrectionsCloses):
        correct(by=None, reunion=found, organisation=body("ccas"), texte="Trop tard.")


def test_corrections_close_after_three_weeks_by_the_link_and_not_for_the_team(salle: Salle) -> None:
    found = sent(salle)
    Reunion.objects.filter(pk=found.pk).update(diffuse_le=horloge.now() - timedelta(days=30))
    with pytest.raises(CorrectionsCloses, match="jusqu’au"):
        correct(by=None, reunion=found, organisation=body("ccas"), texte="Le mardi.")
    correct(by=salle.equipe, reunion=found, organisation=body("ccas"), texte="Le mardi, dit par téléphone.")
    with pytest.raises(ValidationError, match="convoqué"):
        correct(by=salle.equipe, reunion=found, organisation=body("bailleur"), texte="Le mardi.")


def test_a_meeting_that_was_not_held_has_no_minutes_to_circulate(salle: Salle) -> None:
    with pytest.raises(ValidationError, match="une fois la réunion tenue"):
        circulate(by=salle.equipe, reunion=reunion(salle.equipe, salle.comites.technique))


def test_the_database_holds_what_the_minutes_promise(salle: Salle) -> None:
    rows = Reunion.objects.filter(pk=salle.tenue.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(approuve_en=salle.tenue.pk, diffuse_le=horloge.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(etat="convoquee", diffuse_le=horloge.now())


@pytest.mark.une_base
def test_the_minutes_open_in_libreoffice_and_their_pdf_is_accessible(
    salle: Salle, client: Client, tmp_path: Path
) -> None:
    client.force_login(salle.equipe.personne.utilisateur)
    slug, number = salle.comites.espace.slug, salle.tenue.pk
    written = tmp_path / "compte-rendu.docx"
    written.write_bytes(client.get(reverse("reunion-compte-rendu", args=[slug, number, "docx"])).content)
    with pypdfium2.PdfDocument(through_office(written, "pdf", tmp_path)) as read:
        told = "".join(page.get_textpage().get_text_range() for page in read)
    for words in ("Compte rendu", "Présences", "CCAS"):
        assert words in told
    pdf = client.get(reverse("reunion-compte-rendu", args=[slug, number, "pdf"])).content
    for mark in (b"/StructTreeRoot", b"/Lang", b"pdfuaid", b"/MarkInfo"):
        assert mark in pdf
