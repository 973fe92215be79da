"""The words of a préconisation where others print them: corrected or withdrawn there too; each public one is read."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.gouvernance.services.points import bring_back
from tenir.gouvernance.services.reunions import publish as publish_meeting
from tenir.gouvernance.services.suites import put_on_agenda as propose_again
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.preconisations.champs import LECTURE
from tenir.preconisations.ecrans.formulaires import NouvelleForm, PublierForm
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.recevoir import publish, rewrite_preconisation, set_aside, shown
from tenir.preconisations.services.repondre import put_on_agenda
from tests.gouvernance.reunions import comites, decision, proposition, reunion
from tests.partage import shared
from tests.personnes import acces, body, contract
from tests.preconisations.preconisations import answered, asked, sent

pytestmark = pytest.mark.deux_bases
NAME = "Madame Untel"
LATER = {"reunion", "rouverte_pourquoi"}
"""What becomes public of one after it is published, each by a form of its own that says so."""


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[tuple[EspaceDeContrat, Acces]]:
    def make() -> tuple[EspaceDeContrat, Acces]:
        espace = contract("vallon")
        return espace, acces("Basile Pivot", Role.EQUIPE, espace)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def room(_made: tuple[EspaceDeContrat, Acces], db: None) -> tuple[EspaceDeContrat, Acces]:
    return deepcopy(_made)


def page(name: str, *args: object) -> str:
    found = Client().get(reverse(name, args=args))
    assert found.status_code == 200
    return found.content.decode().replace("\xa0", " ")


def test_an_agenda_tells_what_it_examines_as_it_stands_and_nothing_of_what_was_withdrawn(
    room: tuple[EspaceDeContrat, Acces],
) -> None:
    espace, team = room
    meeting = reunion(team, comites(espace).pilotage)
    publish_meeting(by=team, reunion=meeting, public=True)
    found = asked(team, espace, f"{NAME} gare sa voiture.")
    put_on_agenda(by=team, preconisation=found, reunion=meeting)
    there = ("reunion-publique", "vallon", meeting.pk)
    assert f"Préconisation {found.code} : {NAME} gare" in page(*there)
    found.refresh_from_db()
    rewrite_preconisation(
        by=team, preconisation=found, version=found.version, changes={"texte": "Des voitures sont garées là."}
    )
    assert NAME not in page(*there)
    assert "Des voitures sont garées là." in page(*there)
    set_aside(by=team, preconisation=found, motif="Elle désigne quelqu’un.")
    assert "garées" not in page(*there)
    assert f"Préconisation {found.code}, retirée" in page(*there)


def test_a_public_agenda_says_nothing_of_what_a_meeting_that_is_not_published_decided_or_proposed(
    room: tuple[EspaceDeContrat, Acces],
) -> None:
    espace, team = room
    bodies = comites(espace)
    before = reunion(team, bodies.pilotage, days=1)
    late = decision(team, before, texte="Décidé à huis clos.", pour_le=horloge.today() + timedelta(days=2))
    made = proposition(team, before)
    meeting = reunion(team, bodies.pilotage, days=20)
    bring_back(by=team, reunion=meeting)
    propose_again(by=team, proposition=made, reunion=meeting)
    publish_meeting(by=team, reunion=meeting, public=True)
    there = ("reunion-publique", "vallon", meeting.pk)
    assert f"Où en est la décision {late.code}" in page(*there)
    assert "huis clos" not in page(*there)
    assert made.texte not in page(*there)
    publish_meeting(by=team, reunion=before, public=True)
    assert "huis clos" in page(*there)
    assert made.texte in page(*there)


def test_a_meeting_that_is_not_published_is_not_named_by_what_was_asked_in_it(
    room: tuple[EspaceDeContrat, Acces],
) -> None:
    espace, team = room
    meeting = reunion(team, comites(espace).pilotage, days=3)
    found = asked(team, espace, origine="reunion", reunion=meeting)
    there = ("preconisation-publique", "vallon", found.numero)
    name = str(meeting).replace("\xa0", " ")
    assert name not in page(*there)
    assert str(found.get_origine_display()) in page(*there)
    publish_meeting(by=team, reunion=meeting, public=True)
    assert name in page(*there)


def free_and_public() -> set[str]:
    """The free fields of a préconisation that anyone reads once it is published."""
    free = {
        one.name
        for one in Preconisation._meta.concrete_fields
        if isinstance(one, CharField | TextField) and not one.choices
    }
    return (free & {name for name, level in LECTURE["Preconisation"].items() if not isinstance(level, int)}) - LATER


@pytest.mark.parametrize("form", [PublierForm, NouvelleForm])
def test_every_free_field_that_becomes_public_is_in_the_form_that_publishes_it_and_in_its_mark(
    form: type, room: tuple[EspaceDeContrat, Acces]
) -> None:
    espace, _ = room
    found = sent(espace, "Un banc.", lieu="Devant le 3")
    made = form(found if form is PublierForm else espace)
    assert free_and_public() >= {"texte", "lieu"}
    assert free_and_public() <= set(made.fields)
    for name in free_and_public():
        read = shown(found)
        setattr(found, name, "Autrement")
        assert shown(found) != read, name


def test_a_place_that_names_someone_is_taken_off_as_it_is_published(room: tuple[EspaceDeContrat, Acces]) -> None:
    espace, team = room
    found = sent(espace, "Un banc.", lieu=f"chez {NAME}")
    due = horloge.today(espace) + timedelta(days=30)
    publish(by=team, preconisation=found, texte="Un banc.", lieu="rue fictive", organisme=body("ccas"), echeance=due)
    assert NAME not in page("preconisation-publique", "vallon", found.numero)
    assert "rue fictive" in page("preconisation-publique", "vallon", found.numero)


def test_words_that_were_answered_stay(room: tuple[EspaceDeContrat, Acces]) -> None:
    espace, team = room
    found = answered(team, espace, "suivie")
    for changes in ({"texte": "Tout autre chose."}, {"lieu": "Ailleurs"}):
        with pytest.raises(ValidationError, match="ne changent plus"):
            rewrite_preconisation(by=team, preconisation=found, version=found.version, changes=changes)
    found.refresh_from_db()
    assert found.texte != "Tout autre chose."
