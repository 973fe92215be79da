"""« Qualité du contrat »: what the team sees of the anomalies, how it admits them, what the public never sees."""

import csv
import re
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenir.acteurs.models import Personne
from tenir.controles.models import AnomalieRelevee, Derogation
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.habilitations.services import publish
from tests.fabriques import BREF, CREDITS, charger, document, edited
from tests.pages import html_of
from tests.personnes import member

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
LIST = "/espace/hameau-2024-2030/qualite/"


@pytest.fixture
def hameau() -> EspaceDeContrat:
    espace = charger(edited(BREF, CREDITS), document=document()).espace
    return publish(espace.slug, commande="tests")


@pytest.fixture
def equipe(hameau: EspaceDeContrat, client: Client) -> Client:
    client.force_login(member("Ida Équipe", Role.EQUIPE, hameau).utilisateur)
    return client


@pytest.fixture
def rythme(hameau: EspaceDeContrat) -> AnomalieRelevee:
    return AnomalieRelevee.objects.get(espace=hameau, regle="GOV001")


def text(client: Client, url: str = LIST, **asked: str) -> str:
    answer = client.get(url, asked)
    assert answer.status_code == 200, url
    return html_of(answer).replace("\xa0", " ").replace("\u202f", " ")


def rows(client: Client, **asked: str) -> list[dict[str, str]]:
    answer = client.get(LIST.rstrip("/") + ".csv", asked)
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def admitted(espace: EspaceDeContrat, fin: str = "2099-12-31") -> Derogation:
    return Derogation.objects.create(
        espace=espace, regle="GOV001", code="G01", motif="Prévu en juin.", auteur="Comité", fin=fin
    )


def test_each_anomaly_leads_to_its_rule_its_item_and_its_lines(equipe: Client) -> None:
    page = text(equipe)
    assert 'href="/regles/FIN001/"' in page
    assert 'href="/contrats/hameau-2024-2030/gouvernance/G01"' in page
    assert 'href="/contrats/hameau-2024-2030/document/?lignes=9#l9"' in page
    assert "→ " in page


def test_of_a_contract_that_is_not_public_nothing_leads_to_public_pages(equipe: Client) -> None:
    EspaceDeContrat.objects.update(etat="signe")
    page = text(equipe)
    assert "/contrats/" not in page
    assert "G01" in page


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"gravite": "bloquante"}, None),
        ({"famille": "GOV"}, {"", "G01"}),
        ({"partie": "gouvernance"}, {"G01"}),
        ({"partie": "ensemble", "famille": "DRT"}, {""}),
        ({"partie": "O01", "famille": "FIN"}, {"O01"}),
        ({"element": "g01"}, {"G01"}),
        ({"q": "rythme réunit"}, {"G01"}),
        ({"q": "gov001"}, {"G01"}),
    ],
)
def test_one_filters_by_gravity_family_part_item_and_words(equipe: Client, asked: dict, codes: set | None) -> None:
    found = rows(equipe, **asked)
    if codes is None:
        assert {row["Gravité"] for row in found} <= {"bloquante"}
    else:
        assert {row["Élément"] for row in found} == codes


def test_an_unknown_filter_is_refused_in_french(equipe: Client) -> None:
    assert equipe.get(LIST, {"gravite": "énorme"}).status_code == 422


def test_what_is_admitted_leaves_the_list_and_is_told_apart(
    equipe: Client, hameau: EspaceDeContrat, rythme: AnomalieRelevee
) -> None:
    admitted(hameau)
    assert rythme.phrase not in {row["Ce qui ne va pas"] for row in rows(equipe)}
    assert rythme.phrase in {row["Ce qui ne va pas"] for row in rows(equipe, etat="admises")}
    page = text(equipe)
    assert "en vigueur" in page
    assert "jusqu’au 31 décembre 2099, par Comité. Prévu en juin." in page


def test_a_dérogation_that_ended_or_serves_no_more_says_so(equipe: Client, hameau: EspaceDeContrat) -> None:
    admitted(hameau, "2025-01-01")
    assert re.search(r"a pris fin</span>\s+le 1er janvier 2025, par Comité", text(equipe))
    Derogation.objects.update(fin="2099-01-01", code="G99")
    assert "n’admet plus rien" in text(equipe)


def test_one_admits_an_anomaly_then_withdraws_it(equipe: Client, rythme: AnomalieRelevee) -> None:
    url = f"{LIST}{rythme.pk}/admettre/"
    assert "Admettre cette anomalie" in text(equipe, url)
    sent = {"motif": "Prévu.", "auteur": "Comité", "fin": "2099-12-31"}
    assert equipe.post(url, sent).url == LIST
    kept = Derogation.objects.get()
    assert "Prévu." in text(equipe, url)  # what is there is what one changes
    url = f"{LIST}derogations/{kept.pk}/retirer/"
    assert "Retirer cette dérogation" in text(equipe, url)
    assert Derogation.objects.count() == 1
    assert equipe.post(url).url == LIST
    assert Derogation.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"motif": ""}, {"auteur": ""}, {"fin": ""}, {"fin": "2020-01-01"}, {"fin": "demain"}]
)
def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    equipe: Client, rythme: AnomalieRelevee, wrong: dict
) -> None:
    sent = {"motif": "Prévu en juin.", "auteur": "Comité", "fin": "2099-12-31"} | wrong
    answer = equipe.post(f"{LIST}{rythme.pk}/admettre/", sent)
    assert answer.status_code == 422
    assert all(value in answer.content.decode() for value in sent.values() if value)
    assert Derogation.objects.count() == 0


def test_the_anomaly_or_the_dérogation_of_another_contract_is_not_found(
    equipe: Client, colline: EspaceDeContrat
) -> None:
    elsewhere = AnomalieRelevee.objects.create(espace=colline, rang=0, regle="GOV001", gravite="à corriger")
    assert equipe.get(f"{LIST}{elsewhere.pk}/admettre/").status_code == 404
    other = admitted(colline)
    assert equipe.post(f"{LIST}derogations/{other.pk}/retirer/").status_code == 404


@pytest.mark.parametrize(("format", "head"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_report_is_printed_admitted_ones_apart(
    equipe: Client, hameau: EspaceDeContrat, format: str, head: bytes
) -> None:
    admitted(hameau)
    answer = equipe.get(f"{LIST}rapport.{format}")
    assert answer.content.startswith(head)
    assert f"hameau-2024-2030-qualite.{format}" in answer["Content-Disposition"]
    assert equipe.get(f"{LIST}rapport.odt").status_code == 404


def test_without_the_document_the_page_says_what_is_not_verified(client: Client) -> None:
    espace = charger().espace
    client.force_login(member("Ida Équipe", Role.EQUIPE, espace).utilisateur)
    assert "ne sont pas vérifiées" in text(client)


def test_a_contract_that_no_rule_went_through_says_so(equipe: Client, hameau: EspaceDeContrat) -> None:
    hameau.controle.delete()
    AnomalieRelevee.objects.all().delete()
    page = text(equipe)
    assert "n’est pas encore passé par les règles" in page
    assert "Aucune anomalie" in page


def test_beside_an_item_the_team_sees_its_anomalies_and_the_public_none(
    equipe: Client, hameau: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    page = "/contrats/hameau-2024-2030/gouvernance/G01"
    assert "ce que les règles trouvent ici" in text(equipe, page)
    assert f"{LIST}?element=G01" in text(equipe, page)
    AnomalieRelevee.objects.create(espace=hameau, rang=999, regle="STR004", gravite="à corriger", code="O01-A01")
    assert f"{LIST}?element=O01-A01" in text(equipe, "/espace/hameau-2024-2030/actions/O01-A01/")
    admitted(hameau)
    AnomalieRelevee.objects.exclude(regle="GOV001").delete()
    assert "ce que les règles trouvent ici" not in text(equipe, page)
    Derogation.objects.all().delete()
    for someone in (None, member("Léo Lecture", Role.LECTURE, hameau), people["voisin"]):
        equipe.logout()
        if someone:
            equipe.force_login(someone.utilisateur)
        assert "les règles trouvent" not in text(equipe, page), someone or AnonymousUser()


def test_the_list_asks_as_many_questions_whatever_its_length(equipe: Client, hameau: EspaceDeContrat) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            equipe.get(LIST)
        return len(caught)

    text(equipe)
    before = count()
    AnomalieRelevee.objects.bulk_create(
        AnomalieRelevee(espace=hameau, rang=1000 + n, regle="GOV001", gravite="à corriger", code=f"G{n}", phrase="x.")
        for n in range(10, 40)
    )
    for n in range(10, 20):
        Derogation.objects.create(
            espace=hameau, regle="GOV001", code=f"G{n}", motif="x", auteur="y", fin=horloge.today()
        )
    assert count() == before
