"""A report as one document: what was done, what the register counts, the budget planned and realised; never a form."""

import pytest
from django.test import Client
from django.urls import reverse

from tenir.appels.ecrans.fichier_du_compte_rendu import document_of
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.services.attendus import report_of
from tenir.appels.services.liens import token_of
from tenir.habilitations.rights import Acces
from tests.appels.dossiers import accorde, depose, ended, pret_a_rendre, rendu
from tests.appels.test_document import words


@pytest.fixture
def dossier(appel: AppelAProjets, equipe: Acces) -> DossierDeDemande:
    """One whose action ended yesterday, granted 4 000 €."""
    return ended(accorde(depose(appel), equipe).dossier)


def test_it_tells_what_was_done_beside_what_was_planned(dossier: DossierDeDemande) -> None:
    told = words(document_of(rendu(dossier)))
    for said in (
        "Association fictive des Lilas", "Trente ateliers.", "Un atelier de moins.", "Remis le",
        "Total des charges | 6 000 € | 4 000 € | −2 000 € | 67 %", "74 CCAS | 4 000 € | non dit | – | –",
    ):  # fmt: skip
        assert said in told, (said, told)
    assert "ce n’est pas leur formulaire" in told
    assert "cerfa" not in told.lower()


def test_what_nobody_said_yet_says_so(dossier: DossierDeDemande) -> None:
    report = report_of(dossier)
    found = document_of(report)
    assert {"Rien n’est encore dit.", "Le registre ne compte encore rien pour cette action."} <= {
        part.vide for part in found.parties
    }
    assert "Rien n’est encore dit de ce qui est réalisé." in words(found)


@pytest.mark.parametrize(("format", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_whoever_holds_the_link_takes_it_from_the_page(dossier: DossierDeDemande, format: str, start: bytes) -> None:
    token = token_of(pret_a_rendre(dossier))
    url = reverse("dossier-compte-rendu-document", args=[token, format])
    assert url in Client().get(reverse("dossier-compte-rendu", args=[token])).content.decode()
    answer = Client().get(url)
    assert answer.content.startswith(start)
    assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]


def test_nothing_granted_has_no_report(appel: AppelAProjets) -> None:
    token = token_of(depose(appel))
    assert Client().get(reverse("dossier-compte-rendu-document", args=[token, "pdf"])).status_code == 404
    assert Client().get(reverse("dossier-document", args=[token, "odt"])).status_code == 404
