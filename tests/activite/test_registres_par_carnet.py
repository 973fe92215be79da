"""The registers behind the link of a carnet: what it lets one say, of what, once; and what it refuses."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.enums import Confiance
from tenir.activite.models import Carnet, Objet
from tenir.activite.services.objets import Point, note_objet
from tenir.activite.services.par_carnet import acces_of as acces_of_carnet
from tenir.activite.services.par_carnet import take_back, undoable
from tenir.activite.services.registres_par_carnet import add_thing, note_thing, registers_of, things_of
from tenir.activite.services.valeurs import given_of
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.activite.carnets import affiche, carnet, jeton_of
from tests.activite.registre import kinds
from tests.activite.registres import CONVENTION, PAQTE, numbers, objet, point
from tests.formulaires import Lectrice, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(people: dict[str, Personne], vallon: EspaceDeContrat) -> Acces:
    kinds(vallon, PAQTE, CONVENTION)
    return acces_of(people["equipe"])


def today_of(mine: Carnet) -> Point:
    return Point(horloge.today(mine.espace))


def test_a_carnet_shows_what_its_body_holds_and_goes_on(vallon: EspaceDeContrat, team: Acces) -> None:
    mine = carnet(team, vallon)
    ours = objet(team, vallon)
    objet(team, vallon, "À un autre", of="caf")
    over = objet(team, vallon, "Fini")
    point(team, over, "rompu")
    assert things_of(mine, registers_of(mine)) == [ours]
    assert registers_of(affiche(team, vallon)) == []


def test_a_carnet_that_names_kinds_keeps_to_them(vallon: EspaceDeContrat, team: Acces) -> None:
    mine = carnet(team, vallon, natures=["accord", "atelier"])
    objet(team, vallon)
    assert [one.nature for one in registers_of(mine)] == ["accord"]
    assert things_of(mine, registers_of(mine)) == []


def test_a_wall_adds_to_the_registers_that_it_names_and_shows_none(vallon: EspaceDeContrat, team: Acces) -> None:
    wall = affiche(team, vallon)
    Carnet.objects.filter(pk=wall.pk).update(natures=["engagement"])
    wall.refresh_from_db()
    client, url = Lectrice(), reverse("mon-carnet-ajouter", args=[jeton_of(wall), "engagement"])
    assert client.post(url, {**held(client.get(url)), "libelle": "Fournil"}).status_code == 302
    made = Objet.objects.get()
    assert (made.lieu, made.organisme, made.entrees.get().confiance) == (wall.lieu, wall.organisme, "déclarée")
    assert things_of(wall, registers_of(wall)) == []
    assert "Fournil" not in client.get(reverse("mon-carnet", args=[jeton_of(wall)])).content.decode()
    assert client.get(reverse("mon-carnet-objet", args=[jeton_of(wall), made.numero])).status_code == 404


def test_what_it_says_counts_once_and_is_taken_back(vallon: EspaceDeContrat, team: Acces) -> None:
    mine, held_ = carnet(team, vallon), objet(team, vallon, valeurs={"promis": 4})
    said = Point(horloge.today(vallon), "tenu", numbers({"utilises": 2}))
    made = note_thing(mine, held_, point=said, cle="un", lu="promis")
    assert note_thing(mine, held_, point=said, cle="un", lu="promis") == made
    assert (made.source, made.confiance, given_of(made)) == ("carnet", "retenue", {("utilises", ""): Decimal(2)})
    (geste,) = undoable(mine)
    take_back(mine, geste.pk)
    assert held_.entrees.count() == 1


def test_a_thing_added_is_taken_back_whole(vallon: EspaceDeContrat, team: Acces) -> None:
    mine = carnet(team, vallon)
    given = {"libelle": "Fournil", "lieu": None, "autre_lieu": ""}
    made = add_thing(mine, nature="engagement", values=given, attributs={}, point=today_of(mine), cle="un")
    assert add_thing(mine, nature="engagement", values=given, attributs={}, point=today_of(mine), cle="un") == made
    (geste,) = undoable(mine)
    take_back(mine, geste.pk)
    assert not Objet.objects.exists()


def test_a_page_that_shows_another_state_writes_nothing(vallon: EspaceDeContrat, team: Acces) -> None:
    mine, held_ = carnet(team, vallon), objet(team, vallon)
    point(team, held_, "tenu")
    with pytest.raises(ValidationError, match="autre chose entre-temps"):
        note_thing(mine, held_, point=Point(horloge.today(vallon), "rompu"), cle="un", lu="promis")


def test_the_thing_of_another_body_is_not_there(vallon: EspaceDeContrat, team: Acces) -> None:
    mine, theirs = carnet(team, vallon), objet(team, vallon, of="caf")
    url = reverse("mon-carnet-objet", args=[jeton_of(mine), theirs.numero])
    assert Lectrice().get(url).status_code == 404
    said = Point(horloge.today(vallon), "tenu")
    with pytest.raises(ValidationError, match="ne sert pas à cela"):
        note_thing(mine, theirs, point=said, cle="un")
    with pytest.raises(Refus):
        note_objet(by=acces_of_carnet(mine), objet=theirs, point=replace(said, organisme=mine.organisme))


def test_what_is_doubted_is_said_then_waits_for_the_team(vallon: EspaceDeContrat, team: Acces) -> None:
    mine = carnet(team, vallon)
    client, url = Lectrice(), reverse("mon-carnet-ajouter", args=[jeton_of(mine), "engagement"])
    typed = {"libelle": "Chez M. Durand"}
    page = client.post(url, {**held(client.get(url)), **typed})
    assert page.status_code == 422
    assert "semble nommer quelqu’un" in page.content.decode().replace("\u00a0", " ")
    assert client.post(url, {**held(page), **typed, "exact": "on"}).status_code == 302
    assert Objet.objects.get().entrees.get().confiance == Confiance.DECLAREE


def test_one_corrects_what_one_said_of_a_thing(vallon: EspaceDeContrat, team: Acces) -> None:
    mine, held_ = carnet(team, vallon), objet(team, vallon, le=horloge.today(vallon) - timedelta(days=9))
    made = note_thing(mine, held_, point=Point(horloge.today(vallon), "tenu"), cle="un")
    client, url = Lectrice(), reverse("mon-carnet-corriger", args=[jeton_of(mine), made.numero])
    assert client.post(url, {**held(client.get(url)), "etat": "rompu", "v_offerts": "3"}).status_code == 302
    made.refresh_from_db()
    assert (made.etat, given_of(made)) == ("rompu", {("offerts", ""): Decimal(3)})
