"""A spreadsheet of dossiers: what each row becomes is shown first; nothing is lost; it comes back the same."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenir.appels.comptes import COMPTES
from tenir.appels.enums import EtatDeDossier
from tenir.appels.feuille import REQUIRED, columns_of, fields_of, held_by, rows_of, told_cell
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.services.dossiers import fill
from tenir.appels.services.importation import (
    CHANGES,
    CONFLICT,
    OPENS,
    REFUSED,
    SAME,
    DossierLu,
    digest,
    import_dossiers,
    preview,
)
from tenir.core import horloge
from tenir.core.exports import csv_file
from tenir.core.tableur import pasted, read_file
from tenir.core.tableur.colonnes import Grille, read_rows
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.importation import ApercuPerime
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.appels.dossiers import SIRET, depose, here, ouvert, piece, rempli, said
from tests.appels.test_lecture import plain
from tests.formulaires import Lectrice
from tests.personnes import acces

pytestmark = pytest.mark.deux_bases
NAMES = ("Appel", "Organisme", "SIRET", "Titre de l’action", "641", "Demandé au CCAS")


def read(espace: EspaceDeContrat, name: str, content: bytes) -> Grille:
    """A file as the page reads it."""
    return read_rows(read_file(name, content), columns_of(fields_of(espace)), REQUIRED)


def table(espace: EspaceDeContrat, *rows: tuple[str, ...], names: tuple[str, ...] = NAMES) -> Grille:
    """What is pasted from a spreadsheet of an association."""
    text = "\n".join("\t".join(row) for row in (names, *rows))
    return read_rows([pasted(text)], columns_of(fields_of(espace)), REQUIRED)


def sheet(espace: EspaceDeContrat) -> list[list[Any]]:
    """The rows that leave."""
    rows = DossierDeDemande.objects.of(espace).prefetch_related("budget", "parts").order_by("numero")
    return [list(one) for one in rows_of(rows, fields_of(espace))]


def brought(by: Acces, espace: EspaceDeContrat, grille: Grille, **more: Any) -> list[DossierLu]:
    """An import, as it was shown."""
    shown = preview(grille, by=by, espace=espace)
    return import_dossiers(grille, by=by, espace=espace, empreinte=digest(shown), **more)


def without(rows: list[list[Any]], *headings: str) -> list[list[Any]]:
    """Rows without some columns."""
    kept = [rank for rank, name in enumerate(rows[0]) if name not in headings]
    return [[row[rank] for rank in kept] for row in rows]


def test_a_sheet_of_an_association_opens_dossiers_line_by_line(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    whole = ("AP1", "Les Lilas", SIRET, "Vélo", "1 500,50", "1 500,50")
    grille = table(espace, whole, ("AP1", "Les Saules", "", "Jardin", "0", ""))
    shown = preview(grille, by=equipe, espace=espace)
    assert [one.sort for one in shown] == [OPENS, OPENS]
    assert not DossierDeDemande.objects.exists(), "a preview keeps nothing"
    brought(equipe, espace, grille)
    first, second = DossierDeDemande.objects.of(espace).order_by("numero")
    assert (first.nom, first.siret, first.charges, first.produits) == ("Les Lilas", SIRET, Decimal("1500.50"),
                                                                       Decimal("1500.50"))  # fmt: skip
    assert (second.charges, second.produits, second.par_equipe) == (0, None, True)


def test_it_leaves_comes_back_and_leaves_identical(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    here(espace)
    depose(appel)
    fill(
        by=None, dossier=ouvert(appel), section="action", given=said(appel)["action"] | {"description": "- un\n- deux"}
    )
    fill(by=None, dossier=ouvert(appel), section="charges", given={"comptes": {"641": Decimal(0)}})
    first = sheet(espace)
    for name, content in (("d.csv", csv_file(first)), ("d.xlsx", workbook(equipe, espace))):
        lines = brought(equipe, espace, read(espace, name, content))
        assert {one.sort for one in lines if one.titre.startswith("DS1")} == {SAME}, name
        assert REFUSED not in {one.sort for one in lines}, (name, [one.raisons for one in lines])
        assert sheet(espace) == first, name


def workbook(by: Acces, espace: EspaceDeContrat) -> bytes:
    """The sheet as the site gives it."""
    client = Lectrice()
    client.force_login(by.personne.utilisateur)
    return client.get(reverse("dossiers-a-remplir", args=[espace.slug, "xlsx"])).content


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40)
AMOUNTS = st.none() | st.decimals(0, 10**9, places=2)
COUNTS = st.none() | st.integers(0, 9999)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(data=st.data())
def test_any_dossier_leaves_and_is_made_again_the_same(
    appel: AppelAProjets, equipe: Acces, data: st.DataObject
) -> None:
    espace = appel.espace
    DossierDeDemande.objects.all().delete()
    here(espace)
    rows = [[one.titre for one in fields_of(espace)]]
    made = data.draw(st.integers(1, 3))
    for rank in range(made):
        found = ouvert(appel)
        organisme = {"nom": f"Corps {rank} {told_cell(data.draw(WORDS))}"[:200], "siret": "", "rna": "", "adresse":
                     told_cell(data.draw(WORDS)), "telephone": ""}  # fmt: skip
        fill(by=None, dossier=found, section="organisme", given=organisme)
        action = {"intitule": f"Titre {rank}", "description": data.draw(WORDS), "servies": data.draw(st.sampled_from(
            ["", "O01-A01"]))}  # fmt: skip
        fill(by=None, dossier=found, section="action", given=action)
        public = dict.fromkeys(said(appel)["public"], None) | {"public": "", "moins_de_12": data.draw(COUNTS)}
        fill(by=None, dossier=found, section="public", given=public)
        lines = {"601": data.draw(AMOUNTS), "641": data.draw(AMOUNTS), "864": data.draw(AMOUNTS)}
        fill(by=None, dossier=found, section="charges", given={"comptes": lines})
    champs = fields_of(espace)
    first = without(sheet(espace), "Dossier", "Repère (ne pas changer)")
    assert len(first) == made + 1
    DossierDeDemande.objects.all().delete()
    lines_read = brought(equipe, espace, read(espace, "d.csv", csv_file(first)))
    assert [one.sort for one in lines_read] == [OPENS] * made, [one.raisons for one in lines_read]
    again = without(sheet(espace), "Dossier", "Repère (ne pas changer)")
    assert [[told_cell(cell) for cell in row] for row in again] == [[told_cell(cell) for cell in row] for row in first]
    assert rows[0] == [one.titre for one in champs]


def test_a_row_changed_here_and_there_is_chosen_by_a_person(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    found = rempli(appel)
    rows = sheet(espace)
    untouched = read(espace, "d.csv", csv_file(rows))
    fill(by=None, dossier=found, section="organisme", given=said(appel)["organisme"] | {"adresse": "2 rue Fictive"})
    (one,) = preview(untouched, by=equipe, espace=espace)
    assert one.sort == SAME, "who did not touch her row changes nothing of what came since"
    rows[1][rows[0].index("641 Rémunérations")] = Decimal(9000)
    grille = read(espace, "d.csv", csv_file(rows))
    (one,) = preview(grille, by=equipe, espace=espace)
    assert one.sort == CONFLICT
    brought(equipe, espace, grille)
    found.refresh_from_db()
    assert (found.charges, found.adresse) == (6000, "2 rue Fictive")
    brought(equipe, espace, grille, choisis={one.rang})
    found.refresh_from_db()
    assert found.charges == 10500


def test_each_wrong_cell_of_a_row_is_told_and_the_others_are_kept(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    grille = table(
        espace,
        ("AP1", "Les Lilas", "12345678901234", "Vélo", "-5", "0"),
        ("AP9", "Les Lilas", "", "Vélo", "5", "5"),
        ("AP1", "Les Saules", "", "Jardin", "1 000", "1 000"),
        ("AP1", "Les Saules", "", "Jardin", "2 000", ""),
        ("AP1", "", "", "Sans nom", "5", "5"),
    )
    lines = brought(equipe, espace, grille)
    assert [one.sort for one in lines] == [REFUSED, REFUSED, OPENS, REFUSED, REFUSED]
    told = plain(" / ".join(" ".join(one.raisons) for one in lines).encode())
    wanted = "C2 SIRET E2 négatif F2 zéro A3 appel déjà B6 organisme"
    assert [word for word in wanted.split() if word not in told] == []
    assert [one.nom for one in DossierDeDemande.objects.all()] == ["Les Saules"]


def test_what_is_sent_never_changes_by_a_sheet(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    depose(appel)
    rows = sheet(espace)
    rows[1][rows[0].index("641 Rémunérations")] = Decimal(9000)
    (one,) = brought(equipe, espace, read(espace, "d.csv", csv_file(rows)))
    assert one.sort == REFUSED
    assert "est déposé" in one.raisons[0]


def test_one_received_on_paper_is_sent_once_nothing_is_missing(appel: AppelAProjets, equipe: Acces) -> None:
    espace, today = appel.espace, horloge.today(appel.espace)
    rempli(appel)
    rows = without(sheet(espace), "Dossier", "Repère (ne pas changer)")
    DossierDeDemande.objects.all().delete()
    rows[1][rows[0].index("État")], rows[1][rows[0].index("Déposé le")] = "déposé", today
    (one,) = brought(equipe, espace, read(espace, "d.csv", csv_file(rows)))
    assert (one.sort, "Joignez : Statuts" in plain(one.suite.encode())) == (OPENS, True)
    found = DossierDeDemande.objects.of(espace).get()
    assert found.etat == EtatDeDossier.BROUILLON
    piece(found, equipe)
    (one,) = brought(equipe, espace, read(espace, "d.csv", csv_file(rows)))
    found.refresh_from_db()
    assert (one.sort, found.etat, found.depose_le) == (CHANGES, EtatDeDossier.DEPOSE, today)
    rows[1][rows[0].index("Déposé le")] = today - timedelta(days=400)
    (one,) = preview(read(espace, "d.csv", csv_file(rows)), by=equipe, espace=espace)
    assert one.sort == SAME


def test_a_whole_import_is_undone_at_once(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    found = rempli(appel)
    before = sheet(espace)
    grille = table(
        espace,
        ("AP1", "Les Saules", "", "Jardin", "1 000", "1 000"),
        ("AP1", "Les Ormes", "12345678901234", "Jardin", "1 000", "1 000"),
        ("AP1", found.nom, found.siret, found.intitule, "0", ""),
    )
    lines = brought(equipe, espace, grille)
    assert [one.sort for one in lines] == [OPENS, REFUSED, CHANGES]
    gesture = Geste.objects.latest("pk")
    assert "deux dossiers" in plain(gesture.phrase.encode()).lower()
    undo(by=equipe, geste=gesture, shown=mark_of(standing(gesture, equipe)))
    assert sheet(espace) == before


def test_what_changed_since_it_was_shown_is_shown_again(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    found = rempli(appel)
    grille = table(espace, ("AP1", found.nom, found.siret, found.intitule, "7", ""))
    shown = preview(grille, by=equipe, espace=espace)
    fill(by=None, dossier=found, section="charges", given={"comptes": {"641": Decimal(8)}})
    with pytest.raises(ApercuPerime):
        import_dossiers(grille, by=equipe, espace=espace, empreinte=digest(shown))
    with pytest.raises(Refus):
        preview(grille, by=acces("Léa Lectrice", Role.LECTURE, espace), espace=espace)


def test_by_the_page_from_the_sheet_to_the_dossiers(appel: AppelAProjets, equipe: Acces) -> None:
    espace = appel.espace
    rempli(appel)
    client = Lectrice()
    client.force_login(equipe.personne.utilisateur)
    book = openpyxl.load_workbook(BytesIO(workbook(equipe, espace)))
    page = book.worksheets[0]
    names = [one.value for one in page[1]]
    assert {*COMPTES.values(), "Demandé au CCAS"} <= set(names)
    assert "adresse électronique" not in " ".join(names).lower()
    page.cell(2, names.index("641 Rémunérations") + 1).value = 5000
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "dossiers.xlsx"
    url = reverse("dossiers-importer", args=[espace.slug])
    shown = client.post(url, {"fichier": out})
    told = plain(shown.content)
    assert "4 500 €" in told
    assert "5 000 €" in told
    kept = shown.context["texte"]
    assert client.post(url, {"texte": kept, "confirmer": "1"}).status_code == 302
    assert DossierDeDemande.objects.get().charges == 6500
    stale = client.post(url, {"texte": kept, "confirmer": "1"})
    assert stale.status_code == 409


def test_no_more_than_what_one_page_writes(appel: AppelAProjets, equipe: Acces) -> None:
    client = Lectrice()
    client.force_login(equipe.personne.utilisateur)
    rows = "\n".join("\t".join(("AP1", f"Corps {rank}", "", "Jardin", "5", "5")) for rank in range(201))
    url = reverse("dossiers-importer", args=[appel.espace.slug])
    answer = client.post(url, {"texte": "\t".join(NAMES) + "\n" + rows})
    assert answer.status_code == 422
    assert "200 dossiers au plus" in plain(answer.content)


def test_every_column_of_the_sheet_is_found_again(appel: AppelAProjets, equipe: Acces) -> None:
    champs = fields_of(appel.espace)
    found = rempli(appel)
    held = held_by(found, champs)
    assert set(held) == {one.cle for one in champs}
    grille = read(appel.espace, "d.csv", csv_file(sheet(appel.espace)))
    assert {one.cle for one in champs} <= set(grille.colonnes)
    assert not [one for one in grille.remarques if "laissées de côté" in one]
