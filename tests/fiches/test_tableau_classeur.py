"""The spreadsheet on the pages: taken, brought back, shown, applied once, its receipt, hostile files."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from tenir.fiches.models import FicheAction, ImportDeFiches
from tenir.habilitations.models import EspaceDeContrat
from tests.fiches.classeurs import opened, saved, write
from tests.pages import html_of
from tests.vie import fiche, jalon

As = Callable[[str], Client]


@pytest.fixture
def two(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """Two fiches, one with a jalon."""
    jalon(fiche(vallon, pilots=("ccas",)), date(2026, 5, 1), "Signer le bail")
    fiche(vallon, "O02-A01", pilots=("caf",))
    return vallon


def taken(client: Client, espace: EspaceDeContrat, **asked: str) -> bytes:
    answer = client.get(reverse("fiches-classeur", args=[espace.slug]), asked)
    assert answer.status_code == 200
    return answer.content


def brought(client: Client, espace: EspaceDeContrat, content: bytes, name: str = "suivi.xlsx") -> HttpResponse:
    return client.post(
        reverse("fiches-deposer", args=[espace.slug]), {"fichier": SimpleUploadedFile(name, content)}, follow=True
    )


def page_of(answer: HttpResponse) -> str:
    return answer.redirect_chain[-1][0]


def said(answer: HttpResponse) -> str:
    return html_of(answer).replace("\xa0", " ").replace("&nbsp;", " ")


def applied(client: Client, answer: HttpResponse, **given: str) -> HttpResponse:
    seen = re.search(r'name="empreinte" value="(\w+)"', html_of(answer))[1]
    return client.post(page_of(answer), {"empreinte": seen, **given}, follow=True)


def test_the_workbook_is_that_of_the_view(as_: As, two: EspaceDeContrat) -> None:
    book = opened(taken(as_("equipe"), two, porteur="caf"))
    assert [row[1] for row in book["Fiches"].iter_rows(min_row=2, values_only=True)] == ["O02-A01"]
    assert book["Jalons"].max_row == 1
    assert book["Nouvelles"].max_row == 1


def test_a_fictitious_contract_says_so_in_the_name_of_its_workbook(as_: As, two: EspaceDeContrat) -> None:
    EspaceDeContrat.objects.filter(pk=two.pk).update(fictif=True)
    answer = as_("equipe").get(reverse("fiches-classeur", args=[two.slug]))
    assert answer["Content-Disposition"] == 'attachment; filename="vallon-fictif-fiches.xlsx"'


def test_a_round_is_shown_then_applied_once_and_keeps_its_receipt(as_: As, two: EspaceDeContrat) -> None:
    client = as_("equipe")
    back = write(taken(client, two), "Fiches", "O02-A01", {"Statut": "en cours", "Fin prévue": "un jour"})
    answer = brought(client, two, back)
    html = said(answer)
    assert "3 lignes lues : 2 gardées, 1 expliquée ci-dessous." in html
    assert "<b>en cours</b>" in html
    assert "« un jour » n’est pas une date" in html
    assert "feuille « Fiches », cellule K3" in html
    assert FicheAction.objects.get(action__code="O02-A01").statut == ""
    receipt = applied(client, answer, motif="revue annuelle")
    assert FicheAction.objects.get(action__code="O02-A01").statut == "en-cours"
    for html in (said(receipt), said(applied(client, answer))):
        assert "Bilan" in html
        assert "revue annuelle" in html
        assert "« un jour » n’est pas une date" in html
    assert FicheAction.objects.get(action__code="O02-A01").version == 2
    assert "suivi.xlsx" in said(client.get(reverse("fiches-imports", args=[two.slug])))


def test_a_conflict_is_chosen_on_the_page(as_: As, two: EspaceDeContrat) -> None:
    client = as_("equipe")
    back = write(taken(client, two), "Fiches", "O02-A01", {"Public visé": "jeunes"})
    FicheAction.objects.filter(action__code="O02-A01").update(public_vise="aînés", version=2)
    answer = brought(client, two, back)
    assert "Garder ce qui est en place : <b>aînés</b>" in said(answer)
    without = applied(client, answer)
    assert without.status_code == 422
    assert "Choisissez pour chaque conflit" in said(without)
    receipt = applied(client, answer, **{"choix|Fiches|O02-A01|public_vise": "fichier"})
    assert "« jeunes » a remplacé « aînés »" in said(receipt)
    assert FicheAction.objects.get(action__code="O02-A01").public_vise == "jeunes"


def test_what_changed_since_it_was_shown_is_shown_again(as_: As, two: EspaceDeContrat) -> None:
    client = as_("equipe")
    answer = brought(client, two, write(taken(client, two), "Fiches", "O02-A01", {"Public visé": "jeunes"}))
    FicheAction.objects.filter(action__code="O02-A01").update(public_vise="aînés", version=2)
    again = applied(client, answer)
    assert again.status_code == 409
    assert "Le contrat a changé depuis" in said(again)
    assert FicheAction.objects.get(action__code="O02-A01").public_vise == "aînés"


def test_an_unchanged_workbook_has_nothing_to_apply(as_: As, two: EspaceDeContrat) -> None:
    client = as_("equipe")
    answer = brought(client, two, taken(client, two))
    assert "Rien n’est à appliquer" in said(answer)
    client.post(page_of(answer), {"abandonner": "1"})
    assert not ImportDeFiches.objects.exists()


def test_an_import_of_another_contract_does_not_exist_here(
    as_: As, two: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    client = as_("equipe")
    answer = brought(client, two, taken(client, two))
    number = ImportDeFiches.objects.get().pk
    assert as_("voisin").get(reverse("fiches-import", args=[colline.slug, number])).status_code == 404
    assert answer.status_code == 200


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (41 * 1024 * 1024))
    return out.getvalue()


def of_rows(count: int) -> bytes:
    book = Workbook()
    book.active.title = "Fiches"
    book.active.append(["Code", "Statut"])
    for _ in range(count):
        book.active.append(["O01-A01", "en cours"])
    return saved(book)


def without_codes() -> bytes:
    book = Workbook()
    book.active.title = "Fiches"
    book.active.append(["Action", "Statut"])
    return saved(book)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "vide.xlsx", "vide"),
        (b"PK\x03\x04 rien", "abime.xlsx", "abîmé"),
        (b"%PDF-1.7", "acte.pdf", "ni un classeur .xlsx ou .ods ni un CSV"),
        (b"PK" + b"0" * (2 * 1024 * 1024), "lourd.xlsx", "dépasse 2 Mo"),
        (bomb(), "bombe.xlsx", "démesuré"),
        (of_rows(5_001), "long.xlsx", "dépasse 5000 lignes"),
        (saved(Workbook()), "ailleurs.xlsx", "n’a aucune des feuilles"),
        (without_codes(), "sans.xlsx", "n’a plus de colonne « Code »"),
        (b"Statut;Fin\nen cours;demain", "sans.csv", "n’a plus de colonne « Code »"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_hostile_or_foreign_file_is_refused_with_a_sentence(
    as_: As, two: EspaceDeContrat, content: bytes, name: str, sentence: str
) -> None:
    answer = brought(as_("equipe"), two, content, name)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert not ImportDeFiches.objects.exists()


def test_what_a_workbook_says_cannot_write_in_the_page(as_: As, two: EspaceDeContrat) -> None:
    client = as_("equipe")
    typed = {"Public visé": "<script>alert(1)</script>", "Statut": "<b>gras</b>"}
    html = said(brought(client, two, write(taken(client, two), "Fiches", "O02-A01", typed), "<i>nom.xlsx"))
    assert "<script>alert" not in html
    assert "<b>gras" not in html
    assert "&lt;i&gt;nom" in html


def test_the_number_of_queries_does_not_grow_with_the_contract(as_: As, two: EspaceDeContrat) -> None:
    client = as_("equipe")
    number = brought(client, two, taken(client, two)).redirect_chain[-1][0]
    pages = [reverse(name, args=[two.slug]) for name in ("fiches-classeur", "fiches-imports")]

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    before = [queries(url) for url in (*pages, number)]
    for rank in range(5):
        jalon(fiche(two, f"O03-A{rank:02}", pilots=(f"porteur-{rank}",)), date(2026, 5, 1))
        brought(client, two, taken(client, two), f"suivi-{rank}.xlsx")
    after = [queries(url) for url in (*pages, f"{pages[1]}{ImportDeFiches.objects.first().pk}/")]
    assert after == before
