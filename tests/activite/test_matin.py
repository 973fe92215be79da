"""What the register brings to the desk: what waits to be read, what was planned and waits to be confirmed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.enums import Statut
from tenir.activite.services.carnets import close_carnet
from tenir.activite.services.par_carnet import note
from tenir.core import horloge
from tenir.core.models import Courriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tests.activite.carnets import affiche, carnet
from tests.activite.registre import entree, said

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
DESK = "/espace/vallon/"


def test_what_came_from_a_wall_waits_on_the_desk_of_the_team(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    today = horloge.today(vallon)
    wall = affiche(acces_of(people["equipe"]), vallon)
    note(wall, nature="atelier", saisie=said(12, le=today), cle="une")
    html = as_("equipe").get(DESK).content.decode()
    assert "Entrées à lire" in html
    assert "Une entrée est à lire" in html.replace("\u00a0", " ")
    assert "Entrées à lire" not in as_("partenaire").get(DESK).content.decode()


def test_a_letter_of_a_carnet_that_did_not_arrive_waits_on_the_desk(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    mine = carnet(acces_of(people["equipe"]), vallon)
    Courriel.objects.filter(genre="carnet").update(etat=Courriel.Etat.REFUSE, erreur="Adresse inconnue.")
    html = as_("equipe").get(DESK).content.decode()
    assert "Liens de carnet qui n’arrivent pas" in html
    assert "Adresse inconnue." in html
    close_carnet(by=acces_of(people["equipe"]), carnet=mine)
    assert "Adresse inconnue." not in as_("equipe").get(DESK).content.decode()
    assert "Adresse inconnue." not in as_("partenaire").get(DESK).content.decode()


def test_a_planned_session_whose_day_is_past_waits_for_whoever_holds_it(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    team, before = acces_of(people["equipe"]), horloge.today(vallon) - timedelta(days=3)
    entree(team, vallon, None, le=before, statut=Statut.PREVUE)
    entree(team, vallon, None, le=before, statut=Statut.PREVUE, of="mairie")
    entree(team, vallon, None, le=horloge.today(vallon) + timedelta(days=3), statut=Statut.PREVUE)
    assert "Deux séances sont à confirmer" in as_("equipe").get(DESK).content.decode().replace("\u00a0", " ")
    assert "Une séance est à confirmer" in as_("partenaire").get(DESK).content.decode().replace("\u00a0", " ")
    assert "à confirmer" not in as_("lecture").get(DESK).content.decode()
