"""The list of indicators and the page of one: what is known, what is missing, what is awaited."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tenir.acteurs.models import Personne
from tenir.contrat.models import Indicateur
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.indicateurs.enums import StatutDeReleve
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.services.indicateur import Mesure, define_indicateur, judge_releve, record_releve
from tests.formulaires import text
from tests.mesures import cible, releve
from tests.personnes import body
from tests.vie import indicateur, orientation

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]
CODE = re.compile(r'<td role="cell" class="code en-ligne">([^<]+)</td>')


def url(espace: EspaceDeContrat, name: str = "suivi-indicateurs", *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def codes(client: Client, espace: EspaceDeContrat, **asked: str) -> list[str]:
    answer = client.get(url(espace), asked)
    assert answer.status_code == 200
    return CODE.findall(answer.content.decode())


def exported(client: Client, espace: EspaceDeContrat, **asked: str) -> list[dict[str, str]]:
    answer = client.get(url(espace, "suivi-indicateurs-export", "csv"), asked)
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def read(client: Client, of: SuiviDIndicateur) -> str:
    answer = client.get(url(of.espace, "suivi-indicateur", of.code))
    assert answer.status_code == 200
    return text(answer)


@pytest.fixture
def four(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """Four indicators: whole and in time, late, without a reading, of which nothing is known."""
    today = horloge.today()
    start = {"reference": Decimal("8"), "reference_le": date(2023, 12, 31), "reference_source": "bilan"}
    whole = indicateur(vallon, "I01", organisme=body("ccas"), unite="parents", frequence="annuelle", **start)
    releve(whole, "1415.5", today, debut=date(today.year, 1, 1), statut="valide")
    cible(whole, "2000", date(today.year + 2, 12, 31))
    late = indicateur(vallon, "I02", organisme=body("caf"), frequence="mensuelle", unite="%")
    for part, value in (("femmes", "12"), ("hommes", "9")):
        releve(late, value, date(2026, 6, 30), ventilation=part)
    indicateur(vallon, "I03", organisme=body("ccas"), frequence="mensuelle", ouvert_le=today)
    indicateur(vallon, "I04")
    Indicateur.objects.filter(code="I04").update(libelle="Élèves accompagnés", cible="80 % en 2030")
    Indicateur.objects.get(code="I02").orientations.add(orientation(vallon, "O02"))
    return vallon


# The list


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, "I01 I02 I03 I04"),
        ({"responsable": "ccas"}, "I01 I03"),
        ({"responsable": "aucun"}, "I04"),
        ({"definir": "oui"}, "I02 I03 I04"),
        ({"definir": "releve"}, "I03 I04"),
        ({"definir": "unite"}, "I03 I04"),
        ({"releve": "retard"}, "I02"),
        ({"releve": "attendu"}, "I02"),
        ({"releve": "aucun"}, "I03 I04"),
        ({"orientation": "O02"}, "I02"),
        ({"q": "eleve accompagnes"}, "I04"),
        ({"q": "indicateur CAF"}, "I02"),
        ({"q": "absent"}, ""),
        ({"responsable": "ccas", "releve": "aucun"}, "I03"),
        ({"sort": "-code"}, "I04 I03 I02 I01"),
        ({"sort": "libelle"}, "I04 I01 I02 I03"),
        ({"sort": "responsable"}, "I02 I01 I03 I04"),
        ({"sort": "-responsable"}, "I01 I03 I02 I04"),
        ({"sort": "attendu"}, "I02 I03 I01 I04"),
        ({"sort": "-attendu"}, "I01 I03 I02 I04"),
    ],
)
def test_the_address_says_which_indicators_and_in_which_order(
    as_: As, four: EspaceDeContrat, asked: dict[str, str], kept: str
) -> None:
    client = as_("lecture")
    assert codes(client, four, **asked) == kept.split()
    assert [row["Code"] for row in exported(client, four, **asked)] == kept.split()


def test_one_s_own_are_those_her_body_answers_for(as_: As, four: EspaceDeContrat) -> None:
    assert codes(as_("partenaire"), four, responsable="moi") == ["I01", "I03"]
    answer = as_("lecture").get(url(four), {"responsable": "moi"})
    assert answer.status_code == 422, "who acts for no body has none of her own"


def test_a_line_tells_the_last_value_with_all_that_goes_with_it(as_: As, four: EspaceDeContrat) -> None:
    rows = {row["Code"]: row for row in exported(as_("lecture"), four)}
    today = horloge.today().isoformat()
    whole = rows["I01"]
    assert whole["Contrat"] == "Contrat vallon"
    assert (whole["Dernière valeur"], whole["Unité"], whole["Statut du relevé"]) == ("1415,5", "parents", "validé")
    assert (whole["Période"][-10:], whole["Source du relevé"]) == (today, "registre du centre")
    assert (whole["Cible"], whole["En retard"], whole["Ce qui manque"]) == ("2000", "non", "")
    assert rows["I02"]["Dernière valeur"].replace("\xa0", " ").replace("\u202f", " ") == "femmes : 12 ; hommes : 9"
    assert (rows["I02"]["Prochain relevé"], rows["I02"]["En retard"]) == ("2026-07-31", "oui")
    assert rows["I04"]["Dernière valeur"] == rows["I04"]["Prochain relevé"] == ""
    html = as_("lecture").get(url(four)).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    for told in ("1 415,5 parents", "12 % pour « femmes »", "en retard", "aucun relevé", "le contrat imprime : 80 %"):
        assert told in html, told


def test_the_workbook_holds_numbers(as_: As, four: EspaceDeContrat) -> None:
    answer = as_("lecture").get(url(four, "suivi-indicateurs-export", "xlsx"))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("Dernière valeur") + 1).value == 1415.5


def test_a_contract_without_indicators_says_so(as_: As, vallon: EspaceDeContrat) -> None:
    assert "Aucun indicateur pour l’instant." in text(as_("lecture").get(url(vallon)))


def test_the_list_costs_the_same_whatever_its_length(as_: As, four: EspaceDeContrat) -> None:
    client = as_("partenaire")

    def queries(path: str, **asked: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path, asked).status_code == 200
        return len(seen)

    paths = [url(four), url(four, "suivi-indicateurs-export", "csv")]
    every = {"q": "indicateur", "responsable": "moi", "releve": "attendu", "definir": "oui", "sort": "attendu"}
    few = [[queries(path), queries(path, **every)] for path in paths]
    for rank in range(5, 30):
        of = indicateur(four, f"I{rank:02}", organisme=body(f"b{rank}"), frequence="mensuelle")
        releve(of)
        cible(of)
    assert [[queries(path), queries(path, **every)] for path in paths] == few
    assert few[0][0] <= 20


def test_the_indicators_of_another_contract_are_not_there(
    as_: As, four: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    indicateur(colline, "I09")
    assert "I09" not in codes(as_("lecture"), four)
    for who in ("equipe", "administration"):
        assert as_(who).get(url(four, "suivi-indicateur", "I09")).status_code == 404


def test_the_list_opens_with_a_sentence_made_from_the_data(
    as_: As, four: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    said = text(as_("lecture").get(url(four)))
    assert (
        "Quatre indicateurs suivis : un n’a pas de responsable, deux n’ont aucun relevé, un attend un relevé en retard."
    ) in said
    assert "Le contrat n’imprime aucun indicateur" in text(as_("voisin").get(url(colline)))


# The page of one


def test_an_indicator_of_which_nothing_is_known_says_all_that_is_missing(as_: As, vallon: EspaceDeContrat) -> None:
    html = read(as_("lecture"), indicateur(vallon))
    assert "Aucun relevé n’est encore donné." in html
    assert "Aucun relevé : on ne sait pas encore où en est cet indicateur." in html
    assert "organisme responsable, unité, fréquence, valeur de départ, cible, relevé." in html
    assert "Aucune cible n’est fixée" in html
    assert html.count("à définir") >= 5
    assert "<svg" not in as_("lecture").get(url(vallon, "suivi-indicateur", "I01")).content.decode()


def test_a_figure_never_travels_alone(as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    of = indicateur(vallon, organisme=body("ccas"), unite="parents", frequence="semestrielle")
    partner, team = acces_of(people["partenaire"]), acces_of(people["equipe"])
    given = record_releve(
        by=partner,
        suivi=of,
        mesure=Mesure(date(2026, 1, 1), date(2026, 6, 30), Decimal("47.4"), "cahier d’accueil", "femmes", "sans juin"),
    )
    judge_releve(by=team, releve=given, statut=StatutDeReleve.CONTESTE, motif="juin manque")
    html = read(as_("lecture"), of)
    for told in (
        "47,4 parents", "pour « femmes »", "du 1er janvier au 30 juin 2026", "contesté", "juin manque",
        "cahier d’accueil", "sans juin", "Cléo Relais, CCAS",
    ):  # fmt: skip
        assert told in html, told


def test_the_chart_and_its_table_tell_the_same(as_: As, four: EspaceDeContrat) -> None:
    releve(SuiviDIndicateur.objects.get(indicateur__code="I02"), "21", date(2026, 6, 30), statut="conteste")
    html = as_("lecture").get(url(four, "suivi-indicateur", "I02")).content.decode()
    assert html.count('role="img"') == 2, "one for each width"
    assert "3\xa0relevés" in html
    assert "△\xa0relevé provisoire, ✕\xa0relevé contesté" in html
    svg = html[html.index("<svg") : html.index("</svg>")]
    for name in ("ensemble", "femmes", "hommes"):
        assert f">{name}</text>" in svg
    assert " style=" not in html
    assert "<script" not in html
    start = read(as_("lecture"), SuiviDIndicateur.objects.get(indicateur__code="I01"))
    assert "départ 8" in start
    assert "cible 2 000" in start.replace("\u202f", " ")


def test_a_chart_holds_whatever_was_kept(as_: As, vallon: EspaceDeContrat) -> None:
    of = indicateur(vallon, unite="\x0bparents</text><script>")
    for day, value in (
        (date(1990, 1, 1), "-99999999999.9999"),
        (date(2026, 6, 30), "99999999999"),
        (date(2100, 1, 1), "0"),
    ):
        releve(of, value, day, debut=day, ventilation=f"« {value} » \x1f")
    html = as_("lecture").get(url(vallon, "suivi-indicateur", of.code)).content.decode()
    assert html.count("<svg") == 2
    assert "<script" not in html


def test_a_corrected_reading_stays_to_be_read(as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    of, team = indicateur(vallon), acces_of(people["equipe"])
    half = (date(2026, 1, 1), date(2026, 6, 30))
    first = record_releve(by=team, suivi=of, mesure=Mesure(*half, Decimal(45), "registre"))
    second = record_releve(
        by=team, suivi=of, mesure=Mesure(*half, Decimal(40), "registre relu"), corrige=first, motif="cinq doubles"
    )
    record_releve(by=team, suivi=of, mesure=Mesure(*half, Decimal(41), "relu"), corrige=second, motif="un oubli")
    answer = as_("lecture").get(url(vallon, "suivi-indicateur", of.code))
    kept = {(row.valeur, row.devenu.partition(",")[0], row.pourquoi) for row in answer.context["corriges"]}
    assert kept == {("45", "40", "cinq doubles"), ("40", "41", "un oubli")}
    assert [row.valeur for row in answer.context["releves"]] == ["41"]
    assert "45 → 40" in text(answer)


def test_its_history_is_told_in_words(as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    of, team = indicateur(vallon), acces_of(people["equipe"])
    define_indicateur(
        by=team,
        suivi=of,
        version=1,
        changes={"unite": "parents", "personne": people["partenaire"], "frequence": "unique"},
    )
    html = read(as_("lecture"), of)
    for told in ("Unité : parents", "Personne responsable : Cléo Relais", "Fréquence : une fois", "Basile Pivot"):
        assert told in html, told


def test_a_repeat_leads_to_its_first(as_: As, vallon: EspaceDeContrat) -> None:
    first = indicateur(vallon)
    Indicateur.objects.create(espace=vallon, code="I17", libelle="Le même", ordre=17, repete=first.indicateur)
    answer = as_("lecture").get(url(vallon, "suivi-indicateur", "I17"))
    assert (answer.status_code, answer["Location"]) == (302, url(vallon, "suivi-indicateur", "I01"))
    assert "répété sous le code I17" in text(as_("lecture").get(url(vallon)))
    assert as_("equipe").get(url(vallon, "suivi-indicateur-definir", "I17")).status_code == 404


def test_the_page_costs_the_same_whatever_its_readings(as_: As, vallon: EspaceDeContrat) -> None:
    client, of = as_("equipe"), indicateur(vallon, frequence="annuelle")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            read(client, of)
        return len(seen)

    wrong = releve(of, "1", date(2025, 6, 30))
    releve(of, "2", date(2025, 6, 30), corrige=wrong, pour=body("ccas"))
    few = queries()
    for year in range(2010, 2025):
        wrong = releve(of, "1", date(year, 6, 30), pour=body(f"b{year}"))
        releve(of, "2", date(year, 6, 30), corrige=wrong, pour=body("ccas"))
        cible(of, le=date(year + 20, 12, 31))
    assert queries() == few <= 20


@pytest.mark.parametrize("who", ["lecture", "partenaire", "equipe", "administration"])
def test_reading_a_page_changes_nothing(as_: As, vallon: EspaceDeContrat, who: str) -> None:
    of = indicateur(vallon, organisme=body("ccas"))
    one, wanted = releve(of), cible(of)
    client = as_(who)
    for name, args in (
        *((name, ()) for name in ("", "-definir", "-cible-nouvelle", "-relever")),
        *((f"-cible-{name}", (wanted.pk,)) for name in ("modifier", "retirer")),
        *((f"-releve-{name}", (one.pk,)) for name in ("corriger", "valider", "contester")),
    ):
        client.get(url(vallon, f"suivi-indicateur{name}", of.code, *args))
        client.head(url(vallon, f"suivi-indicateur{name}", of.code, *args))
    assert not EntreeDeTrace.objects.exists()
    assert ReleveDIndicateur.objects.get().statut == StatutDeReleve.PROVISOIRE
    assert of.cibles.count() == 1


@pytest.mark.parametrize(
    ("who", "of", "offered"),
    [
        ("lecture", "ccas", set()),
        ("partenaire", "caf", set()),
        ("partenaire", "ccas", {"donner"}),
        ("equipe", "ccas", {"donner", "definir", "cible"}),
    ],
)
def test_a_page_offers_what_its_reader_may_do(
    as_: As, vallon: EspaceDeContrat, who: str, of: str, offered: set[str]
) -> None:
    owned = indicateur(vallon, organisme=body(of))
    releve(owned)
    answer = as_(who).get(url(vallon, "suivi-indicateur", owned.code))
    assert set(answer.context["gestes"]) == offered
    (row,) = answer.context["releves"]
    assert bool(row.corriger) == ("donner" in offered)
    assert bool(row.valider) == bool(row.contester) == (who == "equipe")
    assert ("Donner les relevés d’un indicateur est réservé" in text(answer)) == ("donner" not in offered)
