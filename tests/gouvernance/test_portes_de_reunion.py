"""Attendance at the door: a code for the day, by which a body says that it is there."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.gouvernance.enums import Reponse
from tenir.gouvernance.models import Convocation, PorteDeReunion, Reunion
from tenir.gouvernance.services.liens import LienClos
from tenir.gouvernance.services.portes import check_in, find, open_door, token_of
from tenir.gouvernance.services.reunions import call_off, note_attendance, shown_attendance
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import Comites, comites, convoquee
from tests.partage import shared
from tests.personnes import acces, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """The bodies, the team, a meeting of today, its door."""

    comites: Comites
    equipe: Acces
    reunion: Reunion
    porte: PorteDeReunion

    def of(self, name: str) -> Convocation:
        """The invitation of a body."""
        return self.reunion.convocations.select_related("organisation").get(organisation__identifiant=name)


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        by, bodies = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace)
        found = convoquee(by, bodies.technique, days=0)
        return Salle(bodies, by, found, open_door(by=by, reunion=found))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def test_a_body_says_once_that_it_is_there(salle: Salle) -> None:
    assert check_in(door=salle.porte, convocation=salle.of("ccas"))
    assert not check_in(door=salle.porte, convocation=salle.of("ccas"))
    assert salle.of("ccas").presence == Reponse.PRESENT


def test_the_door_is_open_on_the_day_alone(salle: Salle) -> None:
    for days, said in ((1, "le jour de la réunion"), (-1, "ne sert plus")):
        Reunion.objects.filter(pk=salle.reunion.pk).update(jour=horloge.today() + timedelta(days=days))
        with pytest.raises(LienClos, match=said):
            check_in(door=salle.porte, convocation=salle.of("ccas"))


def test_a_meeting_called_off_has_no_door(salle: Salle) -> None:
    call_off(by=salle.equipe, reunion=salle.reunion, motif="Neige.")
    with pytest.raises(LienClos, match="Neige"):
        check_in(door=salle.porte, convocation=salle.of("ccas"))
    with pytest.raises(ValidationError):
        open_door(by=salle.equipe, reunion=salle.reunion)


def test_a_code_changed_closes_the_one_before(salle: Salle) -> None:
    before = token_of(salle.porte)
    door = open_door(by=salle.equipe, reunion=salle.reunion)
    assert find(before) is None
    assert find(token_of(door)) == door
    with pytest.raises(LienClos, match="a été changé"):
        check_in(door=salle.porte, convocation=salle.of("ccas"))


def test_a_body_of_another_meeting_does_not_enter(salle: Salle) -> None:
    other = convoquee(salle.equipe, salle.comites.technique, days=9)
    with pytest.raises(ValidationError):
        check_in(door=salle.porte, convocation=other.convocations.all()[0])


def test_the_page_says_it_and_shows_nobody_else(salle: Salle, client: Client) -> None:
    check_in(door=salle.porte, convocation=salle.of("caf"))
    url = reverse("porte", args=[token_of(salle.porte)])
    assert "présent" not in client.get(url).content.decode()
    page = client.post(url, {"organisme": salle.of("ccas").pk}, follow=True).content.decode()
    assert "est noté présent" in page
    again = client.post(url, {"organisme": salle.of("ccas").pk}, follow=True).content.decode()
    assert "déjà" in again


def test_the_team_who_read_before_is_told_of_who_came_since(salle: Salle) -> None:
    read = shown_attendance(salle.reunion)
    check_in(door=salle.porte, convocation=salle.of("ccas"))
    with pytest.raises(Perime):
        note_attendance(by=salle.equipe, reunion=salle.reunion, presences={salle.of("ccas").pk: ("", None)}, lu=read)
    assert salle.of("ccas").presence == Reponse.PRESENT


def test_what_is_said_at_the_door_is_marked_until_the_team_notes_it_and_nothing_is_told_twice(salle: Salle) -> None:
    check_in(door=salle.porte, convocation=salle.of("ccas"))
    assert salle.of("ccas").a_la_porte
    for _ in range(2):
        seen = {salle.of("ccas").pk: ("present", None)}
        note_attendance(by=salle.equipe, reunion=salle.reunion, presences=seen)
    assert not salle.of("ccas").a_la_porte
    told = EntreeDeTrace.objects.filter(champ="présence du CCAS").order_by("pk")
    rows = list(told.values_list("avant", "apres"))
    assert rows == [("", "présent"), ("présent, dit à la porte", "présent, vérifié")]


def test_a_presence_noted_over_who_was_to_represent_says_nothing_twice(salle: Salle) -> None:
    one = salle.of("ccas")
    Convocation.objects.filter(pk=one.pk).update(presence="present", represente_par=salle.of("caf").organisation)
    note_attendance(by=salle.equipe, reunion=salle.reunion, presences={one.pk: ("present", None)})
    assert salle.of("ccas").represente_par is None
    assert not EntreeDeTrace.objects.filter(champ=f"présence de {one.organisation}").exists()


def test_the_sheet_has_its_code_once_it_is_asked_for(salle: Salle, client: Client) -> None:
    client.force_login(salle.equipe.personne.utilisateur)
    url = reverse("reunion-porte", args=[salle.comites.espace.slug, salle.reunion.pk])
    before = token_of(salle.porte)
    assert before in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    page = client.get(url).content.decode()
    assert before not in page
    assert "code-a-photographier" in page
