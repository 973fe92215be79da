"""The draw: the same for whoever follows the rule, written here a second time, and for the program strangers run."""

import hashlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenir.conseil.marges import margin
from tenir.conseil.tirage import Inscrit, Places, digest, draw, list_of, publishable, read_list, replacing, seed_of
from tenir.public.conseil.vues import REJOUER

COLLEGES = ("habitants", "acteurs")
SEATS = st.integers(0, 6)
AGES, SECTEURS = ("", "16-25", "65"), ("", "Gare")
CLASSES = (("age", "16-25"), ("age", "65"), ("secteur", "Gare"))


def by_the_page(people: list[Inscrit], places: Places, graine: str) -> tuple[list[int], list[int]]:
    """The rule as the page says it, written on its own: each seat is given in turn, not each candidate looked at."""
    waiting = [one for one in people if one.college == places.college]
    waiting.sort(key=lambda one: int(hashlib.sha256(f"{graine}{one.numero}".encode()).hexdigest(), 16))
    kept = {"F": places.femmes, "H": places.hommes, **dict(places.classes)}
    seated: list[Inscrit] = []

    def keys(one: Inscrit) -> list:
        return [one.sexe, ("age", one.age), ("secteur", one.secteur)]

    def left(key: object) -> int:
        return max(0, kept.get(key, 0) - sum(key in keys(one) for one in seated))

    def of_a_class(one: Inscrit) -> bool:
        return any(left(key) for key in keys(one)[1:])

    def parity_allows(one: Inscrit) -> bool:
        return left(one.sexe) > 0 or places.sieges - len(seated) > left("F") + left("H")

    for rule in (
        lambda one: of_a_class(one) and parity_allows(one),
        lambda one: left(one.sexe) > 0,
        of_a_class,
        lambda one: True,
    ):
        while len(seated) < places.sieges:
            following = next((one for one in waiting if one not in seated and rule(one)), None)
            if following is None:
                break
            seated.append(following)
    order = [one.numero for one in waiting]
    members = [one.numero for one in waiting if one in seated]
    return members, [n for n in order if n not in members][: places.suppleants]


@st.composite
def calls(found: st.DrawFn) -> tuple[list[Inscrit], list[Places], str]:
    numbers = found(st.lists(st.integers(1, 10_000), unique=True, max_size=25))
    facts = st.sampled_from(COLLEGES), st.sampled_from("FH"), st.sampled_from(AGES), st.sampled_from(SECTEURS)
    people = [Inscrit(n, *map(found, facts)) for n in numbers]
    asked = []
    for college in COLLEGES:
        women, men = found(SEATS), found(SEATS)
        classes = tuple((one, found(st.integers(1, 3))) for one in CLASSES if found(st.booleans()))
        asked.append(Places(college, women + men + found(SEATS), women, men, found(SEATS), classes))
    words = found(st.text(st.characters(whitelist_categories=["L"]), min_size=1, max_size=20))
    return people, asked, seed_of(words, digest(list_of(people)))


@given(calls())
def test_two_who_follow_the_page_find_the_same_members(call: tuple[list[Inscrit], list[Places], str]) -> None:
    people, asked, graine = call
    for one, places in zip(draw(people, asked, graine), asked, strict=True):
        told = [drawn.numero for drawn in one.membres], [drawn.numero for drawn in one.suppleants]
        assert told == by_the_page(people, places, graine)
        assert len(one.membres) + one.vides == places.sieges
        for sexe, quota in (("F", places.femmes), ("H", places.hommes)):
            of_it = sum(drawn.sexe == sexe for drawn in one.membres)
            there = sum(person.sexe == sexe for person in one.rangs)
            assert of_it >= min(quota, there)
            assert one.manques.get(sexe, 0) == quota - min(quota, there)


@given(calls())
def test_a_list_read_again_is_the_list(call: tuple[list[Inscrit], list[Places], str]) -> None:
    people = call[0]
    assert read_list(list_of(people)) == sorted(people, key=lambda one: one.numero)


def test_the_program_of_a_stranger_finds_the_same_members(tmp_path: Path) -> None:
    people = [
        Inscrit(n, COLLEGES[n % 3 == 0], "FH"[n % 4 == 0], AGES[n % 2], SECTEURS[n % 5 == 0]) for n in range(1, 31)
    ]
    classes = ((("age", "16-25"), 3), (("secteur", "Gare"), 2))
    asked = [Places("habitants", 7, 3, 3, 4, classes), Places("acteurs", 4, 1, 3, 2)]
    (tmp_path / "candidats.csv").write_bytes(list_of(people).encode())
    words = "été « cœur » tambour"
    told = [f"{one.college}={one.sieges},{one.femmes},{one.hommes},{one.suppleants}" for one in asked]
    told += [f"habitants:{fact}:{value}={seats}" for (fact, value), seats in classes]
    run = subprocess.run(
        [sys.executable, "-I", REJOUER, tmp_path / "candidats.csv", words, *told],
        capture_output=True, check=True, encoding="utf-8", env={"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    for one in draw(people, asked, seed_of(words, digest(list_of(people)))):
        for name, drawn in (("membres", one.membres), ("suppleants", one.suppleants)):
            assert f"{one.college} {name} : {' '.join(str(each.numero) for each in drawn)}\n" in run.stdout


def test_seats_kept_for_an_age_are_taken_first_and_never_those_of_parity() -> None:
    people = [Inscrit(n, "habitants", "FH"[n % 2], "16-25" if n > 20 else "") for n in range(1, 31)]
    asked = Places("habitants", 8, 4, 4, 3, ((("age", "16-25"), 3),))
    (found,) = draw(people, [asked], "graine")
    assert sum(one.age == "16-25" for one in found.membres) >= 3
    assert sum(one.sexe == "F" for one in found.membres) == 4
    assert found.vacants == {}


@given(calls())
def test_what_the_list_says_singles_nobody_out(call: tuple[list[Inscrit], list[Places], str]) -> None:
    people, asked, _ = call
    shown = publishable(people, asked, 5)
    assert [(one.numero, one.sexe) for one in shown] == [(one.numero, one.sexe) for one in people]
    for college in COLLEGES:
        alike = Counter((one.sexe, one.age, one.secteur) for one in shown if one.college == college)
        for (sexe, age, sector), count in alike.items():
            alone = sum(many for key, many in alike.items() if key[0] == sexe) == count
            assert count >= 5 or (alone and not age and not sector)


def test_a_class_of_five_is_said_and_one_of_four_is_not() -> None:
    asked = [Places("habitants", 4, 2, 2, 0, ((("age", "16-25"), 1),))]
    crowd = [Inscrit(n, "habitants", "F") for n in range(1, 9)]
    four = [Inscrit(n, "habitants", "F", "16-25") for n in range(10, 14)]
    assert {one.age for one in publishable([*crowd, *four], asked, 5)} == {""}
    five = [*four, Inscrit(14, "habitants", "F", "16-25")]
    assert list_of(publishable([*crowd, *five], asked, 5)).startswith("numero;college;sexe;age\n1;habitants;F;\n")


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
