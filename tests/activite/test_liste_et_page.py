"""The list of what was done and the page of an entry: what each reader sees, in what words, in what order."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree
from tenir.activite.services.entree import judge_entree
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.activite.registre import HEURES, LE, VEILLE, entree, kinds
from tests.formulaires import text
from tests.personnes import acces
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]
NUMERO = re.compile(r'/activite/(\d+)/"')
CAFE = "nature: cafe\nest: atelier\nlibelle: Café-logement\nthemes: [logement]\n"


def url(espace: EspaceDeContrat, name: str = "activite", *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def listed(client: Client, espace: EspaceDeContrat, **asked: str) -> list[int]:
    answer = client.get(url(espace), asked)
    assert answer.status_code == 200, text(answer)
    return [int(one) for one in NUMERO.findall(answer.content.decode())]


def exported(client: Client, espace: EspaceDeContrat, **asked: str) -> list[dict[str, str]]:
    answer = client.get(url(espace, "activite-export", "csv"), asked)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def lede_of(client: Client, espace: EspaceDeContrat, **asked: str) -> str:
    shown = client.get(url(espace), asked).content.decode()
    return re.sub(r"\s+", " ", shown.partition('class="chapeau">')[2].partition("</p>")[0].replace("\u202f", " "))


def this_year(day: int = 1) -> date:
    return horloge.today().replace(month=1, day=day)


@pytest.fixture
def equipe(vallon: EspaceDeContrat) -> Acces:
    """Someone of the team, beside those who read."""
    return acces("Ali Plume", Role.EQUIPE, vallon)


@pytest.fixture
def lived(vallon: EspaceDeContrat, equipe: Acces) -> EspaceDeContrat:
    """Two workshops of the CCAS, one café of the CAF, one to be read, one fact for the team, one count of people."""
    kinds(vallon, CAFE, VEILLE, HEURES)
    place = Lieu.objects.create(espace=vallon, code="L01", ordre=1, nom="Maison des habitants")
    of = fiche(vallon)
    entree(equipe, vallon, 12, le=this_year(), lieu=place, valeurs={("presents", "sexe:f"): 7}).fiches.set([of])
    entree(equipe, vallon, 30, le=this_year(2), autre_lieu="Gymnase", quartier="oui", titre="Élèves et parents")
    entree(equipe, vallon, 8, nature="cafe", le=this_year(3), of="caf")
    waiting = entree(equipe, vallon, 5, le=this_year(4))
    Entree.objects.filter(pk=waiting.pk).update(confiance=Confiance.DECLAREE)
    entree(
        equipe, vallon, None, nature="veille", le=this_year(5), valeurs={("faits", ""): 3}, autre_lieu="Secteur gris"
    )
    people = {("heures", ""): "2.5", ("venus", ""): 14}
    entree(equipe, vallon, None, nature="heures", le=this_year(6), valeurs=people)
    return vallon


# The list


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"sort": "jour"}, [1, 2, 3, 4, 5, 6]),
        ({"nature": "atelier"}, [4, 3, 2, 1]),
        ({"nature": "cafe"}, [3]),
        ({"theme": "logement"}, [3]),
        ({"organisme": "caf"}, [3]),
        ({"lieu": "L01"}, [1]),
        ({"lieu": "autre:Gymnase"}, [2]),
        ({"action": "O01-A01"}, [1]),
        ({"quartier": "oui"}, [2]),
        ({"confiance": "déclarée"}, [4]),
        ({"statut": "prévue"}, []),
        ({"source": "carnet"}, []),
        ({"q": "eleves parent"}, [2]),
        ({"q": "maison"}, [1]),
        ({"du": this_year(3).isoformat(), "au": this_year(4).isoformat()}, [4, 3]),
        ({"groupe": "organisme"}, [3, 6, 5, 4, 2, 1]),
        ({"groupe": "action"}, [1, 6, 5, 4, 3, 2]),
        ({"groupe": "nature", "nature": "atelier"}, [4, 2, 1, 3]),
    ],
)
def test_the_list_is_filtered_sorted_and_grouped(
    as_: As, lived: EspaceDeContrat, asked: dict[str, str], kept: list[int]
) -> None:
    assert listed(as_("equipe"), lived, **asked) == kept


def test_months_come_the_latest_first(as_: As, lived: EspaceDeContrat, equipe: Acces) -> None:
    entree(equipe, lived, 3, le=date(2025, 12, 1))
    shown = text(as_("equipe").get(url(lived), {"groupe": "mois"}))
    assert shown.index(f"Janvier {this_year().year}") < shown.index("Décembre 2025")


def test_what_was_held_is_told_in_one_sentence(as_: As, lived: EspaceDeContrat) -> None:
    said = "4 séances tenues et 1 décompte cette année, 50 passages, 14 personnes ; 1 à lire."
    assert lede_of(as_("equipe"), lived).replace("\xa0", " ") == said
    assert lede_of(as_("lecture"), lived).replace("\xa0", " ").startswith("3 séances tenues et 1 décompte")
    assert lede_of(as_("equipe"), lived, organisme="caf").replace("\xa0", " ") == (
        "1 séance tenue dans cette vue, 8 passages."
    )
    assert "Rien ne répond" in lede_of(as_("equipe"), lived, statut="annulée")


def test_different_people_are_never_summed(as_: As, lived: EspaceDeContrat, equipe: Acces) -> None:
    entree(equipe, lived, None, nature="heures", le=this_year(7), valeurs={("heures", ""): 1, ("venus", ""): 47})
    assert "entre 47 et 61 personnes différentes" in lede_of(as_("lecture"), lived).replace("\xa0", " ")


def test_an_empty_register_says_so_and_how_long_it_takes(as_: As, vallon: EspaceDeContrat) -> None:
    assert "Rien n’est encore inscrit" in lede_of(as_("lecture"), vallon)


def test_what_is_for_the_team_is_nowhere_for_the_others(as_: As, lived: EspaceDeContrat) -> None:
    secret = Entree.objects.get(mots__code="veille")
    for who in ("partenaire", "lecture"):
        client = as_(who)
        assert listed(client, lived) == [6, 4, 3, 2, 1]
        assert client.get(url(lived, "entree", secret.numero)).status_code == 404
        shown = client.get(url(lived)).content.decode()
        assert "Toutes (5)" in shown
        for word in ("veille", "Secteur gris"):
            assert word not in shown
        assert [row["Nature"] for row in exported(client, lived)].count("Fait de veille") == 0
        assert "Faits" not in exported(client, lived)[0]
        assert client.get(url(lived), {"nature": "veille"}).status_code == 422
    assert as_("equipe").get(url(lived, "entree", secret.numero)).status_code == 200


def test_a_file_has_a_column_for_each_number_that_is_given(as_: As, lived: EspaceDeContrat) -> None:
    rows = exported(as_("equipe"), lived)
    headings = list(rows[0])
    assert headings.index("Présents") + 1 == headings.index("Présents, femmes")
    assert {"Heures", "Venus", "Faits"} < set(headings)
    assert not {"Présents, hommes", "Motifs, droits"} & set(headings)
    first = rows[-1]
    assert (first["Présents"], first["Présents, femmes"], first["Heures"]) == ("12", "7", "")
    assert (first["Du"], first["Au"], first["Actions"]) == (*[this_year().isoformat()] * 2, "O01-A01")
    assert rows[0]["Heures"] == "2,5"
    assert "Heures" not in exported(as_("equipe"), lived, nature="cafe")[0]
    assert "note" not in " ".join(headings).lower()


def test_a_workbook_holds_real_days_and_plain_numbers(as_: As, lived: EspaceDeContrat) -> None:
    answer = as_("equipe").get(url(lived, "activite-export", "xlsx"), {"nature": "atelier"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    last = dict(zip(rows[0], rows[-1], strict=True))
    assert last["Au"] == datetime.combine(this_year(), datetime.min.time())
    assert (last["Présents"], last["Présents, femmes"]) == (12, 7)


def test_the_list_costs_no_more_queries_with_more_rows(as_: As, lived: EspaceDeContrat, equipe: Acces) -> None:
    def cost(name: str, *args: str) -> int:
        client.get(url(lived, name, *args))
        with CaptureQueriesContext(
            connection,
        ) as found:
            client.get(url(lived, name, *args))
        return len(found)

    client = as_("equipe")
    before = cost("activite"), cost("activite-export", "csv")
    for day in range(10, 20):
        entree(equipe, lived, day, le=this_year(day)).fiches.set(lived.fiches.all())
    assert (cost("activite"), cost("activite-export", "csv")) == before


# The page


def test_an_entry_says_what_was_done_and_what_nobody_said(as_: As, lived: EspaceDeContrat) -> None:
    shown = text(as_("lecture").get(url(lived, "entree", 1)))
    day = f"1er janvier {this_year().year}"
    assert f"Séance tenue le {day} par le CCAS, Maison des habitants : 12 passages." in shown
    assert re.search(r"femmes\s+7\s+sexe non précisé\s+5", shown)
    assert "âge non précisé" not in shown
    assert "Action O01-A01" in shown


def test_an_entry_that_does_not_count_says_so(as_: As, lived: EspaceDeContrat, equipe: Acces) -> None:
    assert "elle ne compte pas encore" in text(as_("lecture").get(url(lived, "entree", 4)))
    judge_entree(by=equipe, entree=Entree.objects.get(numero=1), confiance=Confiance.CONTESTEE, motif="Double.")
    assert "contestée : elle ne compte pas" in text(as_("lecture").get(url(lived, "entree", 1)))


def test_what_is_planned_or_cancelled_is_told_as_such(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    planned = entree(equipe, vallon, None, le=horloge.today() + timedelta(days=3), statut=Statut.PREVUE)
    cancelled = entree(equipe, vallon, None, statut=Statut.ANNULEE)
    assert "Séance prévue le" in text(as_("lecture").get(url(vallon, "entree", planned.numero)))
    assert "Séance annulée, prévue le 12 mars 2026" in text(as_("lecture").get(url(vallon, "entree", cancelled.numero)))


def test_the_note_is_for_the_team_and_so_is_its_history(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon, 12, note="Rappeler le centre social")
    assert text(as_("equipe").get(url(vallon, "entree", made.numero))).count("Rappeler le centre social") == 2
    for who in ("partenaire", "lecture"):
        assert "Rappeler" not in text(as_(who).get(url(vallon, "entree", made.numero)))


def test_an_entry_counts_a_period_in_words(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, HEURES)
    given = {("heures", ""): "3.5", ("motifs", "choix:droits"): 2}
    made = entree(equipe, vallon, None, nature="heures", debut=date(2026, 1, 1), fin=LE, valeurs=given)
    shown = text(as_("lecture").get(url(vallon, "entree", made.numero)))
    assert "Décompte du 1er janvier 2026 au 12 mars 2026 par le CCAS : 3,5 heures." in shown
    assert re.search(r"Motifs\s+Droits\s+2", shown)
