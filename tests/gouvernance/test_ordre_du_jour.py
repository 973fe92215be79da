"""An agenda built from what waits: ticked, each becomes an item that stays linked to what it came from."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.ordre_du_jour import inscribe, offers_for
from tenir.gouvernance.services.points import add_point
from tenir.gouvernance.services.reunions import call_off
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, decision, proposition, reunion
from tests.partage import shared
from tests.personnes import acces, contract
from tests.preconisations.preconisations import asked
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """The team, a meeting to come; before it, a decision, a proposal, a préconisation and a late action."""

    equipe: Acces
    reunion: Reunion


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        by, bodies = acces("Basile Pivot", Role.EQUIPE, espace), comites(espace)
        before, today = reunion(by, bodies.technique, days=5), horloge.today()
        decision(by, before, pour_le=today + timedelta(days=90))
        proposition(by, before)
        asked(by, espace, "Un banc devant la poste.")
        jalon(fiche(espace, "O01-A01"), today - timedelta(days=40))
        return Salle(by, reunion(by, bodies.pilotage))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def groups(reunion: Reunion) -> set[str]:
    return {one.groupe for one in offers_for(reunion)}


def test_each_room_offers_what_waits_in_it(salle: Salle) -> None:
    assert groups(salle.reunion) >= {
        "Décisions à exécuter",
        "Propositions à examiner",
        "Préconisations",
        "Actions en difficulté",
    }


def test_what_is_longer_than_a_title_says_that_it_goes_on(salle: Salle) -> None:
    words = "Ouvrir la salle du bas " * 20
    made = add_point(by=salle.equipe, reunion=salle.reunion, titre=words)
    assert made.titre.endswith("…")
    assert words.startswith(made.titre[:-1])
    assert len(made.titre) <= 300


def test_what_is_ticked_is_an_item_linked_to_what_it_came_from_and_is_offered_no_more(salle: Salle) -> None:
    offers = offers_for(salle.reunion)
    assert inscribe(by=salle.equipe, reunion=salle.reunion, cles={one.cle for one in offers}) == len(offers)
    points = list(salle.reunion.points.select_related("reprend", "proposition"))
    assert len(points) == len(offers)
    assert [one.reprend.code for one in points if one.reprend] == ["D1"]
    assert [one.proposition.code for one in points if one.proposition] == ["P1"]
    assert any(hasattr(one, "preconisation_inscrite") for one in points)
    assert offers_for(salle.reunion) == []
    assert inscribe(by=salle.equipe, reunion=salle.reunion, cles={one.cle for one in offers}) == 0


def test_the_agenda_of_a_meeting_that_is_over_is_built_no_more(salle: Salle) -> None:
    call_off(by=salle.equipe, reunion=salle.reunion, motif="Neige.")
    with pytest.raises(ValidationError):
        inscribe(by=salle.equipe, reunion=salle.reunion, cles={"decision/1"})


def test_the_page_shows_them_by_kind_and_writes_what_is_ticked(salle: Salle, client: Client) -> None:
    client.force_login(salle.equipe.personne.utilisateur)
    url = reverse("reunion-construire", args=["vallon", salle.reunion.pk])
    page = client.get(url).content.decode()
    assert "Un banc devant la poste." in page
    chosen = next(one for one in offers_for(salle.reunion) if one.groupe == "Préconisations")
    fields = client.get(url).context["form"].fields
    name = next(name for name, field in fields.items() if field.label == "Préconisations")
    assert client.post(url, {name: [chosen.cle]}).status_code == 302
    assert salle.reunion.points.count() == 1
