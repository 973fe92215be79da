"""A workbook that takes long to read is read by the loop; one that would take for ever is refused unread."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tenir.acteurs.models import Personne
from tenir.core.models import Travail
from tenir.core.tableur import TableauIllisible, is_long, lecture, read_file, read_sheets
from tenir.core.travaux.boucle import advance_works
from tenir.fiches.models import ImportDeFiches
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tests.fiches.classeurs import saved
from tests.vie import fiche

As = Callable[[str], Client]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MANY = 300_000


def small() -> bytes:
    book = Workbook()
    book.active.title = "Fiches"
    book.active.append(["Code", "Statut"])
    book.active.append(["O01-A01", "en cours"])
    return saved(book)


def forged(rows: str, *, encoding: str = "utf-8", declared: str = "") -> bytes:
    """A workbook whose sheet holds these rows, as nobody's spreadsheet writes them."""
    sheet = f'{declared}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode(encoding)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small())) as kept, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in kept.namelist():
            archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else kept.read(name))
    return out.getvalue()


HOSTILE = {
    "rows without a number": '<row><c t="inlineStr"><is><t>a</t></is></c></row>' * MANY,
    "empty rows": "<row/>" * MANY,
    "one row again and again": '<row r="1"><c r="A1"><v>1</v></c></row>' * MANY,
    "formulas": "<row><c><f>1</f><v>1</v></c></row>" * MANY,
    "one row of cells": '<row r="1">' + '<c r="A1"><v>1</v></c>' * (2 * MANY) + "</row>",
}


@pytest.mark.parametrize("rows", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("read", [lambda c: read_sheets("x.xlsx", c, ["Fiches"]), lambda c: read_file("x.xlsx", c)])
def test_three_hundred_thousand_rows_in_a_few_kilobytes_are_refused_unread(
    rows: str, read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openpyxl.load_workbook", lambda *_, **__: pytest.fail("was read"))
    content = forged(rows)
    with pytest.raises(TableauIllisible, match=r"lignes|cellules"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [
        forged("<row/>" * 9, encoding="utf-16"),
        forged("<row/>" * 9, declared='<?xml version="1.0" encoding="cp037"?>'),
    ],
    ids=["utf-16", "declared otherwise"],
)
def test_a_sheet_whose_marks_cannot_be_counted_is_refused(content: bytes) -> None:
    with pytest.raises(TableauIllisible, match="abîmé"):
        read_sheets("x.xlsx", content, ["Fiches"])


def test_what_is_no_workbook_is_never_long() -> None:
    assert not is_long(b"Code;Statut\n")
    assert not is_long(small())


@pytest.fixture
def long(vallon: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch, settings, tmp_path: Path) -> EspaceDeContrat:
    """A contract where a small workbook is already long to read."""
    monkeypatch.setattr(lecture, "LONG", 10)
    settings.MEDIA_ROOT = tmp_path
    fiche(vallon, pilots=("ccas",))
    return vallon


def brought(client: Client, espace: EspaceDeContrat, content: bytes) -> HttpResponse:
    given = {"fichier": SimpleUploadedFile("suivi.xlsx", content)}
    return client.post(reverse("fiches-deposer", args=[espace.slug]), given, follow=True)


def said(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_a_long_workbook_is_read_by_the_loop_and_leads_to_its_preview(
    as_: As, long: EspaceDeContrat, tmp_path: Path
) -> None:
    client = as_("equipe")
    page = brought(client, long, small())
    assert "Lecture du classeur « suivi.xlsx »" in said(page)
    assert not ImportDeFiches.objects.exists()
    advance_works()
    travail = Travail.objects.get()
    assert (travail.etat, travail.erreur) == ("fini", "")
    shown = said(client.get(travail.suite))
    assert "1 ligne lue" in shown
    assert "suivi.xlsx" in shown
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []  # what was deposited is not kept


def test_a_long_workbook_that_cannot_be_read_says_why_on_its_page(as_: As, long: EspaceDeContrat) -> None:
    book = Workbook()
    book.active.title = "Ailleurs"
    book.active.append(["Statut"])
    client = as_("equipe")
    brought(client, long, saved(book))
    advance_works()
    travail = Travail.objects.get()
    assert "n’a aucune des feuilles" in said(client.get(f"/travaux/{travail.pk}/"))


def test_one_whose_role_ended_meanwhile_deposits_nothing(
    as_: As, long: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    brought(as_("equipe"), long, small())
    Habilitation.objects.filter(personne=people["equipe"]).delete()
    advance_works()
    assert Travail.objects.get().etat == "echoue"
    assert not ImportDeFiches.objects.exists()
