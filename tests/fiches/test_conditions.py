"""What the database counts is what `situation` says of each fiche."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db.models import Q

from tenir.fiches.conditions import has_gap, has_no_date, is_late, is_silent, is_unsaid
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.situation import Situation, get_situation, nothing_said
from tenir.habilitations.models import EspaceDeContrat
from tests.vallon import TODAY
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases

Said = Callable[[FicheAction, list[Jalon], Situation], bool]

ALIKE: dict[str, tuple[Q, Said]] = {
    "late": (is_late(TODAY), lambda fiche, jalons, situation: bool(situation.retards)),
    "silent": (is_silent(TODAY), lambda fiche, jalons, situation: situation.silence_depuis is not None),
    "gap": (has_gap(TODAY), lambda fiche, jalons, situation: bool(situation.ecart)),
    "unsaid": (is_unsaid(), lambda fiche, jalons, situation: nothing_said(fiche, jalons)),
    "undated": (has_no_date(), lambda fiche, jalons, situation: not jalons and not _dated(fiche)),
}


def _dated(found: FicheAction) -> bool:
    starts = (found.debut_prevu, found.debut_revise, found.debut_reel)
    return any((*starts, found.fin_prevue, found.fin_revisee, found.fin_reelle))


@pytest.fixture
def many(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """Fiches of every kind, drawn with a fixed seed, some of them exactly at a threshold."""
    draw = random.Random(5)  # noqa: S311 (a seed, no secret)
    for rank in range(160):
        given = _fields(draw) if rank % 8 else {}
        found = fiche(vallon, f"O{rank // 40 + 1:02}-A{rank % 40 + 1:02}", **given)
        for _ in range(draw.choice((0, 0, 1, 3))):
            _jalon(draw, found)
    return vallon


def _day(draw: random.Random, chance: float = 0.4) -> date | None:
    days = draw.choice((0, -1, 1, draw.randint(-700, 500)))
    return TODAY + timedelta(days=days) if draw.random() < chance else None


def _fields(draw: random.Random) -> dict[str, object]:
    given: dict[str, object] = {"statut": draw.choice(("", "", *Statut.values)), "motif": "faute de lieu"}
    for start, end in (("debut_prevu", "fin_prevue"), ("debut_revise", "fin_revisee"), ("debut_reel", "fin_reelle")):
        days = sorted(filter(None, (_day(draw, 0.25), _day(draw, 0.25))))
        given |= (
            dict(zip((start, end), days, strict=False)) if draw.random() < 0.8 else {end: days[0] if days else None}
        )
    news = TODAY - timedelta(days=draw.choice((1, 183, 184, 185, 400)))
    opened = TODAY - timedelta(days=draw.choice((1, 183, 184, 185, 400)))
    given |= {"derniere_nouvelle_le": draw.choice((None, news)), "ouverte_le": opened}
    return given | {"prochaine_etape": draw.choice(("", "", "Réunir"))}


def _jalon(draw: random.Random, of: FicheAction) -> None:
    planned = _day(draw, 1) or TODAY
    reached, given_up = draw.choice(((None, None), (None, None), (planned, None), (None, planned)))
    revised = draw.choice((None, planned + timedelta(days=draw.choice((-3, 1, 60)))))
    jalon(of, planned, revise_le=revised, atteint_le=reached, abandonne_le=given_up)


@pytest.mark.parametrize("name", ALIKE)
def test_a_condition_of_the_database_finds_what_the_situation_says(many: EspaceDeContrat, name: str) -> None:
    condition, said = ALIKE[name]
    rows = FicheAction.objects.of(many)
    found = set(rows.filter(condition).values_list("pk", flat=True))
    expected = set()
    for one in rows.prefetch_related("jalons"):
        jalons = list(one.jalons.all())
        if said(one, jalons, get_situation(one, jalons, TODAY)):
            expected.add(one.pk)
    assert found == expected
    assert 0 < len(found) < 160, "the fiches drawn prove nothing"


def test_the_conditions_are_those_of_the_queryset(many: EspaceDeContrat) -> None:
    rows = FicheAction.objects.of(many)
    assert set(rows.filter(is_late(TODAY))) == set(rows.late(TODAY))
    assert set(rows.filter(is_silent(TODAY))) == set(rows.silent(TODAY))
