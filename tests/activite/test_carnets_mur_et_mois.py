"""A carnet: what is on a wall, which only adds; the page of a month, told at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tenir.activite.ecrans.carnet.mois import waiting
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Carnet, Entree, Serie
from tenir.activite.services.carnets import (
    send_carnet,
)
from tenir.activite.services.examen import EXACT
from tenir.activite.services.liens_de_carnet import send_again
from tenir.activite.services.par_carnet import (
    Seance,
    awaited,
    correct,
    kinds_of,
    lately,
    take_back,
    tell_month,
    undoable,
)
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.activite.carnets import affiche, carnet, lien_of, noted, sessions, today, weekly
from tests.activite.registre import HEURES, entree, kinds, said
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


# On a wall


def test_a_wall_only_adds_and_is_read_before_it_counts(vallon: EspaceDeContrat, equipe: Acces) -> None:
    wall = affiche(equipe, vallon)
    made = noted(wall)
    assert (made.confiance, made.auteur, made.ou) == (Confiance.DECLAREE, None, "La Navette")
    assert list(lately(wall)) == undoable(wall) == []
    with pytest.raises(ValidationError):
        correct(wall, made, version=1, changes={}, valeurs={}, exact=True)
    entry = EntreeDeTrace.objects.filter(genre="entrée").latest("rang")
    assert (entry.acteur, entry.commande) == (None, "l’affiche de La Navette, n° 1".replace(" 1", "\u00a01"))


def test_a_wall_takes_two_weeks_and_thirty_entries_a_day(vallon: EspaceDeContrat, equipe: Acces) -> None:
    wall = affiche(equipe, vallon)
    with pytest.raises(ValidationError, match="prend ce qui s’est fait"):
        noted(wall, le=today(vallon) - timedelta(days=15))
    for rank in range(30):
        noted(wall, rank + 1, cle=str(rank), exact=True)
    assert noted(wall, 30, cle="29", exact=True).numero == 30
    with pytest.raises(ValidationError, match="beaucoup servi"):
        noted(wall, 31, cle="30", exact=True)


def test_thirty_a_day_is_thirty_without_a_key_too(vallon: EspaceDeContrat, equipe: Acces) -> None:
    wall = affiche(equipe, vallon)
    for rank in range(30):
        noted(wall, rank + 1)
    with pytest.raises(ValidationError, match="beaucoup servi"):
        noted(wall, 31)
    Entree.objects.update(inscrite_le=horloge.now() - timedelta(days=1))
    assert noted(wall, 31).numero == 31


def test_a_wall_tells_nothing_of_what_others_wrote(vallon: EspaceDeContrat, equipe: Acces) -> None:
    wall = affiche(equipe, vallon)
    noted(wall, cle="une")
    assert noted(wall, cle="autre").numero == 2


def test_a_wall_takes_no_count_of_a_period_and_nobody_takes_back_from_it(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    kinds(vallon, HEURES)
    wall = affiche(equipe, vallon)
    assert "heures" not in {one.nature for one in kinds_of(wall)}
    noted(wall)
    hers = Carnet.objects.create(
        espace=vallon, numero=9, genre="personnel", organisme=wall.organisme, personne=wall.personne
    )
    assert undoable(hers) == []
    assert not send_again(wall)


def test_a_code_lasts_a_year_and_is_made_again(vallon: EspaceDeContrat, equipe: Acces) -> None:
    wall = affiche(equipe, vallon)
    first = lien_of(wall)
    assert (first.expire_le - first.cree_le).days == 365
    send_carnet(by=equipe, carnet=wall)
    assert lien_of(wall) != first
    assert first.opens(horloge.now())


# A month


def test_a_month_of_twelve_sessions_is_told_at_once_and_taken_back_at_once(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    weekly(equipe, vallon)
    mine = carnet(equipe, vallon)
    assert tell_month(mine, sessions(mine, 12)) == 12
    assert Entree.objects.counted().count() == 11
    assert Entree.objects.filter(serie=None).count() == 0
    assert not awaited(mine).popitem()[1]
    (geste,) = undoable(mine)
    take_back(mine, geste.pk)
    assert not Entree.objects.exists()


def test_a_month_is_written_whole_or_not_at_all(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    mine = carnet(equipe, vallon)
    wrong = [*sessions(mine, 12)[:-1], Seance("atelier", said(-1, le=today(vallon) - timedelta(days=11)), "fausse")]
    with pytest.raises(ValidationError) as caught:
        tell_month(mine, wrong)
    assert list(caught.value.message_dict) == ["fausse"]
    assert not Entree.objects.exists()
    with pytest.raises(ValidationError) as caught:
        tell_month(mine, sessions(mine, 9999))
    assert EXACT in caught.value.message_dict
    assert tell_month(mine, sessions(mine, 9999), exact=True) == 12
    assert not Entree.objects.counted().exists()


def test_a_session_of_a_service_is_its_own_and_of_no_other_body(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    other = carnet(equipe, vallon, name="Tia Autre", of="mairie")
    assert awaited(other) == {}
    assert noted(other).serie is None
    made = noted(carnet(equipe, vallon), autre_lieu="Ailleurs")
    assert made.serie is None


def test_a_session_awaited_takes_from_its_series_what_is_not_said(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    serie = Serie.objects.get()
    serie.fiches.set([fiche(vallon)])
    made = noted(carnet(equipe, vallon))
    assert (made.minutes, [one.code for one in made.fiches.all()]) == (180, ["O01-A01"])


def test_of_two_series_of_a_day_none_is_chosen(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    weekly(equipe, vallon)
    assert noted(carnet(equipe, vallon)).serie is None


def test_a_session_moved_to_another_day_leaves_its_own_to_be_told(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    mine = carnet(equipe, vallon)
    first = sessions(mine, 12)[1:2]
    tell_month(mine, first)
    one, day = Entree.objects.get(), today(vallon) + timedelta(days=0)
    correct(mine, one, version=1, changes={"debut": day, "fin": day}, valeurs=None, exact=False)
    assert tell_month(mine, first) == 1
    assert Entree.objects.count() == 2


def test_a_session_planned_is_confirmed_on_the_page_of_its_month(vallon: EspaceDeContrat, equipe: Acces) -> None:
    before = today(vallon) - timedelta(days=3)
    planned = entree(equipe, vallon, None, le=before, statut=Statut.PREVUE)
    entree(equipe, vallon, None, le=today(vallon) + timedelta(days=3), statut=Statut.PREVUE)
    mine, few = carnet(equipe, vallon), carnet(equipe, vallon, name="Tia Peu", natures=["permanence"])
    assert [one.prevue for one in waiting(mine)] == [planned]
    assert waiting(few) == []
    told_of = Seance("atelier", said(9, le=before, statut=Statut.TENUE), "e1", planned)
    read = carnet(equipe, vallon, name="Tia Lue", confiance=Confiance.DECLAREE)
    tell_month(read, [told_of])
    assert Entree.objects.get(pk=planned.pk).confiance == Confiance.DECLAREE
    with pytest.raises(ValidationError, match="entre-temps"):
        tell_month(mine, [told_of])


def test_a_session_noted_by_its_kind_tells_its_day_of_the_series(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    mine = carnet(equipe, vallon)
    assert noted(mine).serie is not None
    assert len(awaited(mine).popitem()[1]) == 11


def test_of_a_month_partly_changed_since_what_stays_is_said(vallon: EspaceDeContrat, equipe: Acces) -> None:
    weekly(equipe, vallon)
    mine = carnet(equipe, vallon)
    tell_month(mine, sessions(mine, 12))
    (geste,) = undoable(mine)
    one = Entree.objects.counted()[0]
    correct(mine, one, version=one.version, changes={}, valeurs={("presents", ""): Decimal(3)}, exact=False)
    assert take_back(mine, geste.pk) == ", sauf une séance changée depuis"
    assert Entree.objects.get() == one
