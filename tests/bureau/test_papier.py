"""The paper of a committee: page one decides, the detail follows, nothing that partners may not read."""

from collections.abc import Callable
from datetime import date, timedelta
from unicodedata import normalize

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from tenir.bureau.ecrans.papier import paper_of
from tenir.bureau.papier.decisions import decisions
from tenir.bureau.papier.faits import Faits, facts, few
from tenir.core import horloge
from tenir.core.documents import pdf
from tenir.fiches.models import Nouvelle
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import engagement, fiche

As = Callable[[str], Client]


@pytest.fixture
def lived(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """One action late, one suspended, one done, one of which nothing is said; a promise that is not kept."""
    today = horloge.today()
    late = fiche(
        vallon,
        pilots=("caf",),
        statut="en-cours",
        fin_prevue=today - timedelta(days=40),
        statut_depuis=date(2024, 3, 1),
    )
    Nouvelle.objects.create(fiche=late, le=today - timedelta(days=3), texte="Le bail attend une signature.")
    fiche(vallon, "O01-A02", pilots=("caf",), statut="suspendue", motif="Plus de local.", statut_depuis=today)
    fiche(vallon, "O01-A03", pilots=("caf",), statut="realisee", statut_depuis=today, difficultes="SECRET")
    fiche(vallon, "O01-A04")
    engagement(vallon, of="caf", etat="non-tenu", motif="Pas de budget.", etat_depuis=today)
    return vallon


def known(espace: EspaceDeContrat) -> Faits:
    today = horloge.today()
    return facts(espace, today, today - timedelta(days=180))


def test_the_questions_come_from_the_facts(lived: EspaceDeContrat) -> None:
    late, suspended, bearer, broken = [normalize("NFKC", one) for one in decisions(known(lived))]
    assert "Action O01-A01, en retard depuis le" in late
    assert "Reprendre ou abandonner ce qui est suspendu ? Action O01-A02." in suspended
    assert "Désigner qui porte 1 action : Action O01-A04" in bearer
    assert "1 engagement est déclaré non tenu" in broken


def test_page_one_says_what_changed_what_is_late_and_why_then_the_detail_opens_a_sheet(lived: EspaceDeContrat) -> None:
    document = paper_of(known(lived))
    with pypdfium2.PdfDocument(pdf.write(document)) as read:
        pages = [normalize("NFKC", page.get_textpage().get_text_range()) for page in read]
    first = " ".join(pages[0].split())
    for words in (
        "À décider",
        "Actions : 1 réalisée, 1 suspendue. Réalisées : Action O01-A03.",
        "Engagements : 1 non tenu.",
        "Le bail attend une signature.",
        "Ce qu’on ne sait pas",
        "Rien n’est annoncé pour 1 action",
    ):
        assert words in first, words
    assert "Le détail" not in first
    assert "Le détail" in pages[1]
    assert "SECRET" not in "".join(pages)


def test_an_empty_contract_says_that_nothing_is_to_be_decided(vallon: EspaceDeContrat) -> None:
    said = [phrase for part in paper_of(known(vallon)).parties for phrase in (*part.phrases, part.vide)]
    assert "D’après ce qui est connu, rien n’attend une décision." in said
    assert "Personne n’a rien déclaré de nouveau." in said


def test_whoever_reads_the_contract_reads_the_paper_since_the_day_she_asks(as_: As, lived: EspaceDeContrat) -> None:
    client, page = as_("lecture"), reverse("papier", args=[lived.slug])
    html = normalize("NFKC", client.get(page, {"depuis": "2020-01-01"}).text)
    assert "Ce qui a changé depuis le 1er janvier 2020" in html
    assert "1 en cours" in html
    assert "SECRET" not in html
    assert client.get(page, {"depuis": "2999-01-01"}).status_code == 422


def test_a_long_list_is_told_by_its_first_names() -> None:
    assert few(["A", "B", "C", "D", "E"]) == "A, B, C et 2 autres"
    assert few(["A"]) == "A"
    assert few([]) == ""
