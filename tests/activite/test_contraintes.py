"""Constraints told in memory are told as the database tells them, whatever a row holds."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tenir.activite.models import Entree, VersionDeNature
from tenir.core.contraintes import validate_constraints
from tenir.financement.models import SubventionAPublier
from tenir.habilitations.models import EspaceDeContrat
from tests.exemples import SHARED, few

pytestmark = pytest.mark.deux_bases

DAYS = st.sampled_from([date(1999, 12, 31), date(2000, 1, 1), date(2026, 3, 12), date(2026, 3, 13), date(2100, 1, 2)])
APART = {"numero", "cle"}
ROWS = st.fixed_dictionaries(
    {
        "forme": st.sampled_from(["séance", "décompte", "état", "autre"]),
        "niveau": st.sampled_from([0, 1, 2]),
        "debut": DAYS,
        "fin": DAYS,
        "minutes": st.sampled_from([None, 0, 1, 1440, 1441]),
        "lieu_id": st.sampled_from([None, 7]),
        "autre_lieu": st.sampled_from(["", "Gymnase"]),
        "quartier": st.sampled_from(["oui", "peut-être"]),
        "statut": st.sampled_from(["tenue", "rêvée"]),
        "confiance": st.sampled_from(["retenue", "crue"]),
        "source": st.sampled_from(["tableur", "bruit"]),
    }
)


def told(check: Any) -> dict[str, list[str]]:
    try:
        check()
    except ValidationError as error:
        return error.message_dict
    return {}


@few(25, SHARED)
@given(held=ROWS)
def test_memory_and_the_database_say_the_same_of_an_entry(
    vallon: EspaceDeContrat, django_assert_num_queries: Any, held: dict[str, Any]
) -> None:
    row = Entree(espace=vallon, mots=VersionDeNature(pk=1), **held)
    asked = told(lambda: row.validate_constraints(exclude=set(APART)))
    assert told(lambda: validate_constraints(row, APART)) == asked
    if not asked:
        with django_assert_num_queries(0):
            validate_constraints(row, APART)


SUBSIDIES = st.fixed_dictionaries(
    {
        "beneficiaire": st.sampled_from(["", "Association fictive"]),
        "siret": st.sampled_from(["", "73282932000074", "7328293200007", "73282932000074\n", "A3282932000074"]),
        "rna": st.sampled_from(["", "W332000001", "w332000001", "W33200000"]),
        "part": st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(1), Decimal(2)]),
    }
)


@few(25, SHARED)
@given(held=SUBSIDIES)
def test_memory_and_the_database_say_the_same_of_what_follows_a_pattern(
    vallon: EspaceDeContrat, django_assert_num_queries: Any, held: dict[str, Any]
) -> None:
    row = SubventionAPublier(**held)
    asked = told(lambda: row.validate_constraints(exclude={"ligne"}))
    assert told(lambda: validate_constraints(row, {"ligne"})) == asked
    if not asked and "\n" not in row.siret:
        with django_assert_num_queries(0):
            validate_constraints(row, {"ligne"})
