"""What indicators compute from the council: the members who have a mandate, never a nought that nobody saw."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tenir.conseil.calculs import computed
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.conseil.appels import membre

pytestmark = pytest.mark.deux_bases
COUTRAS = Path(__file__).parents[2] / "contrats/natures/coutras-2024-2030.yaml"


def test_members_are_counted_at_the_end_of_a_period(vallon: EspaceDeContrat, equipe: Acces) -> None:
    today = horloge.today(vallon)
    year = date(today.year, 1, 1), date(today.year, 12, 31)
    assert computed(vallon, "membres", *year) is None
    membre(equipe, vallon)
    membre(equipe, vallon, college="habitants")
    assert (computed(vallon, "membres", *year), computed(vallon, "habitants", *year)) == (2, 1)
    before = today - timedelta(days=800)
    assert computed(vallon, "membres", before, before + timedelta(days=30)) is None
    ahead = date(today.year + 1, 1, 1)
    assert computed(vallon, "membres", ahead, ahead + timedelta(days=30)) is None


def test_the_indicator_of_coutras_on_the_members_computes_itself() -> None:
    kind = next(one for one in COUTRAS.read_text("utf-8").split("---\n") if "nature: membres-du-conseil" in one)
    assert "{indicateur: I31, calcul: conseil, de: habitants}" in kind
