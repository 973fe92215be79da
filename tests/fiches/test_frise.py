"""The seven-year frieze: where days are laid, what each mark says, and the table that says the same."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tenir.core import horloge
from tenir.fiches.ecrans.frise.dessin import period, state, told
from tenir.fiches.ecrans.frise.geometrie import MINIMUM, Barre, Echelle
from tenir.fiches.models import Jalon
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import fiche, jalon, orientation

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]
TODAY = horloge.today()
YESTERDAY, SOON = TODAY - timedelta(days=1), TODAY + timedelta(days=9)
SCALE = Echelle(2024, 2030, 100, 700)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def page(client: Client, espace: EspaceDeContrat, query: str = "", *, status: int = 200) -> str:
    answer = client.get(reverse("frise", args=[espace.slug]) + query)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def drawings(html: str, of: str = "frise-large") -> list[str]:
    return re.findall(rf'{of}"[^<]*<svg class="frise-annees"[^>]* role="img".*?</svg>', html, re.S)


def codes(html: str) -> list[str]:
    return [code for drawn in drawings(html) for code in re.findall(r">(O\d\d-A\d\d)<", drawn)]


# Days to places


def test_the_years_start_at_the_left_and_end_at_the_right() -> None:
    assert SCALE.x(date(2024, 1, 1)) == 100
    assert SCALE.barre(date(2024, 1, 1), date(2030, 12, 31)) == Barre(100, 700)
    assert [year for year, _ in SCALE.annees()] == [2024, 2025, 2026, 2027, 2028, 2029, 2030]


def test_a_leap_year_is_a_day_wider() -> None:
    places = dict(SCALE.annees())
    assert (places[2025] - places[2024]) / 366 == pytest.approx((places[2026] - places[2025]) / 365)


def test_a_day_out_of_the_years_is_laid_at_their_edge() -> None:
    assert SCALE.x(date(2019, 5, 2)) == 100
    assert SCALE.x(date(2042, 5, 2)) == 800
    assert not SCALE.holds(date(2042, 5, 2))


def test_both_days_of_a_period_are_in_its_bar() -> None:
    bar = SCALE.barre(date(2025, 1, 1), date(2025, 12, 31))
    assert bar is not None
    assert bar.x + bar.largeur == pytest.approx(SCALE.x(date(2026, 1, 1)))


def test_one_day_alone_is_a_mark_and_no_period() -> None:
    assert SCALE.barre(date(2025, 1, 1), None) == Barre(SCALE.x(date(2025, 1, 1)), MINIMUM)
    assert SCALE.barre(None, date(2025, 1, 1)) == Barre(SCALE.x(date(2025, 1, 1)), MINIMUM)
    assert SCALE.barre(None, None) is None


@given(DAYS, DAYS)
def test_time_goes_to_the_right(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert SCALE.x(first) <= SCALE.x(last)


@given(DAYS, DAYS)
def test_no_bar_leaves_the_drawing_or_is_too_thin_to_see(one: date, other: date) -> None:
    bar = SCALE.barre(*sorted((one, other)))
    assert bar is not None
    assert bar.largeur >= MINIMUM
    assert bar.x >= 100
    assert bar.x + bar.largeur <= 800 + 1e-9


# Words


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"prevu_le": SOON}, "attendu"),
        ({"prevu_le": TODAY}, "attendu"),
        ({"prevu_le": YESTERDAY}, "depasse"),
        ({"prevu_le": YESTERDAY, "revise_le": SOON}, "attendu"),
        ({"prevu_le": SOON, "atteint_le": YESTERDAY}, "atteint"),
        ({"prevu_le": YESTERDAY, "abandonne_le": YESTERDAY}, "abandonne"),
    ],
)
def test_a_jalon_has_one_state(fields: dict, expected: str) -> None:
    assert state(Jalon(**fields), TODAY) == expected


def test_a_jalon_is_told_with_its_first_date() -> None:
    said = told(Jalon(titre="Ouvrir", prevu_le=date(2026, 1, 1), revise_le=date(2026, 3, 3)), date(2026, 3, 4))
    assert said.replace("\xa0", " ") == ("Ouvrir : dépassé, attendu le 3 mars 2026, prévu d’abord le 1er janvier 2026")


def test_a_period_says_only_what_is_said() -> None:
    day = date(2026, 3, 3)
    said = [period(day, day), period(day, None), period(None, day), period(None, None)]
    assert [one.replace("\xa0", " ") for one in said] == [
        "du 3 mars 2026 au 3 mars 2026", "à partir du 3 mars 2026", "jusqu’au 3 mars 2026", ""
    ]  # fmt: skip


# The page


def test_each_orientation_has_its_band_in_the_order_of_the_contract(as_: As, vallon: EspaceDeContrat) -> None:
    for code in ("O02-A01", "O01-A02", "O01-A01"):
        fiche(vallon, code)
    html = page(as_("lecture"), vallon)
    assert len(drawings(html)) == 2
    assert codes(html) == ["O01-A01", "O01-A02", "O02-A01"]


def test_a_phone_has_the_same_lines_and_the_same_marks_in_its_own_width(as_: As, vallon: EspaceDeContrat) -> None:
    for code in ("O01-A01", "O01-A02"):
        jalon(fiche(vallon, code, debut_prevu=YESTERDAY, fin_prevue=SOON), YESTERDAY)
    html = page(as_("lecture"), vallon)
    (wide,), (narrow,) = drawings(html), drawings(html, "frise-etroite")
    for said in (r">(O\d\d-A\d\d)<", r'href="#(jalon-\w+)"', r'<rect class="(\w+)"', r"<title>([^<]+)"):
        assert re.findall(said, wide) == re.findall(said, narrow)
    places = [float(x) for x in re.findall(r'<(?:rect|use) [^>]*x="([\d.]+)"', narrow)]
    assert 0 <= min(places) <= max(places) <= 340


def test_a_drawing_is_well_formed_and_named(as_: As, vallon: EspaceDeContrat) -> None:
    found = fiche(vallon, debut_prevu=YESTERDAY, fin_prevue=SOON)
    found.action.titre = "Lire & dire <ensemble>"
    found.action.save()
    jalon(found, YESTERDAY, titre="« Ouvrir » & <fermer>")
    (drawn,) = drawings(page(as_("lecture"), vallon))
    root = ElementTree.fromstring(drawn[drawn.index("<svg") :])  # noqa: S314 (our own drawing)
    assert root.get("aria-labelledby") == "titre-O01 desc-O01"
    assert root.find("title").text == "O01, année par année"
    assert root.find("desc").text == "1 action, 1 jalon, dont 1 dépassé. Le tableau qui suit dit la même chose."
    assert "Lire & dire <ensemble>" in [text.text for text in root.iter("text")]


def test_the_three_calendars_are_three_bars(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, debut_prevu=YESTERDAY, fin_prevue=SOON, fin_revisee=SOON, debut_reel=YESTERDAY)
    (drawn,) = drawings(page(as_("lecture"), vallon))
    assert re.findall(r'<rect class="(\w+)"', drawn) == ["prevue", "revisee", "reelle"]


def test_what_has_begun_runs_until_today(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, "O01-A01", debut_reel=TODAY - timedelta(days=200))
    (drawn,) = drawings(page(as_("lecture"), vallon))
    x, width = (float(n) for n in re.search(r'class="reelle" x="([\d.]+)" y="\d+" width="([\d.]+)"', drawn).groups())
    today = float(re.search(r'class="aujourdhui" d="M([\d.]+)', drawn)[1])
    assert x + width == pytest.approx(today, abs=0.6)


def test_each_state_of_a_jalon_has_its_shape_and_its_words(as_: As, vallon: EspaceDeContrat) -> None:
    found = fiche(vallon)
    jalon(found, SOON)
    jalon(found, YESTERDAY)
    jalon(found, YESTERDAY, atteint_le=YESTERDAY)
    jalon(found, YESTERDAY, abandonne_le=YESTERDAY)
    html = page(as_("lecture"), vallon)
    (drawn,) = drawings(html)
    shapes = re.findall(r'href="#(jalon-\w+)"', drawn)
    assert sorted(shapes) == ["jalon-abandonne", "jalon-atteint", "jalon-attendu", "jalon-depasse"]
    assert all(html.count(f'id="{shape}"') == 1 for shape in shapes)
    table = html[html.index("<table") :]
    for words in ("attendu le", "dépassé, attendu le", "atteint le", "abandonné le"):
        assert f"Ouvrir le lieu : {words}" in drawn
        assert f"Ouvrir le lieu : {words}" in table


def test_nothing_is_overdue_on_an_action_that_is_stopped(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, statut="suspendue"), YESTERDAY)
    html = page(as_("lecture"), vallon)
    assert 'href="#jalon-depasse"' not in html
    assert 'href="#jalon-attendu"' in html


def test_an_action_without_a_date_says_so_and_draws_nothing(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, statut="en-cours")
    html = page(as_("lecture"), vallon)
    (drawn,) = drawings(html)
    assert ">sans date</text>" in drawn
    assert "<rect" not in drawn
    assert "<use" not in drawn
    assert "Sur 1 action, aucune n’a de date." in html


def test_today_is_not_drawn_out_of_the_years(as_: As, vallon: EspaceDeContrat) -> None:
    vallon.debut, vallon.fin = 2015, 2022
    vallon.save()
    fiche(vallon)
    (drawn,) = drawings(page(as_("lecture"), vallon))
    assert "aujourdhui" not in drawn


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ["O01-A01", "O01-A02", "O02-A01"]),
        ("?axe=B", ["O02-A01"]),
        ("?orientation=O01", ["O01-A01", "O01-A02"]),
        ("?statut=en-cours", ["O01-A01"]),
        ("?statut=aucun", ["O01-A02", "O02-A01"]),
        ("?porteur=ccas", ["O01-A02"]),
        ("?porteur=moi", ["O01-A02"]),
    ],
)
def test_the_address_narrows_the_frieze(as_: As, vallon: EspaceDeContrat, query: str, kept: list[str]) -> None:
    orientation(vallon, "O02", axe="B")
    fiche(vallon, "O01-A01", statut="en-cours", pilots=("caf",))
    fiche(vallon, "O01-A02", pilots=("ccas",))
    fiche(vallon, "O02-A01")
    assert codes(page(as_("partenaire"), vallon, query)) == kept


def test_a_filter_that_cannot_be_read_is_said_and_shows_everything(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    html = page(as_("lecture"), vallon, "?statut=perdue", status=422)
    assert "Le formulaire est à corriger" in html
    assert codes(html) == ["O01-A01"]


def test_an_empty_frieze_says_so(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    assert "Aucune action ne répond à ces filtres." in page(as_("lecture"), vallon, "?statut=en-cours")


def test_the_dates_leave_as_a_file_as_they_are_narrowed(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, "O01-A01", debut_prevu=date(2026, 3, 3)), date(2024, 5, 6))
    fiche(vallon, "O02-A01")
    url = reverse("frise-export", args=[vallon.slug, "csv"]) + "?orientation=O01"
    head, *rows = [row.split(";") for row in as_("lecture").get(url).content.decode("utf-8-sig").splitlines()]
    assert [row[:3] + row[5:7] for row in rows] == [
        [vallon.titre, "O01", "O01-A01", "période", "2026-03-03"],
        [vallon.titre, "O01", "O01-A01", "jalon : Ouvrir le lieu", ""],
    ]
    assert dict(zip(head, rows[1], strict=True))["État"] == "dépassé"
    assert dict(zip(head, rows[1], strict=True))["Fin prévue"] == "2024-05-06"


def test_the_number_of_queries_does_not_grow(as_: As, vallon: EspaceDeContrat) -> None:
    def add(ranks: range) -> None:
        for rank in ranks:
            jalon(fiche(vallon, f"O{rank:02}-A01", pilots=("ccas",), debut_prevu=YESTERDAY), YESTERDAY)

    add(range(1, 3))
    client = as_("partenaire")
    page(client, vallon)
    with CaptureQueriesContext(connection) as few:
        page(client, vallon)
    add(range(3, 25))
    with CaptureQueriesContext(connection) as many:
        page(client, vallon)
    assert len(many) == len(few) <= 9
