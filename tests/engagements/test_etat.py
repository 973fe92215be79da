"""The statement of a signatory: what it promised, what is done, late, awaited; on screen, in Word, in PDF."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.contrat.models import Signataire
from tenir.engagements.etat import state_of
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import engagement

As = Callable[[str], Client]
TODAY = date(2026, 11, 15)


@pytest.fixture
def five(vallon: EspaceDeContrat) -> Signataire:
    """A signatory with five promises: late, due this year, kept, told of nothing, due much later."""
    engagement(vallon, "S01-E01", etat="en-cours", attendu_pour=date(2026, 3, 1), difficultes="Le poste est vacant.")
    engagement(vallon, "S01-E02", attendu_pour=date(2026, 12, 1), attendu_cette_annee="Nommer un référent")
    engagement(vallon, "S01-E03", etat="tenu", attendu_pour=date(2025, 1, 1)).preuves.create(
        titre="Convention", lien="https://exemple.test/"
    )
    engagement(vallon, "S01-E04")
    engagement(vallon, "S01-E05", attendu_pour=date(2029, 1, 1))
    engagement(vallon, "S02-E01", of="ccas", etat="tenu")
    return Signataire.objects.of(vallon).get(code="S01")


def address(signed: Signataire, format: str = "") -> str:
    given = [signed.espace.slug, signed.code]
    return (
        reverse("suivi-engagements-etat-fichier", args=[*given, format])
        if format
        else reverse("suivi-engagements-etat", args=given)
    )


def codes(rows: list) -> list[str]:
    return [one.code for one in rows]


def test_each_promise_is_where_its_day_and_its_state_put_it(five: Signataire) -> None:
    state = state_of(five, TODAY)
    assert codes(state.en_retard) == ["S01-E01"]
    assert codes(state.attendus) == ["S01-E02"]
    assert codes(state.faits) == ["S01-E03"]
    assert codes(state.muets) == ["S01-E02", "S01-E04", "S01-E05"]
    assert codes(list(state.promis)) == [f"S01-E0{n}" for n in range(1, 6)]


def test_a_promise_awaited_this_very_day_is_not_late(five: Signataire) -> None:
    assert codes(state_of(five, date(2026, 3, 1)).en_retard) == []
    assert codes(state_of(five, date(2026, 3, 2)).en_retard) == ["S01-E01"]


def test_the_page_the_word_and_the_pdf_say_the_same_and_keep_difficulties_out(as_: As, five: Signataire) -> None:
    client = as_("lecture")
    page = client.get(address(five)).content.decode()
    file = docx.Document(BytesIO(client.get(address(five, "docx")).content))
    word = "\n".join(cell.text for table in file.tables for row in table.rows for cell in row.cells)
    with pypdfium2.PdfDocument(client.get(address(five, "pdf")).content) as read:
        pdf = "\n".join(sheet.get_textpage().get_text_range() for sheet in read)
    for written in (page, word, pdf):
        for words in ("S01-E01", "Nommer un", "Convention", "S01-E05"):
            assert words in written
        assert "vacant" not in written
        assert "S02-E01" not in written


def test_a_fictitious_contract_says_so_on_each_sheet(as_: As, five: Signataire) -> None:
    EspaceDeContrat.objects.filter(pk=five.espace_id).update(fictif=True)
    with pypdfium2.PdfDocument(as_("lecture").get(address(five, "pdf")).content) as read:
        assert all("fictif" in sheet.get_textpage().get_text_range() for sheet in read)


def test_a_signatory_without_a_promise_has_its_page(as_: As, five: Signataire) -> None:
    empty = Signataire.objects.create(
        espace=five.espace, code="S09", ordre=900, nom="Organisme muet", organisation=five.organisation
    )
    html = as_("lecture").get(address(empty)).content.decode()
    assert "n’écrit aucun engagement" in html
    assert as_("lecture").get(address(empty, "pdf")).status_code == 200


def test_no_such_signatory_no_such_file(as_: As, five: Signataire) -> None:
    client = as_("equipe")
    assert client.get(address(five).replace("S01", "S99")).status_code == 404
    assert client.get(address(five, "exe")).status_code == 404


def test_a_long_statement_asks_no_more_of_the_database(as_: As, five: Signataire) -> None:
    client = as_("equipe")

    def count() -> int:
        client.get(address(five))
        with CaptureQueriesContext(connection) as caught:
            client.get(address(five))
        return len(caught)

    before = count()
    for rank in range(6, 30):
        engagement(five.espace, f"S01-E{rank:02}", etat="tenu").preuves.create(
            titre="Lien", lien="https://exemple.test/"
        )
    assert count() == before
