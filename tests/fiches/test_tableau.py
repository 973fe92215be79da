"""The table of fiches: what each sees, what the address asks, what leaves in a file."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]
PAST = date(2026, 2, 1)
CODE = re.compile(r'<td role="cell" class="code en-ligne">([^<]+)</td>')


@pytest.fixture
def four(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """Four fiches: late; without news and to designate; in time, carried by two; without anything said."""
    today = timezone.localdate()
    late = fiche(vallon, "O01-A01", pilots=("ccas",), statut="en-cours", derniere_nouvelle_le=today)
    jalon(late, PAST, "Signer le bail")
    fiche(vallon, "O01-A02", pilots=("?les membres",), statut="a-lancer", ouverte_le=date(2025, 1, 1))
    coming = fiche(
        vallon, "O02-A01", pilots=("ccas", "caf"), statut="en-cours", debut_reel=PAST, derniere_nouvelle_le=today
    )
    jalon(coming, today + timedelta(days=30), "Ouvrir")
    fiche(vallon, "O02-A02", pilots=("caf",), difficultes="Le local est humide.", ouverte_le=today)
    return vallon


def get(client: Client, espace: EspaceDeContrat, **asked: object) -> str:
    answer = client.get(reverse("fiches", args=[espace.slug]), asked)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def codes(html: str) -> list[str]:
    return CODE.findall(html)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, "O01-A01 O01-A02 O02-A01 O02-A02"),
        ({"statut": "en-cours"}, "O01-A01 O02-A01"),
        ({"statut": "aucun"}, "O02-A02"),
        ({"calcule": "dans-les-temps"}, "O02-A01"),
        ({"axe": "A"}, "O01-A01 O01-A02 O02-A01 O02-A02"),
        ({"orientation": "O02"}, "O02-A01 O02-A02"),
        ({"porteur": "caf"}, "O02-A01 O02-A02"),
        ({"retard": "oui"}, "O01-A01"),
        ({"silence": "oui"}, "O01-A02"),
        ({"designer": "oui"}, "O01-A02"),
        ({"q": "action o02 absent"}, ""),
        ({"q": "ACTION O02-A02"}, "O02-A02"),
        ({"statut": "en-cours", "porteur": "caf"}, "O02-A01"),
        ({"sort": "-code"}, "O02-A02 O02-A01 O01-A02 O01-A01"),
        ({"sort": "jalon"}, "O01-A01 O02-A01 O01-A02 O02-A02"),
        ({"sort": "-jalon"}, "O02-A01 O01-A01 O01-A02 O02-A02"),
        ({"sort": "faits"}, "O01-A01 O01-A02 O02-A02 O02-A01"),
        ({"sort": "inconnue"}, "O01-A01 O01-A02 O02-A01 O02-A02"),
    ],
)
def test_the_address_says_which_fiches_and_in_which_order(as_: As, four: EspaceDeContrat, asked, kept) -> None:
    assert codes(get(as_("lecture"), four, **asked)) == kept.split()


def test_the_filters_keep_what_the_querysets_keep(as_: As, four: EspaceDeContrat) -> None:
    rows, today, client = FicheAction.objects.of(four), timezone.localdate(), as_("lecture")
    for asked, found in (
        ({"retard": "oui"}, rows.late(today)),
        ({"silence": "oui"}, rows.silent(today)),
        ({"designer": "oui"}, rows.to_designate(four)),
        ({"porteur": "ccas"}, rows.piloted_by(["ccas"], four)),
    ):
        assert codes(get(client, four, **asked)) == [one.code for one in found.select_related("action")]


def test_my_body_s_fiches_are_one_link_away(as_: As, four: EspaceDeContrat) -> None:
    html = get(as_("partenaire"), four, porteur="moi")
    assert codes(html) == ["O01-A01", "O02-A01"]
    assert "Ce que porte mon organisme (2)" in html
    assert "Ce que porte mon organisme" not in get(as_("equipe"), four)


def test_a_filter_that_cannot_be_read_is_told_and_exports_nothing(as_: As, four: EspaceDeContrat) -> None:
    answer = as_("lecture").get(reverse("fiches", args=[four.slug]), {"statut": "parfait", "orientation": "O02"})
    assert answer.status_code == 422
    assert codes(answer.content.decode()) == ["O02-A01", "O02-A02"]
    export = as_("lecture").get(reverse("fiches-export", args=[four.slug, "csv"]), {"statut": "parfait"})
    assert export.status_code == 400


@pytest.mark.parametrize("asked", ["code,ecart,fin_prevue", ["code", "ecart", "fin_prevue"]])
def test_columns_are_chosen_by_the_address(as_: As, four: EspaceDeContrat, asked) -> None:
    html = get(as_("lecture"), four, colonnes=asked)
    assert re.findall(r'<th scope="col" role="columnheader"[^>]*>(?:<a[^>]*>)?([^<]+)', html) == [
        "Code",
        "Écart",
        "Fin prévue",
    ]


def test_difficulties_are_read_by_the_team_and_by_who_carries_the_action(as_: As, four: EspaceDeContrat) -> None:
    FicheAction.objects.filter(action__code="O01-A01").update(difficultes="Bail refusé.")
    asked = {"colonnes": "code,difficultes"}
    team, partner, reader = (get(as_(who), four, **asked) for who in ("equipe", "partenaire", "lecture"))
    assert "humide" in team
    assert "refusé" in team
    assert "refusé" in partner
    assert "humide" not in partner
    assert "réservé à qui porte l’action" in partner
    assert "refusé" not in reader
    assert "Difficultés" not in reader
    assert codes(get(as_("lecture"), four, q="humide")) == []


@pytest.mark.parametrize(
    ("groupe", "headings"),
    [
        ("axe", [("A Axe A", "4")]),
        ("orientation", [("O01 Orientation O01", "2"), ("O02 Orientation O02", "2")]),
        ("porteur", [("CAF", "2"), ("CCAS", "2"), ("À désigner", "1")]),
        ("statut", [("à lancer", "1"), ("en cours", "2"), ("rien n’est annoncé", "1")]),
    ],
)
def test_lines_are_grouped_under_counted_headings(as_: As, four: EspaceDeContrat, groupe, headings) -> None:
    html = get(as_("lecture"), four, groupe=groupe)
    assert re.findall(r'role="rowheader"[^>]*>(.*?) <span class="compte">(\d+)', html) == headings


def test_an_action_of_two_bodies_is_under_each(as_: As, four: EspaceDeContrat) -> None:
    html = get(as_("lecture"), four, groupe="porteur")
    assert codes(html).count("O02-A01") == 2
    assert "figure sous chacun" in html
    assert "4 fiches" in html


def test_a_title_cannot_write_in_the_page(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, prochaine_etape="<script>alert(1)</script>", pilots=("ccas",))
    of.action.titre = "<b>Gras</b>"
    of.action.save()
    jalon(of, PAST, "<i>Ouvrir</i>")
    html = get(as_("equipe"), vallon, groupe="orientation")
    assert "<script>alert" not in html
    assert "<b>Gras" not in html
    assert "<i>Ouvrir" not in html


def test_the_file_is_the_view(as_: As, four: EspaceDeContrat) -> None:
    EspaceDeContrat.objects.filter(pk=four.pk).update(fictif=True)
    answer = as_("lecture").get(
        reverse("fiches-export", args=[four.slug, "csv"]), {"porteur": "caf", "colonnes": "code,statut,jalon"}
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert "fictif" in answer["Content-Disposition"]
    assert rows[0] == ["Contrat", "Code", "Statut", "Prochain jalon"]
    assert [row[1:3] for row in rows[1:]] == [["O02-A01", "en cours"], ["O02-A02", "rien n’est annoncé"]]
    assert all("fictif" in row[0] for row in rows[1:])


def test_nothing_left_is_said(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    assert "Aucune fiche ne répond" in get(as_("lecture"), vallon, statut="realisee")


@pytest.mark.parametrize("asked", [{}, {"groupe": "porteur"}, {"colonnes": "code,difficultes,ecart"}])
@pytest.mark.parametrize("who", ["partenaire", "equipe"])
def test_the_number_of_queries_does_not_grow_with_the_contract(as_: As, four: EspaceDeContrat, asked, who) -> None:
    client = as_(who)
    get(client, four, **asked)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            get(client, four, **asked)
        return len(seen)

    before = queries()
    for rank, statut in enumerate([*Statut.values, ""]):
        more = fiche(four, f"O03-A{rank:02}", pilots=(f"porteur-{rank}",), statut=statut, motif="Local vendu.")
        jalon(more, PAST)
        FicheAction.objects.filter(pk=more.pk).update(organisme_en_charge=body(f"chargé-{rank}".replace("é", "e")))
    assert queries() == before <= 12


def test_only_the_team_ticks_lines(as_: As, four: EspaceDeContrat) -> None:
    assert 'name="codes"' in get(as_("equipe"), four)
    assert 'name="codes"' not in get(as_("partenaire"), four)
