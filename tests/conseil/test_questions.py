"""Questions of the council with their day; who of its members came; what councils share."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.conseil.models import PresenceDeMembre, QuestionDuConseil
from tenir.conseil.services.presences import count, held_on, note, noted, shown
from tenir.conseil.services.questions import answer
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.reunions import publish
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.conseil.appels import membre, piece, question
from tests.gouvernance.reunions import comites, convoquee
from tests.partage import shared
from tests.personnes import acces, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """A public contract, its team, two partners, one who speaks for the council; a meeting of today."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces
    caf: Acces
    conseil: Acces
    reunion: Reunion


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon")
        bodies, team = comites(espace), acces("Basile Pivot", Role.EQUIPE, espace)
        ccas, caf, council = (
            acces(name, Role.PARTENAIRE, espace, of=of)
            for name, of in (("Cléo Relais", "ccas"), ("Luc Caisse", "caf"), ("Zoé Conseil", "conseil"))
        )
        for college, sexe in (("habitants", "F"), ("habitants", "H"), ("acteurs", "F")):
            membre(team, espace, college=college, sexe=sexe)
        return Salle(espace, team, ccas, caf, council, convoquee(team, bodies.technique, days=0))

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def page(client: Client, by: Acces, name: str = "conseil") -> str:
    client.force_login(by.personne.utilisateur)
    found = client.get(reverse(name, args=[salle_slug(by)])).content.decode()
    return found.replace("\xa0", " ").replace("\u202f", " ")


def salle_slug(by: Acces) -> str:
    return by.contracts()[0].slug


def test_the_council_asks_and_the_body_that_is_asked_answers(salle: Salle, client: Client) -> None:
    found = question(salle.conseil, salle.espace)
    assert "attendue" in page(client, salle.caf)
    with pytest.raises(Refus):
        answer(by=salle.caf, question=found, reponse="En mai.")
    answer(by=salle.ccas, question=found, reponse="En mai.")
    told = page(client, salle.caf)
    assert "En mai." in told
    assert "répondue" in told


def test_only_the_council_and_the_team_ask(salle: Salle) -> None:
    with pytest.raises(Refus):
        question(salle.caf, salle.espace)
    assert question(salle.equipe, salle.espace).code == "Q1"


def test_a_question_that_nobody_answered_by_its_day_is_late_for_everyone(salle: Salle, client: Client) -> None:
    found = question(salle.conseil, salle.espace)
    today = horloge.today(salle.espace)
    rows = QuestionDuConseil.objects.filter(pk=found.pk)
    rows.update(posee_le=today - timedelta(days=30), echeance=today - timedelta(days=1))
    assert "en retard" in page(client, salle.caf)
    assert "Quand rouvre la salle" in page(client, salle.equipe, "aujourdhui")
    assert "Quand rouvre la salle" in page(client, salle.ccas, "aujourdhui")
    assert "Quand rouvre la salle" not in page(client, salle.caf, "aujourdhui")


def test_an_answer_given_meanwhile_is_seen_first(salle: Salle) -> None:
    found = question(salle.conseil, salle.espace)
    answer(by=salle.ccas, question=found, reponse="En mai.")
    with pytest.raises(Perime):
        answer(by=salle.equipe, question=found, reponse="En juin.", lu={"question": found.texte, "réponse": ""})


@pytest.mark.parametrize("given", [{"texte": ""}, {"echeance": date(2024, 1, 1)}])
def test_a_question_asks_something_by_a_day_to_come(salle: Salle, given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        question(salle.conseil, salle.espace, **given)


def test_sy09_who_came_is_noted_member_by_member_and_counts_parity_and_colleges(salle: Salle, client: Client) -> None:
    first, second, third = held_on(salle.reunion)
    seen = {first.pk: "present", second.pk: "excuse", third.pk: "present"}
    assert note(by=salle.equipe, reunion=salle.reunion, presences=seen) == 3
    made = count(held_on(salle.reunion), noted(salle.reunion))
    assert made is not None
    assert (made.presents, made.membres, made.femmes + made.hommes, made.habitants + made.acteurs) == (2, 3, 2, 2)
    assert "2 membres présents" in page(client, salle.equipe)
    assert note(by=salle.equipe, reunion=salle.reunion, presences={**seen, first.pk: ""}) == 1
    assert PresenceDeMembre.objects.count() == 2


def test_two_who_note_members_at_once_lose_nothing(salle: Salle) -> None:
    read = shown(salle.reunion)
    first, second, _ = held_on(salle.reunion)
    note(by=salle.equipe, reunion=salle.reunion, presences={first.pk: "present"}, lu=read)
    with pytest.raises(Perime):
        note(by=salle.equipe, reunion=salle.reunion, presences={second.pk: "present"}, lu=read)
    assert noted(salle.reunion) == {first.pk: "present"}


def test_sy11_what_a_council_shares_and_its_public_meetings_are_read_in_every_contract(
    salle: Salle, client: Client
) -> None:
    kept, given = (piece(salle.conseil, salle.espace, titre=titre) for titre in ("Pour nous", "Un café des voisins"))
    type(given).objects.filter(pk=given.pk).update(partagee=True)
    Reunion.objects.filter(pk=salle.reunion.pk).update(jour=horloge.today() + timedelta(days=9))
    salle.reunion.refresh_from_db()
    publish(by=salle.equipe, reunion=salle.reunion, public=True)
    colline = contract("colline", etat="signe")
    voisin = acces("Eve Voisin", Role.LECTURE, colline)
    told = page(client, voisin, "conseil-bibliotheque")
    assert "Un café des voisins" in told
    assert "Comité technique" in told
    assert "Pour nous" not in told
    for one, status in ((given, 200), (kept, 404)):
        assert client.get(reverse("conseil-piece-partagee", args=["colline", one.pk])).status_code == status
