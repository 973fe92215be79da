"""What is counted by period: of whom a point d'étape asks it, and over which period."""

from collections.abc import Iterator
from datetime import date

import pytest

from tenir.acteurs.models import Personne
from tenir.activite.enums import Confiance, Statut
from tenir.activite.periodes import named, periods_over
from tenir.activite.services.entree import judge_entree
from tenir.core.horloge import simulated
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.natures.enums import Periode
from tenir.points.models import Destinataire, PointDEtape
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import PointRefuse, send_point, waive
from tenir.points.services.lecture import accept
from tenir.points.services.reponses import Reponse, answer
from tests.activite.registre import HEURES, PARC, entree, kinds
from tests.personnes import body, referent
from tests.points.nombres import (
    NOW,
    PETITS_DEJEUNERS,
    SECRET,
    T3,
    TODAY,
    given,
    hours,
    opened,
    wanted,
    written,
)
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


@pytest.fixture(autouse=True)
def _mid_october() -> Iterator[None]:
    with simulated(NOW):
        yield


@pytest.fixture
def point(vallon: EspaceDeContrat, equipe: Acces) -> PointDEtape:
    """A draft about what is counted by period alone."""
    return opened(vallon, equipe)


@pytest.mark.parametrize(
    ("periode", "on", "since", "names"),
    [
        (Periode.TRIMESTRE, date(2026, 10, 12), date(2026, 7, 14), ["3e trimestre 2026"]),
        (Periode.MOIS, date(2026, 10, 12), date(2026, 7, 14), ["juillet 2026", "août 2026", "septembre 2026"]),
        (Periode.SEMESTRE, date(2026, 10, 12), date(2026, 7, 14), ["1er semestre 2026"]),
        (Periode.ANNEE, date(2027, 1, 1), date(2026, 10, 3), ["année 2026"]),
        (Periode.MOIS, date(2027, 1, 1), date(2026, 11, 30), ["novembre 2026", "décembre 2026"]),
    ],
)
def test_the_periods_over_are_named(periode: Periode, on: date, since: date, names: list[str]) -> None:
    assert [named(periode, jours) for jours in periods_over(periode, on, since)] == names


def test_a_body_is_asked_for_the_last_period_over_that_it_has_not_given(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, HEURES)
    assert wanted(point) == []
    hours(equipe, vallon)
    assert wanted(point) == [("Heures d’accueil, 3e trimestre 2026", "caf")]
    hours(equipe, vallon, T3)
    assert wanted(point) == []


def test_what_is_planned_cancelled_or_contested_was_not_given(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, HEURES)
    hours(equipe, vallon)
    hours(equipe, vallon, T3, statut=Statut.ANNULEE)
    judge_entree(by=equipe, entree=hours(equipe, vallon, T3), confiance=Confiance.CONTESTEE, motif="Faux.")
    assert wanted(point) == [("Heures d’accueil, 3e trimestre 2026", "caf")]


def test_a_part_of_the_period_given_is_not_asked_again_lest_it_count_twice(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, HEURES)
    hours(equipe, vallon)
    hours(equipe, vallon, (date(2026, 7, 1), date(2026, 7, 31)))
    assert wanted(point) == []


def test_the_months_that_were_missed_are_asked_while_they_are_more_than_a_memory(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PETITS_DEJEUNERS)
    for month in (3, 8):
        jours = {"debut": date(2026, month, 1), "fin": date(2026, month, 31)}
        entree(equipe, vallon, None, nature="dejeuners", of="caf", valeurs={("servis", ""): 40}, **jours)
    assert [name for name, _ in wanted(point)] == ["Petits déjeuners, juillet 2026", "Petits déjeuners, septembre 2026"]


def test_a_body_that_gave_nothing_for_two_years_is_asked_no_more(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, HEURES)
    hours(equipe, vallon, (date(2024, 4, 1), date(2024, 6, 30)))
    assert wanted(point) == []


def test_a_state_is_asked_unless_a_later_one_is_known(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PARC)
    stock = {"nature": "parc", "of": "caf", "valeurs": {("logements", ""): 400}}
    entree(equipe, vallon, None, le=date(2024, 12, 31), **stock)
    assert wanted(point) == [("État du parc, année 2025", "caf")]
    entree(equipe, vallon, None, le=date(2026, 3, 2), **stock)
    assert wanted(point) == []


def test_those_who_carry_its_actions_are_asked_what_nobody_gave_yet(
    vallon: EspaceDeContrat, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, PETITS_DEJEUNERS)
    assert (wanted(point), plan_of(point, TODAY).blocages) == ([], [])
    of = fiche(vallon)
    (stop,) = plan_of(point, TODAY).blocages
    assert stop.cle == "nature/dejeuners"
    assert "aucun ne porte ses actions" in stop.phrase
    of.organisme_en_charge = body("caf")
    of.save()
    assert wanted(point) == [("Petits déjeuners, septembre 2026", "caf")]


def test_what_the_team_alone_reads_is_asked_of_nobody(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, SECRET)
    jours = {"debut": date(2026, 7, 1), "fin": date(2026, 7, 31)}
    entree(equipe, vallon, None, nature="veille", of="caf", valeurs={("faits", ""): 2}, **jours)
    assert wanted(point) == []


def test_a_body_without_a_contact_stops_the_sending_and_a_number_may_be_passed_over(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    kinds(vallon, HEURES)
    hours(equipe, vallon)
    hours(equipe, vallon, of="ccas")
    plan = plan_of(point, TODAY)
    assert [stop.cle for stop in plan.blocages] == ["organisme/ccas"]
    assert [one.cle for one in plan.nombres] == ["nombre/heures/caf"]
    passed = {"nombre/heures/ccas": "…", "nombre/heures/caf": "…"}
    waive(by=equipe, point=point, cles=passed, motif="déjà reçu par téléphone")
    after = plan_of(point, TODAY)
    assert (after.sollicitations, after.blocages) == ([], [])
    assert {one.phrase for one in after.dispenses} == {
        f"Heures d’accueil, {body('caf')}",
        f"Heures d’accueil, {body('ccas')}",
    }
    with pytest.raises(PointRefuse, match="Personne n’est à solliciter"):
        send_point(by=equipe, point=point)


def test_one_person_answers_for_each_of_her_bodies(
    vallon: EspaceDeContrat, equipe: Acces, point: PointDEtape, caf: Personne
) -> None:
    referent(caf, vallon, of="ccas")
    kinds(vallon, HEURES)
    hours(equipe, vallon)
    hours(equipe, vallon, of="ccas")
    send_point(by=equipe, point=point)
    asked = Destinataire.objects.get()
    assert {one.organisme.identifiant for one in asked.questions.all()} == {"caf", "ccas"}
    for one in asked.questions.all():
        accept(by=equipe, question=answer(destinataire=asked, question=one, reponse=Reponse(nombres=given())))
    assert {one.organisme.identifiant for one in written(vallon)} == {"caf", "ccas"}
