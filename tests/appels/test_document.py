"""A dossier as one document: all that it says, its sums, what is not said; it is no form of the State."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.urls import reverse

from tenir.appels.beneficiaires import recipient_of
from tenir.appels.comptes import NON_DIT
from tenir.appels.document import document_of
from tenir.appels.models import DossierDeDemande
from tenir.appels.services.instruction import decide
from tenir.core import horloge
from tenir.core.documents import Document
from tenir.financement.models import LigneDeFinancement
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.appels.appels import publie
from tests.appels.dossiers import depose, ouvert
from tests.formulaires import Lectrice
from tests.partage import shared
from tests.personnes import acces, contract

Made = tuple[Acces, DossierDeDemande, DossierDeDemande]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = contract("vallon", etat="signe")
        team = acces("Basile Pivot", Role.EQUIPE, espace)
        one = publie(team, espace)
        return team, depose(one), ouvert(one)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def made(_made: Made, db: None) -> Made:
    return deepcopy(_made)


def words(document: Document) -> str:
    """All that it says, with plain spaces."""
    tables = [cell for part in document.parties if part.tableau for line in part.tableau.lignes for cell in line]
    said = [*document.chapeau, *(one for part in document.parties for one in (part.titre, *part.phrases)), *tables]
    return " | ".join(said).replace("\u00a0", " ").replace("\u202f", " ")


def test_it_tells_who_asks_for_what_with_which_accounts_and_of_whom(made: Made) -> None:
    told = words(document_of(made[1]))
    for said in (
        "Association fictive des Lilas", "Trente ateliers.", "601 Matières et fournitures | 1 500 €", "64 Personnel",
        "Demandé au CCAS | 4 000 €", "Total | 6 000 €", "864 Personnel bénévole | 800 €", "c’est égal",
        "en instruction", "accepte le contrat d’engagement républicain", "Statuts",
    ):  # fmt: skip
        assert said in told, said
    assert "ce n’est pas leur formulaire" in told
    assert "cerfa" not in told.lower()


def test_what_nobody_filled_says_so(made: Made) -> None:
    told = words(document_of(made[2]))
    assert NON_DIT in told
    assert "pas encore déposé" in told
    assert "Rien n’est inscrit." in {part.vide for part in document_of(made[2]).parties}


def test_the_team_takes_it_away_and_no_one_else(made: Made) -> None:
    team, sent, _ = made
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    page = client.get(reverse("dossier-de-demande", args=["vallon", sent.numero])).content.decode()
    for format, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        url = reverse("dossier-de-demande-document", args=["vallon", sent.numero, format])
        assert url in page
        assert client.get(url).content.startswith(start)
    assert client.get(reverse("dossier-de-demande-document", args=["vallon", sent.numero, "odt"])).status_code == 404
    partner = acces("Cléo", Role.PARTENAIRE, sent.espace, of="ccas")
    client.force_login(partner.personne.utilisateur)
    assert client.get(url).status_code == 403


def test_a_line_that_comes_from_a_dossier_is_published_with_who_receives(made: Made) -> None:
    team, sent, _ = made
    decide(
        by=team, part=sent.parts.get(), suite="accorde", le=horloge.today(sent.espace), source="Délibération fictive",
        accorde=sent.parts.get().montant, condition="Deux versements",
    )  # fmt: skip
    (line,) = LigneDeFinancement.objects.filter(espace=sent.espace, vote__gt=0)
    found = recipient_of(line)
    assert (found["beneficiaire"], found["reference"]) == ("Association fictive des Lilas", sent.code)
    assert found["objet"] == "Ateliers du mercredi (O01-A01)"
    assert found["conditions"] == "Deux versements"
    assert recipient_of(LigneDeFinancement(pk=0)) == {}
