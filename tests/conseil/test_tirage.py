"""The draw: the same for whoever follows the rule, written here a second time, and for the program strangers run."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.conseil.marges import margin
from tenir.conseil.tirage import Inscrit, Places, digest, draw, list_of, read_list, replacing, seed_of
from tenir.public.conseil.vues import REJOUER

COLLEGES = ("habitants", "acteurs")
SEATS = st.integers(0, 6)


def by_the_page(rows: list[tuple[int, str, str]], places: Places, graine: str) -> tuple[list[int], list[int]]:
    """The rule as the page says it, written on its own: each seat is given in turn, not each candidate looked at."""
    waiting = [row for row in rows if row[1] == places.college]
    waiting.sort(key=lambda row: int(hashlib.sha256(f"{graine}{row[0]}".encode()).hexdigest(), 16))
    order = [row[0] for row in waiting]
    quotas = {"F": places.femmes, "H": places.hommes}
    seated: list[int] = []
    while len(seated) < places.sieges:
        fits = [n for n, _, sexe in waiting if n not in seated and quotas[sexe] > 0]
        if not fits:
            break
        chosen = next(row for row in waiting if row[0] == fits[0])
        quotas[chosen[2]] -= 1
        seated.append(chosen[0])
    seated += [n for n in order if n not in seated][: places.sieges - len(seated)]
    left = [n for n in order if n not in seated]
    return [n for n in order if n in seated], left[: places.suppleants]


@st.composite
def calls(found: st.DrawFn) -> tuple[list[Inscrit], list[Places], str]:
    numbers = found(st.lists(st.integers(1, 10_000), unique=True, max_size=25))
    people = [Inscrit(n, found(st.sampled_from(COLLEGES)), found(st.sampled_from("FH"))) for n in numbers]
    asked = []
    for college in COLLEGES:
        women, men = found(SEATS), found(SEATS)
        asked.append(Places(college, women + men + found(SEATS), women, men, found(SEATS)))
    words = found(st.text(st.characters(whitelist_categories=["L"]), min_size=1, max_size=20))
    return people, asked, seed_of(words, digest(list_of(people)))


@given(calls())
def test_two_who_follow_the_page_find_the_same_members(call: tuple[list[Inscrit], list[Places], str]) -> None:
    people, asked, graine = call
    rows = [(one.numero, one.college, one.sexe) for one in people]
    for one, places in zip(draw(people, asked, graine), asked, strict=True):
        told = [drawn.numero for drawn in one.membres], [drawn.numero for drawn in one.suppleants]
        assert told == by_the_page(rows, places, graine)
        assert len(one.membres) + one.vides == places.sieges
        for sexe, quota in (("F", places.femmes), ("H", places.hommes)):
            of_it = sum(drawn.sexe == sexe for drawn in one.membres)
            there = sum(person.sexe == sexe for person in one.rangs)
            assert of_it >= min(quota, there)
            assert one.manques.get(sexe, 0) == quota - min(quota, there)


@given(calls())
def test_a_list_read_again_is_the_list(call: tuple[list[Inscrit], list[Places], str]) -> None:
    people, _, _ = call
    assert read_list(list_of(people)) == sorted(people, key=lambda one: one.numero)


def test_the_program_of_a_stranger_finds_the_same_members(tmp_path: Path) -> None:
    people = [Inscrit(n, COLLEGES[n % 3 == 0], "FH"[n % 4 == 0]) for n in range(1, 31)]
    asked = [Places("habitants", 7, 3, 3, 4), Places("acteurs", 4, 1, 3, 2)]
    (tmp_path / "candidats.csv").write_bytes(list_of(people).encode())
    words = "été « cœur » tambour"
    told = [f"{one.college}={one.sieges},{one.femmes},{one.hommes},{one.suppleants}" for one in asked]
    run = subprocess.run(
        [sys.executable, "-I", REJOUER, tmp_path / "candidats.csv", words, *told],
        capture_output=True, check=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    for one in draw(people, asked, seed_of(words, digest(list_of(people)))):
        for name, drawn in (("membres", one.membres), ("suppleants", one.suppleants)):
            assert f"{one.college} {name} : {' '.join(str(each.numero) for each in drawn)}\n" in run.stdout


def test_the_program_is_short_and_needs_nothing_of_the_site() -> None:
    text = REJOUER.read_text()
    assert len(text.splitlines()) <= 65
    imported = re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


def test_the_next_deputy_of_the_same_sex_else_the_next() -> None:
    left = [Inscrit(4, "habitants", "F"), Inscrit(2, "habitants", "H")]
    assert replacing("H", left) == left[1]
    assert replacing("F", left[1:]) == left[1]
    assert replacing("F", []) is None


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((9, 8, 7), [9, 8, 7]),
        ((9, 8, 2), [9, None, None]),
        ((9, 1, 2), [None, None, None]),
        ((9, 3, 2), [9, None, None]),
        ((0, 9, 8), [None, 9, None]),
        ((1, 1), [None, None]),
    ],
)
def test_a_small_class_is_hidden_and_cannot_be_found_by_taking_away(counts: tuple[int, ...], shown: list) -> None:
    names = [f"classe {rank}" for rank in range(len(counts))]
    values = [name for name, count in zip(names, counts, strict=True) for _ in range(count)]
    assert [one.nombre for one in margin(values, names, 5)] == shown
