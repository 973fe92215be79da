"""Where the report of a dossier stands, in the list; what whoever fills a dossier takes of it by her link."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from tenir.appels.enums import EtatDeDossier, Rendu
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.services.attendus import due_on, overdue, with_rendu
from tenir.appels.services.comptes_rendus import read_report
from tenir.appels.services.instruction import instruct
from tenir.appels.services.liens import token_of
from tenir.core import horloge
from tenir.habilitations.rights import Acces
from tests.appels.dossiers import accorde, depose, ended, ouvert, rendu
from tests.appels.test_lecture import plain
from tests.formulaires import Lectrice
from tests.personnes import body

pytestmark = pytest.mark.deux_bases


def states(appel: AppelAProjets, on: date) -> dict[int, int | None]:
    return dict(with_rendu(DossierDeDemande.objects.of(appel.espace), on).values_list("numero", "rendu"))


@pytest.mark.parametrize("gap", range(-3, 4))
@pytest.mark.parametrize("month", [1, 6, 7, 12])
def test_the_database_and_the_page_agree_on_what_is_late(appel: AppelAProjets, gap: int, month: int) -> None:
    found = depose(appel)
    DossierDeDemande.objects.filter(pk=found.pk).update(debut=None, fin=date(appel.annee + gap, month, 15))
    found = DossierDeDemande.objects.of(appel.espace).get(pk=found.pk)
    due = due_on(found)
    for on in (due, due + timedelta(days=1), due - timedelta(days=200), due + timedelta(days=200)):
        told = DossierDeDemande.objects.filter(overdue(on), pk=found.pk).exists()
        assert told is (due < on), (due, on)


def test_each_dossier_says_where_its_report_stands(appel: AppelAProjets, equipe: Acces) -> None:
    today = horloge.today(appel.espace)
    ouvert(appel)
    depose(appel)
    accorde(depose(appel), equipe)
    ended(accorde(depose(appel), equipe).dossier)
    rendu(ended(accorde(depose(appel), equipe).dossier))
    read_report(by=equipe, report=rendu(ended(accorde(depose(appel), equipe).dossier)))
    assert states(appel, today) == {
        1: None, 2: None, 3: Rendu.ATTENDU, 4: Rendu.A_REMETTRE, 5: Rendu.REMIS, 6: Rendu.LU
    }  # fmt: skip
    assert states(appel, date(appel.annee + 3, 1, 1))[4] == Rendu.EN_RETARD


def test_the_list_filters_sorts_and_exports_it(appel: AppelAProjets, equipe: Acces) -> None:
    depose(appel)
    ended(accorde(depose(appel), equipe).dossier)
    rendu(ended(accorde(depose(appel), equipe).dossier))
    client = Lectrice()
    client.force_login(equipe.personne.utilisateur)
    url = reverse("dossiers-de-demande", args=[appel.espace.slug])
    file = reverse("dossiers-de-demande-export", args=[appel.espace.slug, "csv"])
    rows = client.get(f"{file}?rendu=non-rendu").content.decode().splitlines()
    assert len(rows) == 2
    assert "à remettre" in rows[1]
    assert "Compte rendu" in rows[0]
    assert len(client.get(f"{file}?rendu=remis").content.decode().splitlines()) == 2
    assert client.get(f"{url}?sort=rendu").status_code == 200
    assert "à remettre" in plain(client.get(url).content)
    assert client.get(f"{file}?rendu=zzz").status_code == 400


@pytest.mark.parametrize("format", ["pdf", "docx"])
def test_whoever_fills_it_takes_it_without_what_is_thought_of_it(
    appel: AppelAProjets, equipe: Acces, format: str
) -> None:
    found = depose(appel)
    part = found.parts.get(financeur=body("ccas"))
    said = {"recevable": "recevable", "avis": "defavorable", "motif": "Pas dit dehors."}
    instruct(by=equipe, part=part, version=part.version, changes=said)
    answer = Lectrice().get(reverse("dossier-document", args=[token_of(found), format]))
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    if format == "docx":
        book = Document(BytesIO(answer.content))
        told = " ".join(cell.text for one in book.tables for row in one.rows for cell in row.cells)
        assert "en instruction" in told
        assert "défavorable" not in told
        assert "Pas dit dehors" not in told
    assert found.etat == EtatDeDossier.DEPOSE
