"""SY60: the commune chooses the price of a service, walked on the fictitious contract as its row asks.

`docs/couverture.md` leads here.
"""

from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from tenir.acteurs.models import Organisation, Personne
from tenir.contrat.chargement import load_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.tarifs.models import GrilleTarifaire, ServiceTarife
from tests.formulaires import Lectrice, fill, text
from tests.partage import shared
from tests.personnes import member

ROOT = Path(__file__).parents[2]
SLUG = "virelande-fictif-2024-2030"
VILLE = "commune-virelande"


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[tuple[Personne, Personne]]:
    def make() -> tuple[Personne, Personne]:
        espace = load_contract((ROOT / f"contrats/fictif/{SLUG}.yaml").read_text(), commande="tests").espace
        EspaceDeContrat.objects.filter(pk=espace.pk).update(etat="publie")
        hers = member("Vera Fictive", Role.PARTENAIRE, espace, of=VILLE)
        return member("Basile Fictif", Role.EQUIPE, espace, of=VILLE), hers

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def browsers(_made: tuple[Personne, Personne], db: None) -> list[Client]:
    """The browser of the commune in the team, and that of its canteen."""
    found: list[Client] = []
    for personne in deepcopy(_made):
        client = Lectrice()
        client.force_login(personne.utilisateur)
        found.append(client)
    return found


def at(name: str, *args: object) -> str:
    return reverse(name, args=[SLUG, *args])


def read(client: Client, name: str, *args: object) -> str:
    answer = client.get(at(name, *args))
    assert answer.status_code == 200
    return text(answer)


def test_sy60_a_sheet_comes_in_and_the_cost_of_other_prices_comes_out(browsers: list[Client]) -> None:
    ville, canteen = browsers
    run_by = Organisation.objects.get(identifiant=VILLE).pk
    cost = {"cout": "8,40", "cout_source": "compte fictif"}
    named = {"libelle": "La cantine", "organisme": run_by, "unite": "repas"}
    assert fill(ville, at("tarif-nouveau"), **named, **cost).status_code == 302
    made = ServiceTarife.objects.get()
    rows = {"prix_1": "1,00", "seuil_2": "500", "prix_2": "3,00"}
    new = at("grille-tarifaire-nouvelle", made.numero)
    assert fill(ville, new, applicable_le="2024-09-01", **rows).status_code == 302

    bring = at("frequentation-importer", made.numero)
    shown = fill(canteen, bring, fichier=_sheet())
    assert "2 à inscrire, 0 à corriger" in text(shown)
    assert canteen.post(bring, {"texte": _kept(shown), "confirmer": "1"}).status_code == 302
    assert canteen.get(at("scenario-tarifaire-nouveau", made.numero)).status_code == 403

    tried = {"titre": "Un euro pour tous", "annee": "2025", "prix_2": "1,00", "evolution_2": "10"}
    assert fill(ville, at("scenario-tarifaire-nouveau", made.numero), **tried).status_code == 302
    one = GrilleTarifaire.objects.scenarios().get()
    told = read(ville, "scenario-tarifaire", made.numero, one.numero)
    # 2 000 meals at 3 € become 2 200 at 1 €: 3 800 € less; 200 meals more at 8,40 € each
    for said in ("paie moins", "3 800", "5 480", "2 000 → 2 200"):
        assert said in told
    assert "fictif" in read(ville, "scenario-tarifaire-feuille", made.numero, one.numero)

    kept = {"decidee_le": "2026-01-10", "decision": "Délibération fictive", "applicable_le": "2026-02-01"}
    assert fill(ville, at("scenario-tarifaire-retenir", made.numero, one.numero), **kept).status_code == 302
    public = read(Client(), "tarifs-publics")
    assert "La cantine" in public
    assert "2 200" not in public


def _sheet() -> SimpleUploadedFile:
    book = Workbook()
    rows = [("Quotient de moins de 500 €", 1000), ("Quotient de 500 € et plus", 2000)]
    book.active.append(("Année", "Tranche", "Repas", "Source"))
    for name, count in rows:
        book.active.append((2025, name, count, "état fictif de la régie"))
    made = BytesIO()
    book.save(made)
    return SimpleUploadedFile("cantine.xlsx", made.getvalue())


def _kept(answer: HttpResponse) -> str:
    return unescape(answer.content.decode().partition('name="texte" hidden>')[2].partition("</textarea>")[0])
