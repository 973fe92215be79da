"""Many subsidies of any shape: whatever leaves for the schema of the State is valid, and what stays says why.

The judge is the facts of that schema (`tests.financement.schema`), the same that Frictionless reads.
"""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tenir.acteurs.models import Organisation
from tenir.core.exports import FORMULA_STARTS
from tenir.financement.enums import NatureDAide
from tenir.financement.models import LigneDeFinancement, SubventionAPublier
from tenir.financement.publication import ENTETES, Publiable, lacks, scdl_file
from tests.financement.argent import RIGHT
from tests.financement.schema import faults

SIRETS = ("35600000049837", RIGHT)
WRONG = ("", "12345678901234", "3560000004983")
RNAS = ("", "W332000001", "W9R1000001", "W2A1000001")
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
DAYS = st.dates(date(1990, 1, 1), date(2089, 12, 31))
USUAL = 12
"""How many times in one more a thing is as it should be, so that most rows leave."""


def mostly(usual: st.SearchStrategy[Any], odd: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What is as it should be, and now and then what is not."""
    return st.integers(0, USUAL).flatmap(lambda rank: usual if rank else odd)


def words(longest: int) -> st.SearchStrategy[str]:
    """Any words, long ones among them; now and then nothing, or what a spreadsheet would compute."""
    known = ["Été ; « fête »", 'Le "Foyer", asso', "L’Œuvre", "x" * longest, "a\u2028b", "1,5", "0012"]
    usual = st.sampled_from(known) | st.text(LETTERS, max_size=longest - 1).map(lambda one: f"A{one}")
    return mostly(usual.map(lambda one: one[:longest]), st.sampled_from(["", "=1+1", "-5", "@x"]))


@st.composite
def subsidies(draw: st.DrawFn) -> tuple[LigneDeFinancement, SubventionAPublier | None]:
    """A line of the ledger and what is known to publish it: zero, huge, several payments over years, RNA alone."""
    numbers = mostly(st.sampled_from(SIRETS), st.sampled_from(WRONG))
    body = Organisation(nom=draw(words(200).filter(bool)), siret=draw(numbers))
    edges = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal("99999999999.99")])
    line = LigneDeFinancement(financeur=body, annee=draw(st.integers(2015, 2035)))
    line.vote = draw(edges | st.decimals(0, 10**6, places=2))
    start, until = draw(mostly(DAYS, st.none())), draw(st.none() | st.integers(0, 2500))
    end = date.fromordinal(start.toordinal() + until) if start and until is not None else None
    siret, rna = draw(st.tuples(numbers, st.sampled_from(RNAS)) | st.just(("", "W332000001")))
    known = SubventionAPublier(
        ligne=line, beneficiaire=draw(words(200).filter(bool)), siret=siret, rna=rna,
        convention_le=draw(mostly(DAYS, st.none())), reference=draw(words(100)), objet=draw(words(256)),
        nature=draw(st.sampled_from(list(NatureDAide))), conditions=draw(words(256)), debut=start, fin=end,
        rae=draw(st.sampled_from(["", "12345"])), ue=draw(st.booleans()),
        part=draw(st.sampled_from([Decimal("0.01"), Decimal("0.3333"), Decimal(1)])), dispositif=draw(words(200)),
    )  # fmt: skip
    return line, draw(mostly(st.just(known), st.none()))


@settings(max_examples=6, deadline=None, database=None)
@given(many=st.lists(subsidies(), min_size=20, max_size=60))
def test_whatever_leaves_is_valid_for_the_schema_and_nothing_is_lost(
    many: list[tuple[LigneDeFinancement, SubventionAPublier | None]],
) -> None:
    found = [Publiable(line, known, tuple(lacks(line, known))) for line, known in many]
    content = scdl_file(found)
    assert faults(content) == []
    rows = list(csv.DictReader(StringIO(content.decode(), newline="")))
    ready = [one for one in found if not one.manques]
    assert len(rows) == len(ready)
    event(f"{len(ready) * 10 // len(found)} dixièmes partent")
    assert all(tuple(row) == ENTETES for row in rows)
    assert sorted(Decimal(row["montant"]) for row in rows) == sorted(one.ligne.vote or 0 for one in ready)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA_STARTS)]
    assert all(row["idBeneficiaire"] or row["rnaBeneficiaire"] for row in rows)


@settings(max_examples=6, deadline=None, database=None)
@given(many=st.lists(subsidies(), min_size=5, max_size=15))
def test_the_file_says_the_same_whatever_the_order(
    many: list[tuple[LigneDeFinancement, SubventionAPublier | None]],
) -> None:
    found = [Publiable(line, known, tuple(lacks(line, known))) for line, known in many]
    assert scdl_file(found) == scdl_file(reversed(found))
