"""Lists: filtered by the address, sorted, paged, exported as shown."""

import csv
import io
import json

import django_filters
import django_tables2 as tables
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tenir.core import listes
from tenir.core.listes import PER_PAGE, Liste, respond
from tenir.territoire.models import Territoire

pytestmark = pytest.mark.django_db


class ListeDesTerritoires(Liste):
    nom = tables.Column()
    population = tables.Column()

    class Meta:
        order_by = "nom"


class FiltreDesTerritoires(django_filters.FilterSet):
    nature = django_filters.ChoiceFilter(choices=Territoire.Nature)
    depuis = django_filters.NumberFilter("population", lookup_expr="gte")


@pytest.fixture(autouse=True)
def _communes() -> None:
    Territoire.objects.bulk_create(
        Territoire(
            nature="commune", code=f"{n:05}", nom=f"Commune {n:03}", population=n * 10, origine_population="INSEE"
        )
        for n in range(1, 121)
    )
    Territoire.objects.create(nature="epci", code="1", nom="=Agglo", population=7, origine_population="INSEE")


@pytest.fixture(autouse=True)
def _page_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of the page instead of its HTML: what is shown, not how."""

    def render(request: object, template: str, context: dict, status: int) -> HttpResponse:
        table = context["table"]
        shown = {
            "template": template,
            "noms": [row.get_cell("nom") for row in table.page.object_list],
            "page": table.page.number,
            "pages": table.paginator.num_pages,
            "errors": context["filtre"].form.errors,
            "more": context.get("more"),
        }
        return HttpResponse(json.dumps(shown, default=str), status=status)

    monkeypatch.setattr(listes, "render", render)


def answer(query: str = "", format: str = "", status: int = 200) -> HttpResponse:
    response = respond(
        RequestFactory().get(f"/liste?{query}"),
        "core/liste.html",
        liste=ListeDesTerritoires,
        filtre=FiltreDesTerritoires,
        rows=Territoire.objects.all(),
        export_name="territoires",
        format=format,
        context={"more": "chapeau"},
    )
    assert response.status_code == status
    return response


def page(query: str = "", status: int = 200) -> dict:
    return json.loads(answer(query, status=status).content)


def exported(query: str = "") -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer(query, "csv").content.decode("utf-8-sig")), delimiter=";"))


def test_a_list_shows_its_first_page() -> None:
    shown = page()
    assert (len(shown["noms"]), shown["page"], shown["pages"], shown["more"]) == (PER_PAGE, 1, 3, "chapeau")


def test_the_address_filters() -> None:
    assert page("nature=epci")["noms"] == ["=Agglo"]
    assert page("depuis=1195")["noms"] == ["Commune 120"]
    assert page("nature=epci&depuis=100")["noms"] == []


def test_the_address_sorts() -> None:
    assert page("sort=-population")["noms"][0] == "Commune 120"
    assert page("sort=population")["noms"][:2] == ["=Agglo", "Commune 001"]


def test_an_unknown_sort_is_ignored() -> None:
    assert page("sort=mot_de_passe")["noms"] == page()["noms"]


@pytest.mark.parametrize(
    ("asked", "number"), [("2", 2), ("3", 3), ("99", 3), ("-1", 3), ("0", 3), ("deux", 1), ("", 1)]
)
def test_a_page_that_does_not_exist_is_the_nearest(asked: str, number: int) -> None:
    assert page(f"page={asked}")["page"] == number


@pytest.mark.parametrize("asked", ["0", "-1", "1000000", "x"])
def test_the_size_of_a_page_is_not_the_visitor_s_to_choose(asked: str) -> None:
    assert len(page(f"per_page={asked}")["noms"]) == PER_PAGE


def test_a_filter_that_cannot_be_read_says_so() -> None:
    shown = page("depuis=beaucoup", status=422)
    assert set(shown["errors"]) == {"depuis"}
    assert len(shown["noms"]) == PER_PAGE


def test_a_choice_that_does_not_exist_says_so() -> None:
    assert set(page("nature=planete", status=422)["errors"]) == {"nature"}


def test_an_unknown_parameter_is_ignored() -> None:
    assert page("utm_source=x")["noms"] == page()["noms"]


def test_an_export_holds_every_page() -> None:
    rows = exported()
    assert rows[0] == ["Nom", "Population"]
    assert len(rows) == 122


def test_an_export_follows_the_filters_and_the_order() -> None:
    rows = exported("depuis=1180&sort=-population")
    assert [row[0] for row in rows[1:]] == ["Commune 120", "Commune 119", "Commune 118"]
    assert exported("nature=epci")[1:] == [["'=Agglo", "7"]]


def test_an_export_ignores_the_page() -> None:
    assert len(exported("page=2")) == 122


def test_nothing_is_exported_by_a_filter_that_cannot_be_read() -> None:
    response = answer("depuis=beaucoup", "csv", status=422)
    assert "Content-Disposition" not in response


def test_a_list_costs_the_same_whatever_its_length(django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        answer()
    Territoire.objects.filter(population__gt=100).delete()
    with django_assert_num_queries(2):
        answer()
