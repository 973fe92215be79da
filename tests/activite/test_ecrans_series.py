"""The screens of what comes back: saying it, changing it, telling one of its days."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.test import Client

from tenir.acteurs.models import Personne
from tenir.activite.models import Entree, Serie
from tenir.activite.rythmes import rhythm
from tenir.activite.services.series import change_serie, create_serie, to_write
from tenir.activite.services.valeurs import given_of
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces, acces_of
from tests.activite.registre import LE, VEILLE, kinds
from tests.formulaires import held
from tests.personnes import body
from tests.vie import fiche

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
People = dict[str, Personne]
AT = "/espace/vallon/activite/series/"


def daily(by: Acces, espace: EspaceDeContrat, *, nature: str = "atelier", of: str = "ccas", **values: Any) -> Serie:
    usual = {"jours": "0123456", "debut": time(14), "fin": time(17), "du": LE, "organisme": body(of)}
    return create_serie(by=by, espace=espace, nature=nature, values={**usual, "sauf_feries": False, **values})


def last_day(serie: Serie) -> date:
    return to_write(serie, horloge.today(serie.espace))[0].le


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "tous les mardis de 14 h à 17 h, sauf les jours fériés"),
        ({"jours": "13", "debut": time(9, 30), "sauf_feries": False}, "tous les mardis et jeudis de 9 h 30 à 17 h"),
        (
            {"semaines": 2, "zone": "A"},
            "les mardis, toutes les 2 semaines, de 14 h à 17 h, sauf les jours",
        ),
        ({"rang": -1, "jours": "2", "sauf_feries": False}, "le dernier mercredi du mois de 14 h à 17 h"),
    ],
)
def test_a_rhythm_is_told_in_words(values: dict[str, Any], said: str) -> None:
    usual = {"jours": "1", "debut": time(14), "fin": time(17), "du": LE}
    assert rhythm(Serie(**usual | values)).replace("\u00a0", " ").startswith(said)


def test_a_partner_says_what_comes_back(as_: As, vallon: EspaceDeContrat) -> None:
    sent = {
        "nature": "atelier",
        "organisme": body("ccas").pk,
        "jours": ["3", "1"],
        "semaines": "1",
        "debut": "14:00",
        "fin": "16:30",
        "du": "2026-01-06",
        "sauf_feries": "on",
        "zone": "A",
    }
    client = as_("partenaire")
    retained(vallon)
    done = client.post(f"{AT}nouvelle/", sent, follow=True)
    made = Serie.objects.get()
    assert (made.jours, made.minutes, made.zone) == ("13", 150, "A")
    assert "La série est ajoutée." in done.content.decode()


def retained(espace: EspaceDeContrat) -> None:
    """The body of the partner is one of the contract."""
    OrganismeRetenu.objects.create(espace=espace, organisation=body("ccas"))


def test_a_series_that_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    as_: As, vallon: EspaceDeContrat
) -> None:
    retained(vallon)
    sent = {"nature": "atelier", "organisme": body("ccas").pk, "debut": "17:00", "fin": "14:00", "du": "2026-01-06"}
    done = as_("partenaire").post(f"{AT}nouvelle/", {**sent, "semaines": "1", "titre": "Thé dansant"})
    assert done.status_code == 422
    assert "Choisissez au moins un jour" in done.content.decode()
    assert "Thé dansant" in done.content.decode()
    assert not Serie.objects.exists()


def test_a_day_is_told_in_two_gestures_and_waits_no_more(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    made = daily(acces_of(people["partenaire"]), vallon)
    day = last_day(made)
    url = f"{AT}1/{day.isoformat()}/"
    client = as_("partenaire")
    assert "Combien de personnes sont venues" in client.get(url).content.decode()
    client.post(url, {"statut": "tenue", "v_presents": "12"})
    told = Entree.objects.get()
    assert (told.debut, told.minutes, told.serie, given_of(told)[("presents", "")]) == (day, 180, made, 12)
    assert client.get(url).status_code == 404
    assert f"{AT}1/{last_day(made).isoformat()}/" in client.get(f"{AT}1/").content.decode()


def test_a_day_without_its_number_is_asked_again_and_one_cancelled_needs_none(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    made = daily(acces_of(people["partenaire"]), vallon)
    url = f"{AT}1/{last_day(made).isoformat()}/"
    client = as_("partenaire")
    done = client.post(url, {"statut": "tenue", "v_presents": ""})
    assert (done.status_code, "le seul qu’il faut" in done.content.decode()) == (422, True)
    client.post(url, {"statut": "annulée", "v_presents": ""})
    assert Entree.objects.get().statut == "annulée"


def test_a_number_out_of_the_ordinary_is_confirmed(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    made = daily(acces_of(people["partenaire"]), vallon)
    url = f"{AT}1/{last_day(made).isoformat()}/"
    client = as_("partenaire")
    done = client.post(url, {"statut": "tenue", "v_presents": "900"})
    assert "sort de l’ordinaire" in done.content.decode()
    client.post(url, {"statut": "tenue", "v_presents": "900", "exact": "on"})
    assert Entree.objects.count() == 1


@pytest.mark.parametrize("day", ["2026-02-30", "1999-01-01", "hier", "2999-01-01"])
def test_a_day_that_is_none_of_the_series_does_not_exist(
    as_: As, vallon: EspaceDeContrat, people: People, day: str
) -> None:
    daily(acces_of(people["partenaire"]), vallon)
    assert as_("partenaire").get(f"{AT}1/{day}/").status_code == 404


def test_a_partner_neither_changes_nor_tells_what_another_body_holds(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    made = daily(acces_of(people["equipe"]), vallon, of="caf")
    client = as_("partenaire")
    assert client.get(f"{AT}1/").status_code == 200
    assert client.get(f"{AT}1/modifier/").status_code == 403
    assert client.get(f"{AT}1/{last_day(made).isoformat()}/").status_code == 403


def test_a_series_for_the_team_does_not_exist_for_others(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    kinds(vallon, VEILLE)
    daily(acces_of(people["equipe"]), vallon, nature="veille", titre="Rondes du soir")
    assert "Rondes du soir" in as_("equipe").get(AT).content.decode()
    client = as_("partenaire")
    assert "Rondes du soir" not in client.get(AT).content.decode()
    assert client.get(f"{AT}1/").status_code == 404


def test_a_series_is_ended_by_its_last_day_and_leaves_the_list(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    made = daily(acces_of(people["equipe"]), vallon)
    client = as_("equipe")
    retained(vallon)
    sent = {
        "organisme": made.organisme_id,
        "jours": list("0123456"),
        "semaines": "1",
        "debut": "14:00",
        "fin": "17:00",
        "du": LE.isoformat(),
        "au": LE.isoformat(),
        "version": "1",
    }
    client.post(f"{AT}1/modifier/", sent)
    assert Serie.objects.get().au == LE
    assert "Aucune série ici" in client.get(AT).content.decode()
    assert f"{AT}1/" in client.get(f"{AT}?finies=oui").content.decode()


def test_the_actions_of_a_series_are_changed_and_two_people_on_them_choose(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    made, of = daily(acces_of(people["equipe"]), vallon), fiche(vallon)
    client = as_("equipe")
    read = held(client.get(f"{AT}1/modifier/"))
    change_serie(by=acces_of(people["equipe"]), serie=made, version=1, changes={"titre": "Thé dansant"})
    done = client.post(f"{AT}1/modifier/", {**read, "fiches": [str(of.pk)]})
    assert (done.status_code, "O01-A01" in done.content.decode()) == (409, True)
    assert not made.fiches.exists()
    client.post(f"{AT}1/modifier/", {**held(client.get(f"{AT}1/modifier/")), "fiches": [str(of.pk)]})
    assert list(made.fiches.all()) == [of]


def test_a_series_of_a_body_that_is_offered_no_more_is_still_changed(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    made = daily(acces_of(people["equipe"]), vallon)
    client = as_("equipe")
    client.post(f"{AT}1/modifier/", {**held(client.get(f"{AT}1/modifier/")), "titre": "Thé dansant"})
    assert Serie.objects.get(pk=made.pk).titre == "Thé dansant"


def test_a_partner_is_offered_no_kind_of_the_team(as_: As, vallon: EspaceDeContrat) -> None:
    kinds(vallon, VEILLE)
    assert "Fait de veille" in as_("equipe").get(f"{AT}nouvelle/").content.decode()
    assert "Fait de veille" not in as_("partenaire").get(f"{AT}nouvelle/").content.decode()


def test_a_number_is_typed_in_french(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    made = daily(acces_of(people["partenaire"]), vallon)
    url = f"{AT}1/{last_day(made).isoformat()}/"
    as_("partenaire").post(url, {"statut": "tenue", "v_presents": "1\u00a0200", "exact": "on"})
    assert given_of(Entree.objects.get())[("presents", "")] == 1200
