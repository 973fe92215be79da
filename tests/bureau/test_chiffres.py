"""The contract in figures: what is counted, that parts make the whole, and where each figure leads."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.bureau.ecrans.compte import DECLAREES, MESURES, SANS_DATE, Contrat, count
from tenir.core import horloge
from tenir.fiches.enums import Statut
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import fiche, jalon, orientation

As = Callable[[str], Client]
TODAY = horloge.today()
LONG_AGO, YESTERDAY, SOON = TODAY - timedelta(days=400), TODAY - timedelta(days=1), TODAY + timedelta(days=9)
CARRIED = {"pilots": ("ccas",), "ouverte_le": YESTERDAY}


@pytest.fixture
def lived(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """Two axes: in the first an action of each kind, in the second one of which nothing is said, and no other."""
    fiche(vallon, "O01-A01", statut="en-cours", fin_prevue=YESTERDAY, **CARRIED)
    fiche(vallon, "O01-A02", statut="realisee", debut_reel=LONG_AGO, fin_reelle=YESTERDAY, **CARRIED)
    fiche(vallon, "O01-A03", statut="en-preparation", **{**CARRIED, "ouverte_le": LONG_AGO})
    jalon(fiche(vallon, "O02-A01", statut="realisee", **CARRIED), SOON)
    fiche(vallon, "O02-A02", statut="abandonnee", motif="faute de lieu", **CARRIED)
    fiche(vallon, "O02-A03", pilots=("?Mission ville",), ouverte_le=YESTERDAY)
    fiche(vallon, "O02-A04", statut="a-lancer", **CARRIED)
    fiche(vallon, "O02-A05", statut="suspendue", **CARRIED)
    orientation(vallon, "O03", axe="B")
    fiche(vallon, "O03-A01", **CARRIED)
    orientation(vallon, "O04", axe="B")
    return vallon


def page(client: Client, espace: EspaceDeContrat) -> str:
    answer = client.get(reverse("chiffres", args=[espace.slug]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def counts(found: Contrat, code: str) -> dict[str, int]:
    return next(line.comptes for line, _ in found.lignes() if line.code == code)


def test_each_kind_is_counted_where_it_is(lived: EspaceDeContrat) -> None:
    found = count(lived, TODAY)
    said = {name: value for name, value in counts(found, "O01").items() if value}
    assert said == {"actions": 3, "en-cours": 1, "realisee": 1, "en-preparation": 1, "retard": 1, "silence": 1,
                    "ecart": 2, SANS_DATE: 1}  # fmt: skip
    said = {name: value for name, value in counts(found, "O02").items() if value}
    assert said == {"actions": 5, "a-lancer": 1, "realisee": 1, "suspendue": 1, "abandonnee": 1,
                    "aucun": 1, "ecart": 1, "designer": 1, "rien": 1,
                    SANS_DATE: 4}  # fmt: skip


def test_the_parts_make_the_whole(lived: EspaceDeContrat) -> None:
    found = count(lived, TODAY)
    for name in ("actions", SANS_DATE, *(mesure.nom for mesure in MESURES)):
        parts = [line.comptes[name] for groupe in found.groupes for line in groupe.orientations]
        axes = [groupe.axe.comptes[name] for groupe in found.groupes]
        assert sum(parts) == sum(axes) == found.total.comptes[name]
    assert found.total.actions == lived.fiches.count() == 9


def test_each_action_has_one_declared_status(lived: EspaceDeContrat) -> None:
    for line, _ in count(lived, TODAY).lignes():
        assert sum(line.comptes[mesure.nom] for mesure in DECLAREES) == line.actions


def test_an_orientation_without_an_action_is_shown(as_: As, lived: EspaceDeContrat) -> None:
    assert counts(count(lived, TODAY), "O04")["actions"] == 0
    assert "Orientation O04" in page(as_("lecture"), lived)


def test_every_declared_status_has_its_column() -> None:
    assert {mesure.nom for mesure in DECLAREES} == {"aucun", *Statut.values}


@pytest.mark.parametrize("measure", ["actions", *(mesure.nom for mesure in MESURES)])
def test_a_figure_leads_to_the_actions_it_counts(as_: As, lived: EspaceDeContrat, measure: str) -> None:
    client, found = as_("equipe"), count(lived, TODAY)
    demand = next((mesure.demande for mesure in MESURES if mesure.nom == measure), "")
    table = reverse("fiches", args=[lived.slug])
    lines = [line for line in (found.total, *(line for line, _ in found.lignes())) if line.comptes[measure]]
    assert lines
    for line in lines:
        query = "&".join(part for part in (line.demande, demand) if part)
        rows = client.get(f"{table}?{query}").content.decode()
        codes = set(re.findall(r"O\d\d-A\d\d", re.search(r"<tbody.*|$", rows, re.S)[0]))
        assert len(codes) == line.comptes[measure], query


def test_the_address_of_a_figure_is_that_of_its_line_and_column(as_: As, lived: EspaceDeContrat) -> None:
    table = reverse("fiches", args=[lived.slug])
    html = page(as_("lecture"), lived)
    assert f'<a href="{table}?orientation=O01&amp;retard=oui">1</a>' in html
    assert f'<a href="{table}?axe=A&amp;designer=oui">1</a>' in html
    assert f'<a href="{table}?statut=aucun">2</a>' in html


def test_an_axis_is_told_in_a_sentence(as_: As, lived: EspaceDeContrat) -> None:
    html = page(as_("lecture"), lived)
    assert (
        "De ses 8 actions, 1 est en cours, 2 sont réalisées, 1 est en préparation, 1 est à lancer, 1 est suspendue "
        "et 1 est abandonnée ; "
        "1 est en retard ; 1 est sans nouvelles ; rien n’est annoncé de 1 ; 1 attend un porteur."
    ) in html
    assert "Rien n’est encore annoncé de la seule action." in html


def test_what_is_not_known_is_said(as_: As, lived: EspaceDeContrat) -> None:
    html = page(as_("lecture"), lived)
    assert "Le statut de 2 actions n’est pas connu" in html
    assert "6 actions n’en ont aucune" in html
    assert "après six mois de silence" in html


def test_a_contract_without_a_fiche_has_no_figure_and_says_so(as_: As, vallon: EspaceDeContrat) -> None:
    assert "Ce contrat n’a encore aucune orientation." in page(as_("lecture"), vallon)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_figures_leave_as_a_file(as_: As, lived: EspaceDeContrat, format: str) -> None:
    answer = as_("lecture").get(reverse("chiffres-export", args=[lived.slug, format]))
    assert answer.status_code == 200
    assert f'filename="vallon-chiffres.{format}"' in answer["Content-Disposition"]


def test_every_row_of_the_file_names_the_contract(as_: As, lived: EspaceDeContrat) -> None:
    text = as_("lecture").get(reverse("chiffres-export", args=[lived.slug, "csv"])).content.decode("utf-8-sig")
    head, *rows = [line.split(";") for line in text.splitlines()]
    assert {row[0] for row in rows} == {lived.titre}
    assert [row[2] for row in rows] == ["A", "O01", "O02", "B", "O03", "O04", ""]
    total = dict(zip(head, rows[-1], strict=True))
    assert (total["Actions"], total["En retard"], total["Sans aucune date"]) == ("9", "1", "6")


def test_the_number_of_queries_does_not_grow(as_: As, lived: EspaceDeContrat) -> None:
    client = as_("equipe")
    page(client, lived)
    with CaptureQueriesContext(connection) as few:
        page(client, lived)
    for rank in range(10, 30):
        jalon(fiche(lived, f"O{rank}-A01", statut="en-cours"), YESTERDAY)
    with CaptureQueriesContext(connection) as many:
        page(client, lived)
    assert len(many) == len(few) <= 7
