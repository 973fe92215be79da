"""A spreadsheet of amounts: what each row becomes is shown first; what stands is never lost; all of it, or nothing."""

from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tenir.core import horloge
from tenir.core.tableur import pasted, read_file
from tenir.core.tableur.colonnes import read_rows
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.importation import ApercuPerime
from tenir.ecran.models import Geste
from tenir.financement.feuille import COLONNES, HEADINGS, REQUIRED
from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement
from tenir.financement.services import importation
from tenir.financement.services.importation import (
    ADDS,
    CONFLICT,
    OPENS,
    REFUSED,
    SAME,
    LigneLue,
    digest,
    import_amounts,
    preview,
)
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.financement.argent import ANNEE, action, imprimees, line, then
from tests.formulaires import Lectrice, send
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases
Made = tuple[EspaceDeContrat, Acces, LigneDeFinancement]
TODAY = f"{horloge.today():%d/%m/%Y}"
NAMES = ("Ligne", "Code", "Financeur", "Année", "État", "Montant", "Date", "Raison")


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = contract("vallon", etat="signe")
        team = acces("Basile Pivot", Role.EQUIPE, espace)
        imprimees(espace)
        action(espace, "O01-A02")
        return espace, team, line(team, espace, etat="demande", montant="5000")

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def made(_made: Made, db: None) -> Made:
    return deepcopy(_made)


def table(*rows: tuple[str, ...]) -> Any:
    """What is pasted from a spreadsheet."""
    text = "\n".join("\t".join(row) for row in (NAMES, *rows))
    return read_rows([pasted(text)], COLONNES, REQUIRED)


def read(made: Made, *rows: tuple[str, ...]) -> list[LigneLue]:
    """What those rows would become."""
    return preview(table(*rows), by=made[1], espace=made[0])


def sheet_of(made: Made) -> openpyxl.Workbook:
    """The sheet to fill, as the site gives it."""
    client = Lectrice()
    client.force_login(made[1].personne.utilisateur)
    answer = client.get(reverse("financements-a-remplir", args=[made[0].slug, "xlsx"]))
    return openpyxl.load_workbook(BytesIO(answer.content))


def bytes_of(book: openpyxl.Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def brought(made: Made, book: openpyxl.Workbook) -> Any:
    return read_rows(read_file("financeurs.xlsx", bytes_of(book)), COLONNES, REQUIRED)


def cell(book: openpyxl.Workbook, code: str, heading: str) -> Any:
    """A cell of the sheet, by its line and its column."""
    sheet = book.worksheets[0]
    row = next(one for one in sheet.iter_rows(min_row=2) if one[0].value == code)
    return row[HEADINGS.index(heading)]


def test_the_sheet_that_nobody_touched_changes_nothing(made: Made) -> None:
    lines = preview(brought(made, sheet_of(made)), by=made[1], espace=made[0])
    assert len(lines) == 4
    assert {one.sort for one in lines} == {SAME}
    assert MouvementDeFinancement.objects.count() == 1


def test_a_sheet_filled_comes_back_leaves_and_comes_back_the_same(made: Made) -> None:
    espace, team, held = made
    book = sheet_of(made)
    for code, etat, montant in ((held.code, "voté", 4200.5), ("O01-F91", "annoncé", 900)):
        cell(book, code, "État").value, cell(book, code, "Montant").value = etat, montant
        cell(book, code, "En date du").value = TODAY
        cell(book, code, "Preuve").value = "Délibération fictive"
    grille = brought(made, book)
    shown = preview(grille, by=team, espace=espace, nom="caf.xlsx")
    done = import_amounts(grille, by=team, espace=espace, empreinte=digest(shown), nom="caf.xlsx")
    assert [one.sort for one in done].count(ADDS) == 2
    held.refresh_from_db()
    row = held.mouvements.get(etat="vote")
    assert (str(held.montant), row.source, row.preuve) == ("4200.50", "Tableur « caf.xlsx »", "Délibération fictive")
    again = sheet_of(made)
    assert {one.sort for one in preview(brought(made, again), by=team, espace=espace)} == {SAME}
    first, second = ([[c.value for c in r] for r in one.worksheets[0].iter_rows()] for one in (again, sheet_of(made)))
    assert first == second


def test_a_line_changed_here_and_there_is_chosen_by_a_person_and_nothing_is_erased(made: Made) -> None:
    espace, team, held = made
    book = sheet_of(made)
    then(team, held, "vote", "4000")
    untouched = preview(brought(made, book), by=team, espace=espace)
    assert {one.sort for one in untouched} == {SAME}, "who did not touch her row changes nothing of what came since"
    cell(book, held.code, "Montant").value = 4500
    cell(book, held.code, "État").value = "proposé"
    grille = brought(made, book)
    shown = preview(grille, by=team, espace=espace)
    (conflict,) = [one for one in shown if one.sort == CONFLICT]
    assert "4\u202f000" in conflict.avant
    assert "4\u202f500" in conflict.apres
    import_amounts(grille, by=team, espace=espace, empreinte=digest(shown))
    held.refresh_from_db()
    assert held.montant == 4000
    import_amounts(grille, by=team, espace=espace, empreinte=digest(shown), choisies={conflict.rang})
    held.refresh_from_db()
    assert (held.montant, held.mouvements.count()) == (4500, 3)


@pytest.mark.parametrize(
    ("row", "where", "why"),
    [
        (("", "O01-A01", "Martiens", "2026", "voté", "10", TODAY), "C2", "organisme connu"),
        (("", "O99-A01", "CAF", "2026", "voté", "10", TODAY), "B2", "code d’une action"),
        (("", "O01-A02", "CAF", "1999", "voté", "10", TODAY), "D2", "écrivez une année"),
        (("", "O01-A02", "CAF", "2026", "promis", "10", TODAY), "E2", "annoncé, demandé"),
        (("", "O01-A02", "CAF", "2026", "voté", "1.000", TODAY), "F2", "virgule"),
        (("", "O01-A02", "CAF", "2026", "voté", "-5", TODAY), "F2", "négatif"),
        (("", "O01-A02", "CAF", "2026", "voté", "", TODAY), "F2", "Dites le montant"),
        (("", "O01-A02", "CAF", "2026", "voté", "10,005", TODAY), "F2", "centimes"),
        (("", "O01-A02", "CAF", "2026", "voté", "10", ""), "G2", "quel jour"),
        (("", "O01-A02", "CAF", "2026", "voté", "10", "30/02/2026"), "G2", "n’est pas une date"),
        (("", "O01-A02", "CAF", "2026", "refusé", "", TODAY), "H2", "pourquoi"),
        (("L1", "O01-A01", "CAF", "2026", "voté", "10", TODAY), "C2", "est de"),
        (("L99", "O01-A01", "CAF", "2026", "voté", "10", TODAY), "A2", "n’est pas une ligne"),
        (("", "O01-A02", "CAF", "2026", "voté", "#REF!", TODAY), "F2", "pas su calculer"),
    ],
)
def test_a_row_that_cannot_be_says_in_which_cell_and_why(
    made: Made, row: tuple[str, ...], where: str, why: str
) -> None:
    (found,) = read(made, row)
    assert found.sort == REFUSED
    assert found.raison.startswith(f"cellule {where}")
    assert why in found.raison.replace("\u00a0", " ")


def test_a_row_of_an_earlier_day_takes_its_place_in_time_and_says_so(made: Made) -> None:
    (found,) = read(made, ("L1", "", "", "", "voté", "4 000", "12/03/2026"))
    assert found.sort == ADDS
    assert "un jour plus ancien" in found.apres


def test_a_cell_said_twice_is_taken_once(made: Made) -> None:
    row = ("", "O01-A02", "CAF", "2026", "voté", "10", TODAY)
    assert [one.sort for one in read(made, row, row)] == [OPENS, REFUSED]
    assert LigneDeFinancement.objects.count() == 4, "a preview keeps nothing"


def test_what_changed_since_it_was_shown_is_shown_again(made: Made) -> None:
    espace, team, held = made
    grille = table(("L1", "", "", "", "voté", "4 000", TODAY))
    shown = preview(grille, by=team, espace=espace)
    then(team, held, "propose", "4100")
    with pytest.raises(ApercuPerime):
        import_amounts(grille, by=team, espace=espace, empreinte=digest(shown))
    assert held.mouvements.count() == 2


def test_an_import_cut_half_way_leaves_nothing(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    espace, team, _ = made
    rows = [("", "O01-A02", name, "2026", "voté", "10", TODAY) for name in ("CAF", "CCAS")]
    grille = table(*rows)
    shown = preview(grille, by=team, espace=espace)
    real, calls = importation._line, iter(range(9))

    def cut(row: Any, lecture: Any) -> LigneLue:
        if next(calls) == 3:  # the two rows of the preview, one written, then the power goes
            raise KeyboardInterrupt
        return real(row, lecture)

    monkeypatch.setattr(importation, "_line", cut)
    before = MouvementDeFinancement.objects.count()
    with pytest.raises(KeyboardInterrupt):
        import_amounts(grille, by=team, espace=espace, empreinte=digest(shown))
    assert MouvementDeFinancement.objects.count() == before


def test_a_whole_import_is_undone_by_one_gesture(made: Made) -> None:
    espace, team, held = made
    grille = table(("L1", "", "", "", "voté", "4 000", TODAY), ("", "O01-A02", "CAF", "2026", "voté", "10", TODAY))
    import_amounts(grille, by=team, espace=espace, empreinte=digest(preview(grille, by=team, espace=espace)))
    kept = Geste.objects.latest("pk")
    undo(by=team, geste=kept, shown=mark_of(standing(kept, team)))
    held.refresh_from_db()
    assert (held.etat, held.montant, LigneDeFinancement.objects.count()) == ("demande", 5000, 4)


def test_a_partner_brings_in_the_money_of_its_own_body_alone(made: Made) -> None:
    espace = made[0]
    partner = acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
    rows = [("", "O01-A02", name, "2026", "voté", "10", TODAY) for name in ("CCAS", "CAF")]
    assert [one.sort for one in preview(table(*rows), by=partner, espace=espace)] == [OPENS, REFUSED]


def test_the_page_shows_each_row_then_records_all_of_it(made: Made) -> None:
    espace, team, held = made
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    url = reverse("financements-importer", args=[espace.slug])
    content = f"Code;Financeur;Année;État;Montant;Date\nO01-A01;CCAS;2026;voté;4 000,50 €;{TODAY}\n".encode()
    asked = client.get(url)
    file = SimpleUploadedFile("reponse.csv", content, "text/csv")
    shown = send(client, url, asked, fichier=file)
    page = shown.content.decode()
    assert "4\u202f000,50" in page
    assert held.mouvements.count() == 1
    assert send(client, url, shown, confirmer="1").status_code == 302
    held.refresh_from_db()
    assert (held.etat, str(held.montant), held.annee) == ("vote", "4000.50", ANNEE)
    assert held.mouvements.get(etat="vote").source == "Tableur « reponse.csv »"
    assert body("ccas")
