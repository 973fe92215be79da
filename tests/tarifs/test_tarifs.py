"""Tariffs: who may what, what the database holds, attendance, scenarios, what is retained and undone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace as Trace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.gouvernance.models import PointDOrdreDuJour
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.tarifs.lecture import in_force, of_year, outcome
from tenir.tarifs.models import Frequentation, GrilleTarifaire, ServiceTarife, Tranche
from tenir.tarifs.services import grilles, scenarios, tarifs
from tenir.tarifs.services.frequentation import Compte, say_attendance
from tests.gouvernance.reunions import comites, reunion
from tests.personnes import acces, contract
from tests.tarifs.tarifs import COMPTES, GRILLE, comptee, grille, lignes, scenario, service, tenu

pytestmark = pytest.mark.deux_bases


@pytest.fixture
def espace(db: None) -> EspaceDeContrat:
    return contract("vallon")


@pytest.fixture
def equipe(espace: EspaceDeContrat) -> Acces:
    return acces("Basile Équipe", Role.EQUIPE, espace)


def test_the_body_that_runs_a_service_says_its_attendance_and_another_does_not(
    espace: EspaceDeContrat, equipe: Acces
) -> None:
    made = service(equipe, espace)
    grid = grille(equipe, made)
    hers = acces("Cléo CCAS", Role.PARTENAIRE, espace, of="ccas")
    others = acces("Noé Caf", Role.PARTENAIRE, espace, of="caf")
    comptee(hers, grid)
    with pytest.raises(Refus):
        comptee(others, grid)
    with pytest.raises(Refus):
        grille(hers, made, le=date(2026, 1, 1))
    with pytest.raises(Refus):
        scenario(hers, made)
    assert Frequentation.objects.of(made).count() == 4


def test_the_database_holds_what_a_price_and_a_count_may_say(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, grid = tenu(equipe, espace)
    first, second = grid.tranches.all()[:2]
    for wrong in ({"prix": "-1"}, {"prix": "10000"}, {"seuil": 20000}, {"evolution": -51}, {"evolution": 201}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Tranche.objects.filter(pk=first.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tranche.objects.filter(pk=second.pk).update(seuil=0)
    for wrong in ({"source": ""}, {"annee": 1999}, {"usagers": 5000}, {"unites": 10_000_000}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Frequentation.objects.filter(tranche=first).update(**wrong)
    for wrong in ({"cout": "-1"}, {"cout": "3.00"}, {"cout_source": "régie"}, {"libelle": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceTarife.objects.filter(pk=made.pk).update(**wrong)
    for wrong in ({"applicable_le": None}, {"decision": "Délibération"}, {"decidee_le": "2026-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GrilleTarifaire.objects.filter(pk=grid.pk).update(**wrong)


def test_what_cannot_be_is_refused_in_french(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    with pytest.raises(ValidationError, match="Un prix va de 0 à 9 999,99"):
        grille(equipe, made, ("", 0, "-1"))
    with pytest.raises(ValidationError, match="personne n’a de prix"):
        grille(equipe, made, ("", 400, "1"))
    assert not GrilleTarifaire.objects.exists()
    grid = grille(equipe, made)
    with pytest.raises(ValidationError, match="s’applique déjà depuis ce jour"):
        grille(equipe, made)
    with pytest.raises(ValidationError, match="Dites d’où viennent ces nombres"):
        say_attendance(by=equipe, grille=grid, annee=2025, comptes={grid.tranches.all()[0].pk: Compte(3, None, "")})
    with pytest.raises(ValidationError, match="s’applique depuis 2023"):
        comptee(equipe, grid, 2022)
    with pytest.raises(ValidationError, match="avec sa source"):
        tarifs.change_service(by=equipe, service=made, version=1, changes={"cout": Decimal("8.40")})


def test_past_grids_are_kept_and_the_one_of_a_day_is_found(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    old = grille(equipe, made)
    new = grille(equipe, made, ("", 0, "2.00"), le=date(2025, 9, 1))
    every = list(GrilleTarifaire.objects.of(made))
    assert in_force(every, date(2023, 8, 31)) is None
    assert in_force(every, date(2025, 8, 31)) == old
    assert in_force(every, date(2025, 9, 1)) == new


def test_a_tranche_in_which_attendance_was_counted_stays(espace: EspaceDeContrat, equipe: Acces) -> None:
    _, grid = tenu(equipe, espace)
    day = grid.applicable_le
    assert day
    with pytest.raises(ValidationError, match="gardez ses bornes"):
        grilles.correct_grid(
            by=equipe, grille=grid, applicable_le=day, lignes=lignes(*GRILLE[1:3], GRILLE[3], ("Commune", 0, "1"))[1:]
        )
    with pytest.raises(ValidationError, match="elle reste"):
        grilles.remove_grid(by=equipe, grille=grid)
    cheaper = lignes(("Commune", 0, "0.90"), *GRILLE[1:])
    grilles.correct_grid(by=equipe, grille=grid, applicable_le=day, lignes=cheaper)
    assert Tranche.objects.filter(grille=grid, prix=Decimal("0.90")).get().frequentations.count() == 1
    assert Trace.objects.filter(genre="tarif", apres__startswith="0,90").exists()


def test_a_form_read_before_someone_wrote_is_refused(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, grid = tenu(equipe, espace)
    tried = scenario(equipe, made)
    read = grilles.shown(tried)
    values = {"titre": "Autre", "annee": 2025, "repartition": "proportionnelle"}
    scenarios.rewrite_scenario(by=equipe, grille=tried, lignes=lignes(*GRILLE), values=values, lu=read)
    with pytest.raises(Perime):
        scenarios.rewrite_scenario(by=equipe, grille=tried, lignes=lignes(*GRILLE), values=values, lu=read)
    seen = {"année": "2025", "Hors commune": ""}
    with pytest.raises(Perime):
        say_attendance(by=equipe, grille=grid, annee=2025, comptes={}, lu=seen)


def test_a_scenario_needs_a_grid_in_force_and_says_what_it_costs(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    with pytest.raises(ValidationError, match="d’abord la grille en vigueur"):
        scenario(equipe, made)
    grid = grille(equipe, made)
    comptee(equipe, grid)
    tried = scenario(equipe, made, ("Commune", 0, "0.50"), *GRILLE[1:])
    decided = list(GrilleTarifaire.objects.of(made).decided())
    found = outcome(GrilleTarifaire.objects.of(made).get(pk=tried.pk), decided, Frequentation.objects.of(made))
    assert found.surcout == Decimal("500.00")
    assert found.unites_avant == sum(COMPTES)


def test_a_retained_scenario_is_the_next_grid_and_changes_no_more(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    tried = scenario(equipe, made)
    day = horloge.today(espace)
    given = {"decidee_le": day, "decision": "Délibération 2026-12", "applicable_le": day + timedelta(days=30)}
    with pytest.raises(ValidationError, match="la grille vient après"):
        scenarios.retain(by=equipe, grille=tried, **given | {"applicable_le": day - timedelta(days=1)})
    scenarios.retain(by=equipe, grille=tried, **given)
    every = list(GrilleTarifaire.objects.of(made).decided())
    assert in_force(every, day + timedelta(days=30)) == tried
    with pytest.raises(ValidationError, match="ne change plus"):
        scenarios.remove_scenario(by=equipe, grille=tried)
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    tried.refresh_from_db()
    assert tried.is_scenario


def test_what_was_supposed_stays_once_a_retained_grid_is_corrected(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    tried = scenario(equipe, made, ("Commune", 0, "0.50", 20), *GRILLE[1:])
    day = horloge.today(espace)
    scenarios.retain(by=equipe, grille=tried, decidee_le=day, decision="Délibération 3", applicable_le=day)
    tried = GrilleTarifaire.objects.of(made).get(pk=tried.pk)
    cheaper = lignes(("Commune", 0, "0.60"), *GRILLE[1:])
    grilles.correct_grid(by=equipe, grille=tried, applicable_le=day, lignes=cheaper)
    first = tried.tranches.first()
    assert first
    first.refresh_from_db()
    assert (first.prix, first.evolution) == (Decimal("0.60"), 20)


def test_a_year_of_two_grids_is_counted_on_each(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, old = tenu(equipe, espace)
    new = grille(equipe, made, *GRILLE[:3], ("Hors commune", 0, "7.00"), le=date(2025, 9, 1))
    comptee(equipe, new, 2025, (100, 60, 40, 10))
    every = list(GrilleTarifaire.objects.of(made).decided())
    assert of_year(every, 2025) == [new, old]
    assert of_year(every, 2026) == [new]
    assert of_year(every, 2022) == []
    tried = scenario(equipe, made, ("Commune", 0, "0.50"), *GRILLE[1:3], ("Hors commune", 0, "7.00"))
    found = outcome(tried, every, Frequentation.objects.of(made))
    assert found.unites_avant == 2100 + 210
    assert found.surcout == Decimal("550.00")


def test_a_scenario_is_put_on_an_agenda_and_taken_back_at_once(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    tried = scenario(equipe, made)
    one = reunion(equipe, comites(espace).technique)
    scenarios.put_forward(by=equipe, grille=tried, reunion=one)
    assert "scénario « Moins cher »" in PointDOrdreDuJour.objects.get().titre.replace("\xa0", " ").replace(
        "\u202f", " "
    )
    with pytest.raises(ValidationError, match="déjà à l’ordre du jour"):
        scenarios.put_forward(by=equipe, grille=tried, reunion=one)
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    tried.refresh_from_db()
    assert tried.point is None
    assert not PointDOrdreDuJour.objects.exists()


def test_a_scenario_that_is_removed_comes_back_whole(espace: EspaceDeContrat, equipe: Acces) -> None:
    made, _ = tenu(equipe, espace)
    tried = scenario(equipe, made)
    scenarios.remove_scenario(by=equipe, grille=tried)
    assert not GrilleTarifaire.objects.scenarios().exists()
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert GrilleTarifaire.objects.scenarios().get().tranches.count() == 4


def test_a_service_with_a_grid_is_not_removed(espace: EspaceDeContrat, equipe: Acces) -> None:
    made = service(equipe, espace)
    grid = grille(equipe, made)
    with pytest.raises(ValidationError, match="leur histoire restent"):
        tarifs.remove_service(by=equipe, service=made)
    grilles.remove_grid(by=equipe, grille=grid)
    tarifs.remove_service(by=equipe, service=made)
    assert not ServiceTarife.objects.exists()
