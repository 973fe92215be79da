"""« En ce moment »: what comes, began, was done; its filters, its files, its feeds, and what the team keeps of it."""

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar

from tenir.core import horloge
from tenir.engagements.models import SuiviDEngagement
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import PUBLIE, Genre

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def today(fictif: EspaceDeContrat) -> date:
    return horloge.today(fictif)


@pytest.fixture
def lived(fictif: EspaceDeContrat, today: date) -> EspaceDeContrat:
    """An action that began and has steps and news, one that stopped, a promise awaited and one kept."""
    fiches = FicheAction.objects.filter(espace=fictif)
    fiches.filter(action__code="O01-A01").update(
        statut="en-cours", statut_depuis=today, debut_reel=today - timedelta(20), fin_prevue=today + timedelta(200)
    )
    fiches.filter(action__code="O02-A01").update(
        statut="suspendue", statut_depuis=today - timedelta(3), motif="Local fermé."
    )
    going = fiches.get(action__code="O01-A01")
    for titre, fields in (("Choisir", {"atteint_le": today - timedelta(5)}), ("Ouvrir", {})):
        Jalon.objects.create(fiche=going, titre=titre, prevu_le=today + timedelta(10), **fields)
    Nouvelle.objects.create(fiche=going, le=today - timedelta(1), texte="Les clés sont là.")
    promises = SuiviDEngagement.objects.filter(espace=fictif)
    promises.filter(engagement__code="S01-E02").update(attendu_pour=today + timedelta(30))
    promises.filter(engagement__code="S01-E03").update(etat="tenu", etat_depuis=today - timedelta(8))
    return fictif


def keep(espace: EspaceDeContrat, *genres: Genre) -> None:
    EspaceDeContrat.objects.filter(pk=espace.pk).update(**{PUBLIE[genre]: False for genre in genres})


def told(exported, espace: EspaceDeContrat, **query: str) -> list[tuple[str, str, str]]:
    rows = exported(espace, "en-ce-moment.csv", **query)
    return [(row["Rubrique"], row["Code"], row["Ce qui arrive"].replace("\xa0", " ")) for row in rows]


FACTS = [
    ("Ce qui vient", "O01-A01", "Étape attendue : Ouvrir"),
    ("Ce qui vient", "S01-E02"),
    ("Ce qui a commencé", "O01-A01", "L’action a commencé"),
    ("Ce qui a été fait", "O01-A01", "Étape faite : Choisir"),
    ("Ce qui a été fait", "S01-E03"),
    ("Ce qui s’est arrêté", "O02-A01", "L’action est suspendue"),
    ("Les nouvelles", "O01-A01", "Nouvelle"),
]


def test_each_fact_stands_in_its_section_the_nearest_first(lived, page, exported):
    rows = told(exported, lived)
    assert [row[: len(fact)] for row, fact in zip(rows, FACTS, strict=True)] == FACTS
    html = page(lived, "en-ce-moment/").replace("\xa0", " ")
    assert "Depuis trois mois, 1 action a commencé et 2 choses ont été faites. D’ici trois mois, 2 échéances." in html
    for words in ("Les clés sont là.", "Local fermé.", "Étape attendue : Ouvrir"):
        assert words in html
    assert "Étape attendue : Ouvrir" in page(lived).replace("\xa0", " ")


def test_a_theme_and_a_longer_time_may_be_asked(lived, exported):
    assert {code for _, code, _ in told(exported, lived, theme="O02")} == {"O02-A01", "S01-E02"}
    assert {code for _, code, _ in told(exported, lived, theme="A")} >= {"O01-A01", "O02-A01"}
    year = told(exported, lived, periode="365")
    assert ("Ce qui vient", "O01-A01", "L’action doit finir") in year


def test_what_comes_is_a_calendar_and_what_happened_a_feed(lived, client: Client, page, today):
    base = f"/contrats/{lived.slug}/en-ce-moment"
    answer = client.get(f"{base}.ics?theme=O01")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(one["summary"]).replace("\xa0", " ") for one in events] == ["Étape attendue : Ouvrir (fictif)"]
    assert events[0]["dtstart"].dt == today + timedelta(10)
    assert client.get(f"{base}.ics?theme=O01").content == answer.content
    feed = ElementTree.fromstring(client.get(f"{base}.atom").content)  # noqa: S314 (ours)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    assert "Les clés sont là." in entries[0].findtext(f"{ATOM}summary")
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == 5
    assert entries[0].find(f"{ATOM}link").get("href") == f"http://testserver/contrats/{lived.slug}/actions/O01-A01"
    html = page(lived, "en-ce-moment/", theme="O01")
    assert f"webcal://testserver{base}.ics?theme=O01" in html
    assert f"http://testserver{base}.ics?theme=O01" in html


@pytest.mark.parametrize(
    ("genre", "gone"),
    [(Genre.ETAPES, {0, 3}), (Genre.ENGAGEMENTS, {1, 4}), (Genre.NOUVELLES, {6}), (Genre.RETARDS, set())],
)
def test_what_the_team_keeps_is_in_no_page_file_nor_feed(lived, page, exported, client: Client, genre, gone):
    keep(lived, genre)
    rows = told(exported, lived)
    left = [fact for rank, fact in enumerate(FACTS) if rank not in gone]
    assert [row[: len(fact)] for row, fact in zip(rows, left, strict=True)] == left
    assert "Non publié par l’équipe du contrat" in page(lived, "en-ce-moment/").replace("\xa0", " ")
    feed = ElementTree.fromstring(client.get(f"/contrats/{lived.slug}/en-ce-moment.atom").content)  # noqa: S314
    assert len(feed.findall(f"{ATOM}entry")) == sum(section != "Ce qui vient" for section, *_ in left)


def test_a_revised_day_that_is_kept_leaves_no_other_in_its_place(lived, exported, today):
    FicheAction.objects.filter(action__code="O01-A01").update(
        fin_prevue=today + timedelta(40), fin_revisee=today + timedelta(50)
    )
    assert ("Ce qui vient", "O01-A01", "L’action doit finir") in told(exported, lived)
    keep(lived, Genre.RETARDS)
    assert ("Ce qui vient", "O01-A01", "L’action doit finir") not in told(exported, lived)


def test_where_nothing_happens_it_is_said(petit, vide, page):
    for espace in (petit, vide):
        html = page(espace, "en-ce-moment/").replace("\xa0", " ")
        assert "Depuis trois mois, rien n’est dit commencé ni fait. D’ici trois mois, rien n’est annoncé." in html
        assert html.count("Rien n’est annoncé.") == 1


def test_it_costs_no_query_per_action(lived, petit, queries):
    assert queries(lived, "en-ce-moment/") <= queries(petit, "en-ce-moment/") + 4  # what petit has no row to look for
