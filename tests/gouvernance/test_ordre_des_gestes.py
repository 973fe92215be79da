"""No order of clicks loses a note, a vote or an attendance, two who note at once included.

Each of two people reads the page when she likes, and sends later what she typed on what she read. What is accepted
stands or is in the history; what is refused is told, and she reads again.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from tenir.core.marques import Lu, Perime
from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.gouvernance.models import PointDOrdreDuJour, Reunion
from tenir.gouvernance.services.points import update_point
from tenir.gouvernance.services.portes import check_in, open_door
from tenir.gouvernance.services.reunions import note_attendance, shown_attendance
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.exemples import SHARED, few
from tests.gouvernance.reunions import comites, convoquee, point
from tests.partage import shared
from tests.personnes import acces, contract

pytestmark = pytest.mark.deux_bases
WHO = ("première", "seconde")
STEP = st.one_of(
    st.tuples(st.sampled_from(["lire"]), st.sampled_from(WHO)),
    st.tuples(st.sampled_from(["noter", "voter", "présence", "compter"]), st.sampled_from(WHO)),
    st.tuples(st.just("porte"), st.sampled_from(["ccas", "caf"])),
)


@dataclass
class Salle:
    """Two of the team, a meeting of today with one item."""

    people: dict[str, Acces]
    point: PointDOrdreDuJour


@dataclass
class Vue:
    """What someone read: the version of the item, and the attendance."""

    version: int
    presences: Lu


@dataclass
class Suivi:
    """What was accepted, in order."""

    notes: list[str] = field(default_factory=list)
    votes: list[int] = field(default_factory=list)
    presences: dict[int, str] = field(default_factory=dict)
    comptes: list[tuple[int, int]] = field(default_factory=list)


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        people = {who: acces(f"{who.capitalize()} Fictive", Role.EQUIPE, espace) for who in WHO}
        found = convoquee(people["première"], comites(espace).technique, days=0)
        open_door(by=people["première"], reunion=found)
        return Salle(people, point(people["première"], found))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


@few(12, SHARED)
@given(steps=st.lists(STEP, min_size=4, max_size=14))
def test_no_order_of_clicks_loses_anything(salle: Salle, steps: list[tuple[str, str]]) -> None:
    around = transaction.atomic()
    around.__enter__()
    try:
        walked(salle, steps)
    finally:
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


def walked(salle: Salle, steps: list[tuple[str, str]]) -> None:
    meeting = Reunion.objects.get(pk=salle.point.reunion_id)
    vues, kept = {who: read(salle, meeting) for who in WHO}, Suivi()
    for rank, (gesture, who) in enumerate(steps):
        if gesture == "lire":
            vues[who] = read(salle, meeting)
        elif gesture == "porte":
            one = meeting.convocations.get(organisation__identifiant=who)
            check_in(door=meeting.porte, convocation=one)
            kept.presences[one.pk] = "present"
        else:
            sent(salle, meeting, gesture, who, vues[who], kept, rank)
    stands(salle, meeting, kept)


def read(salle: Salle, meeting: Reunion) -> Vue:
    return Vue(PointDOrdreDuJour.objects.get(pk=salle.point.pk).version, shown_attendance(meeting))


def sent(salle: Salle, meeting: Reunion, gesture: str, who: str, vue: Vue, kept: Suivi, rank: int) -> None:
    """What she typed is written whole, or refused whole; refused, she is told what stands."""
    by = salle.people[who]
    try:
        if gesture == "présence":
            first = meeting.convocations.order_by("pk")[0]
            seen: dict[int, Any] = {first.pk: ("absent", None)}
            note_attendance(by=by, reunion=meeting, presences=seen, lu=vue.presences)
            kept.presences[first.pk] = "absent"
            return
        if gesture == "compter":
            people = (rank, rank + 1)
            note_attendance(by=by, reunion=meeting, presences={}, personnes=people, lu=vue.presences)
            kept.comptes.append(people)
            return
        changes = {"notes": f"Dit {rank}."} if gesture == "noter" else {"pour": rank}
        update_point(by=by, point=salle.point, version=vue.version, changes=changes)
    except (Conflit, Perime):
        return
    if gesture == "noter":
        kept.notes.append(f"Dit {rank}.")
    else:
        kept.votes.append(rank)


def stands(salle: Salle, meeting: Reunion, kept: Suivi) -> None:
    """The last that was accepted stands; every one is in the history."""
    now = PointDOrdreDuJour.objects.get(pk=salle.point.pk)
    assert now.notes == (kept.notes[-1] if kept.notes else "")
    assert now.pour == (kept.votes[-1] if kept.votes else None)
    counted = Reunion.objects.values_list("femmes", "hommes").get(pk=meeting.pk)
    assert counted == (kept.comptes[-1] if kept.comptes else (None, None))
    told = set(EntreeDeTrace.objects.values_list("apres", flat=True))
    assert set(kept.notes) <= told
    assert {str(one) for one in kept.votes} <= told
    seen = dict(meeting.convocations.exclude(presence="").values_list("pk", "presence"))
    assert seen == kept.presences
