"""What a scenario costs: exact, summed tranche by tranche, shared where a tranche is cut, or said not to be known."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tenir.tarifs.calcul import Bilan, Comptee, effort, moved, reckon, shares
from tenir.tarifs.lignes import Ligne, bounds, ordered
from tests.tarifs.tarifs import COMPTES, GRILLE, lignes

pytestmark = pytest.mark.une_base
prices = st.decimals("0", "99.99", places=2)
moves = st.integers(-50, 200)


@st.composite
def grids(draw: st.DrawFn) -> list[Ligne]:
    """A grid of one or two categories, each from nought on, with what is supposed of each tranche."""
    found: list[Ligne] = []
    for categorie in draw(st.sampled_from([("",), ("Commune", "Hors commune")])):
        starts = {0, *draw(st.sets(st.integers(1, 3000), max_size=4))}
        found += [Ligne(categorie, one, draw(prices), draw(moves)) for one in sorted(starts)]
    return found


def counted(grid: list[Ligne], counts: list[int]) -> list[Comptee]:
    return [Comptee(borne, counts[rank % len(counts)]) for rank, (_, borne) in enumerate(bounds(grid))]


def given_by(apres: list[Ligne], cout: str | None = None, repartition: str = "proportionnelle") -> Bilan:
    grid = lignes(*GRILLE)
    price = Decimal(cout) if cout else None
    return reckon(grid, apres, counted(grid, list(COMPTES)), repartition=repartition, cout=price)


@given(grids(), st.lists(st.integers(0, 5000), min_size=1, max_size=10))
def test_a_scenario_that_is_the_grid_costs_nothing(grid: list[Ligne], counts: list[int]) -> None:
    same = [Ligne(one.categorie, one.seuil, one.prix) for one in grid]
    found = reckon(same, same, counted(same, counts), repartition="proportionnelle", cout=Decimal("8.40"))
    assert found.complet
    assert found.ecart == found.surcout == 0
    assert found.recette_avant == sum(one.prix * counts[rank % len(counts)] for rank, one in enumerate(same))


@given(grids(), grids(), st.lists(st.integers(0, 5000), min_size=1, max_size=10))
def test_the_parts_sum_to_the_totals(avant: list[Ligne], apres: list[Ligne], counts: list[int]) -> None:
    found = reckon(avant, apres, counted(avant, counts), repartition="proportionnelle", cout=None)
    assert sum(one.recette_apres for one in found.dites) == found.recette_apres
    assert sum(one.recette_avant for one in found.dites) == found.recette_avant
    assert found.ecart == found.recette_apres - found.recette_avant
    for one in found.dites:
        assert one.recette_apres == one.recette_apres.quantize(Decimal("0.01"))


@given(st.integers(0, 10_000_000), st.lists(st.integers(1, 3000), min_size=1, max_size=6))
def test_what_is_shared_is_all_that_was_counted(whole: int, widths: list[int]) -> None:
    found = shares(whole, widths)
    assert sum(found) == whole
    assert all(one >= 0 for one in found)


@given(st.integers(0, 10_000_000), moves)
def test_attendance_moves_by_whole_units(unites: int, evolution: int) -> None:
    found = moved(unites, evolution)
    assert abs(Decimal(found) - Decimal(unites) * (100 + evolution) / 100) <= Decimal("0.5")


def test_a_lower_price_costs_what_it_no_longer_brings_in() -> None:
    found = given_by(lignes(("Commune", 0, "0.50"), *GRILLE[1:]), cout="8.00")
    assert found.ecart == Decimal("-500.00")
    assert found.surcout == Decimal("500.00")
    assert found.reste_avant == Decimal(2100 * 8 - 4400)
    assert found.reste_apres == Decimal(2100 * 8 - 3900)


def test_more_people_cost_what_their_units_cost_less_what_they_pay() -> None:
    more = lignes(("Commune", 0, "1.00", 10), *GRILLE[1:])
    assert given_by(more, cout="8.00").surcout == Decimal(100 * 8 - 100)
    without = given_by(more)
    assert without.surcout is None
    assert without.ecart == Decimal("100.00")
    assert any("reste à charge n’est pas calculé" in one for one in without.manques)


def test_a_tranche_that_is_cut_is_shared_by_its_width_or_not_at_all() -> None:
    cut = lignes(("Commune", 0, "1.00"), ("Commune", 300, "0.80"), *GRILLE[1:])
    found = given_by(cut)
    assert [one.unites for one in found.parts][:2] == [750, 250]
    assert any("supposée se répartir" in one for one in found.manques)
    unsaid = given_by(cut, repartition="non-repartie")
    assert [one.unites for one in unsaid.parts][:2] == [None, None]
    assert not unsaid.complet
    assert any("n’est pas répartie" in one for one in unsaid.manques)


def test_a_tranche_without_an_upper_bound_cannot_be_shared() -> None:
    found = given_by(lignes(*GRILLE[:3], ("Commune", 1500, "5.00"), GRILLE[3]))
    assert [one.unites for one in found.parts] == [1000, 600, None, None, 100]
    assert any("pas de limite haute" in one for one in found.manques)


def test_two_tranches_made_one_keep_all_their_attendance() -> None:
    found = given_by(lignes(("Commune", 0, "1.00"), ("Commune", 800, "4.00"), GRILLE[3]))
    assert found.complet
    assert found.ecart == Decimal("-600.00")


def test_a_tariff_that_only_one_of_the_two_has_is_said_not_compared() -> None:
    found = given_by(lignes(*GRILLE[:3], ("Quartier prioritaire", 0, "0.50")))
    assert any(one.startswith("Hors commune") and "le scénario n’a pas ce tarif" in one for one in found.manques)
    assert any("la grille en vigueur n’a pas ce tarif" in one for one in found.manques)
    assert found.recette_avant == Decimal("3800.00")


def test_without_attendance_nothing_is_reckoned() -> None:
    grid = lignes(*GRILLE)
    found = reckon(grid, grid, [], repartition="proportionnelle", cout=None)
    assert not found.dites
    assert found.manques[0].startswith("Aucune fréquentation n’est dite")


def test_what_nobody_counted_is_missing_not_nought() -> None:
    grid = lignes(*GRILLE)
    counts = [Comptee(borne, None if rank == 1 else 10) for rank, (_, borne) in enumerate(bounds(grid))]
    found = reckon(grid, grid, counts, repartition="proportionnelle", cout=None)
    assert not found.complet
    assert found.recette_avant == Decimal(10 + 40 + 60)
    assert any("n’est pas dite" in one for one in found.manques)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("", 0, "1"), ("", 0, "2")), "elles se recouvrent"),
        ((("", 400, "1"),), "personne n’a de prix"),
        ((), "au moins une tranche"),
        ((("Commune", 0, "1"), ("COMMUNE", 400, "2")), "se confondent"),
        (tuple(("", one * 100, "1") for one in range(31)), "30 tranches au plus"),
    ],
)
def test_tranches_leave_no_hole_and_do_not_overlap(rows: tuple[tuple[str, int, str], ...], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        ordered(lignes(*rows))


def test_tranches_are_told_by_their_bounds() -> None:
    told = [str(borne).replace("\xa0", " ").replace("\u202f", " ") for _, borne in bounds(lignes(*GRILLE))]
    assert told == [
        "Commune, quotient de moins de 400 €",
        "Commune, quotient de 400 € à moins de 800 €",
        "Commune, quotient de 800 € et plus",
        "Hors commune",
    ]
    assert effort(Decimal("2.00"), 400) == Decimal("0.50")
    assert effort(Decimal("2.00"), 0) is None
