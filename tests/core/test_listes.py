"""Lists: filtered by the address, sorted, grouped, paged, exported as shown."""

import csv
import io
import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import django_filters
import pytest
from django.http import HttpResponse, QueryDict
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.listes import (
    Colonne,
    Groupement,
    Liste,
    Place,
    Vue,
    day_column,
    read,
    reponse,
    respond,
)
from tenir.core.listes.ordre import by_key
from tenir.habilitations.listes import contract_column
from tenir.territoire.models import Territoire

pytestmark = pytest.mark.deux_bases

NATURE = Groupement("nature", "Nature", lambda row: [(row.nature != "epci", row.get_nature_display())])

TERRITOIRES = Liste(
    "Territoires",
    (
        contract_column(lambda row: "Tous (fictif)"),
        Colonne("nom", "Nom", read("nom"), order_by=("nom",), place=Place.TITRE),
        Colonne("population", "Population", read("population"), order_by=("population",), css="chiffre"),
        Colonne("fin", "Fin du nom", lambda row: row.nom[-1], key=lambda row: row.nom[-1], usual=False),
        Colonne("geste", "Agir", lambda row: "", lambda row: mark_safe("<b>Agir</b>"), in_files=False),
    ),
    noun="territoire",
    genre="m",
    sort="nom",
)
CHOSEN = replace(TERRITOIRES, choosable=True, groupings=(NATURE,))


class FiltreDesTerritoires(django_filters.FilterSet):
    nature = django_filters.ChoiceFilter(choices=Territoire.Nature)
    depuis = django_filters.NumberFilter("population", lookup_expr="gte")


@pytest.fixture
def communes(db: None) -> None:
    Territoire.objects.bulk_create(
        Territoire(
            nature="commune", code=f"{n:05}", nom=f"Commune {n:03}", population=n * 10, origine_population="INSEE"
        )
        for n in range(1, 121)
    )
    Territoire.objects.create(nature="epci", code="1", nom="=Agglo", population=7, origine_population="INSEE")


@pytest.fixture
def shown(communes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of the page instead of its HTML: what is shown, not how."""

    def render(request: object, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        if "liste" not in context:
            return HttpResponse(get_template(template).render({"form": context["form"]}), status=status)
        vue = context["liste"]
        said = {
            "template": template,
            "noms": [row.nom for row in vue.page],
            "page": vue.page.number,
            "pages": vue.page.paginator.num_pages,
            "errors": vue.filtre.errors,
            "more": context.get("more"),
        }
        return HttpResponse(json.dumps(said, default=str), status=status)

    monkeypatch.setattr(reponse, "render", render)


def answer(query: str = "", format: str = "", status: int = 200, liste: Liste = TERRITOIRES) -> HttpResponse:
    response = respond(
        RequestFactory().get(f"/liste?{query}"),
        "core/liste.html",
        liste=liste,
        filtre=FiltreDesTerritoires,
        rows=Territoire.objects.all(),
        export_name="territoires",
        format=format,
        context={"more": "chapeau"},
    )
    assert response.status_code == status
    return response


def page(query: str = "", status: int = 200) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(query, status=status).content)
    return found


def exported(query: str = "", liste: Liste = TERRITOIRES) -> list[list[str]]:
    content = answer(query, "csv", liste=liste).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def vue(query: str = "", liste: Liste = CHOSEN) -> Vue:
    return Vue(liste, Territoire.objects.all(), QueryDict(query))


# The address


def test_a_list_shows_its_first_page(shown: None) -> None:
    said = page()
    assert (len(said["noms"]), said["page"], said["pages"], said["more"]) == (50, 1, 3, "chapeau")


def test_the_address_filters(shown: None) -> None:
    assert page("nature=epci")["noms"] == ["=Agglo"]
    assert page("depuis=1195")["noms"] == ["Commune 120"]
    assert page("nature=epci&depuis=100")["noms"] == []


def test_the_address_sorts(shown: None) -> None:
    assert page("sort=-population")["noms"][0] == "Commune 120"
    assert page("sort=population")["noms"][:2] == ["=Agglo", "Commune 001"]


def test_a_sort_that_is_computed_keeps_the_default_order_among_equals(shown: None) -> None:
    assert page("sort=fin")["noms"][:3] == ["Commune 010", "Commune 020", "Commune 030"]
    assert page("sort=-fin")["noms"][:3] == ["=Agglo", "Commune 009", "Commune 019"]


@pytest.mark.une_base
@pytest.mark.parametrize("asked", ["mot_de_passe", "geste", "-", "--nom", "contrat", "pk"])
def test_a_sort_that_does_not_exist_is_ignored(shown: None, asked: str) -> None:
    assert page(f"sort={asked}")["noms"] == page()["noms"]


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("3", 3), ("99", 3), ("-1", 3), ("0", 3), ("deux", 1), ("", 1)]
)
def test_a_page_that_does_not_exist_is_the_nearest(shown: None, asked: str, number: int) -> None:
    assert page(f"page={asked}")["page"] == number


@pytest.mark.parametrize("asked", ["0", "-1", "1000000", "x"])
def test_the_size_of_a_page_is_not_the_visitor_s_to_choose(shown: None, asked: str) -> None:
    assert len(page(f"per_page={asked}")["noms"]) == 50


def test_a_filter_that_cannot_be_read_says_so(shown: None) -> None:
    said = page("depuis=beaucoup", status=422)
    assert set(said["errors"]) == {"depuis"}
    assert len(said["noms"]) == 50


def test_a_choice_that_does_not_exist_says_so(shown: None) -> None:
    assert set(page("nature=planete", status=422)["errors"]) == {"nature"}


def test_an_unknown_parameter_is_ignored(shown: None) -> None:
    assert page("utm_source=x")["noms"] == page()["noms"]


# Files


def test_an_export_holds_every_page_and_column_but_the_gestures(shown: None) -> None:
    rows = exported("page=2")
    assert rows[0] == ["Contrat", "Nom", "Population", "Fin du nom"]
    assert len(rows) == 122


def test_an_export_follows_the_filters_and_the_order(shown: None) -> None:
    rows = exported("depuis=1180&sort=-population")
    assert [row[1] for row in rows[1:]] == ["Commune 120", "Commune 119", "Commune 118"]
    assert exported("nature=epci")[1:] == [["Tous (fictif)", "'=Agglo", "7", "o"]]


def test_an_export_holds_the_columns_that_were_chosen_behind_the_contract(shown: None) -> None:
    assert exported("colonnes=fin&nature=epci", CHOSEN) == [["Contrat", "Fin du nom"], ["Tous (fictif)", "o"]]
    narrow = replace(CHOSEN, whole=False)
    assert exported("nature=epci", narrow)[0] == ["Contrat", "Nom", "Population"]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_nothing_is_exported_by_a_filter_that_cannot_be_read(shown: None, format: str) -> None:
    response = answer("depuis=beaucoup", format, status=400)
    assert "Content-Disposition" not in response
    assert "Rien n’est téléchargé" in response.content.decode()


# Columns, groups, words


def test_columns_are_chosen_by_the_address_where_the_list_lets_one() -> None:
    asked = "colonnes=fin,nom&colonnes=contrat&colonnes=inconnue"
    assert [one.name for one in vue(asked).colonnes] == ["nom", "fin"]
    assert [one.name for one in vue(asked, TERRITOIRES).colonnes] == ["nom", "population", "geste"]
    assert [one.name for one in vue("colonnes=inconnue").colonnes] == ["nom", "population", "geste"]


def test_groups_are_counted_whole_and_follow_each_other_over_the_pages(communes: None) -> None:
    first, last = vue("groupe=nature"), vue("groupe=nature&page=3")
    assert [(one.titre, one.compte) for one in first.groupes()] == [("intercommunalité", 1), ("commune", 120)]
    assert [(one.titre, one.compte) for one in last.groupes()] == [("commune", 120)]
    assert (first.total, first.page.paginator.count) == (121, 121)


def test_a_row_of_two_groups_is_under_each_and_counted_once() -> None:
    both = Groupement("lettre", "Lettre", lambda row: [(one, one) for one in row])
    liste = Liste("Mots", (Colonne("mot", "Mot", str),), noun="mot", genre="m", groupings=(both,))
    found = Vue(liste, ["ab", "b"], QueryDict("groupe=lettre"))
    assert [(one.titre, one.compte) for one in found.groupes()] == [("a", 1), ("b", 2)]
    assert found.compte() == "2\u00a0mots"


def test_rows_that_the_database_groups_are_those_that_are_read_to_be_grouped(
    communes: None, django_assert_num_queries: Any
) -> None:
    words = dict(Territoire.Nature.choices)
    told = Groupement(
        "nature",
        "Nature",
        under=lambda rows: [(pk, (one != "epci", words[one])) for pk, one in rows.values_list("pk", "nature")],
    )
    for page in (1, 2, 3):
        read_whole = vue(f"groupe=nature&page={page}")
        expected, total = list(read_whole.groupes()), read_whole.total
        with django_assert_num_queries(2):
            by_key = vue(f"groupe=nature&page={page}", replace(CHOSEN, groupings=(told,)))
            assert (list(by_key.groupes()), by_key.total) == (expected, total)


def test_an_unknown_grouping_is_ignored(communes: None) -> None:
    assert [one.titre for one in vue("groupe=couleur").groupes()] == [""]


def test_what_a_row_says_is_escaped_unless_it_is_safe() -> None:
    row = {"nom": "<script>alert(1)</script>"}
    cells = [
        Colonne("nom", "Nom", lambda one: one["nom"]),
        Colonne("cell", "Nom", str, lambda one: one["nom"]),
        Colonne("mot", "Nom", lambda one: one["nom"], mot="<i>"),
    ]
    assert all("<script>" not in one.shown(row) and "<i>" not in one.shown(row) for one in cells)


def test_a_day_is_read_on_the_page_and_sorted_in_a_file() -> None:
    column = day_column("le", "Le", lambda row: row, absence="à définir")
    assert (column.shown(None), column.value(None)) == ('<i class="muet">à définir</i>', "")


# The order is total


KEYS = st.lists(st.one_of(st.none(), st.just(""), st.text("ab", min_size=1, max_size=2)), max_size=30)


@given(KEYS, st.booleans())
def test_a_sort_loses_nothing_keeps_equals_as_they_were_and_ends_with_what_has_no_value(
    keys: list[str | None], backwards: bool
) -> None:
    rows = list(enumerate(keys))
    found = by_key(rows, lambda row: row[1], backwards=backwards)
    assert sorted(found) == sorted(rows, key=lambda row: row[0]) if None not in keys else len(found) == len(rows)
    told = [row for row in found if row[1]]
    assert found[len(told) :] == [row for row in rows if not row[1]]
    assert [key for _, key in told] == sorted((key for _, key in told if key), reverse=backwards)
    assert all(one[0] < other[0] for one, other in pairwise(told) if one[1] == other[1])


@given(KEYS, st.sampled_from(["", "sort=mot", "sort=-mot"]), st.integers(1, 7))
def test_the_pages_of_a_list_hold_each_row_once(keys: list[str | None], query: str, size: int) -> None:
    rows = list(enumerate(keys))
    column = Colonne("mot", "Mot", lambda row: row[1], key=lambda row: row[1])
    liste = Liste("Mots", (column,), per_page=size)
    pages = Vue(liste, rows, QueryDict(query)).page.paginator.num_pages
    shown = [Vue(liste, rows, QueryDict(f"{query}&page={number}")).page for number in range(1, pages + 1)]
    assert sorted(row[0] for one in shown for row in one) == list(range(len(rows)))


@pytest.mark.parametrize("query", ["", "sort=nature", "sort=-nature", "sort=population", "sort=-fin", "groupe=nature"])
def test_rows_that_a_sort_leaves_equal_are_each_on_one_page(communes: None, query: str) -> None:
    Territoire.objects.update(population=3)
    seen = [row for number in (1, 2, 3) for row in vue(f"{query}&page={number}").page]
    assert len({row[1].pk if isinstance(row, tuple) else row.pk for row in seen}) == len(seen) == 121


def test_what_may_be_missing_is_last_either_way(communes: None) -> None:
    Territoire.objects.filter(nature="epci").update(population=None, origine_population="")
    for query in ("sort=population", "sort=-population"):
        assert list(vue(query).lignes)[-1].nom == "=Agglo"


@pytest.mark.parametrize(("query", "queries"), [("", 2), ("sort=population", 2), ("sort=fin", 1), ("groupe=nature", 1)])
def test_a_list_costs_the_same_whatever_its_length(communes: None, django_assert_num_queries, query, queries) -> None:
    for _ in range(2):
        with django_assert_num_queries(queries):
            found = vue(query)
            assert found.total
            assert list(found.groupes())
        Territoire.objects.filter(population__gt=100).delete()
