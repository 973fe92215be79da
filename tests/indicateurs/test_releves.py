"""Readings of indicators: a figure never travels alone, a correction keeps what it corrects."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.indicateurs.enums import StatutDeReleve
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.services.cibles import create_cible, delete_cible, update_cible
from tenir.indicateurs.services.indicateur import Mesure, define_indicateur, judge_releve, record_releve
from tests.personnes import body
from tests.vie import indicateur

pytestmark = pytest.mark.deux_bases

FIRST_HALF = Mesure(date(2026, 1, 1), date(2026, 6, 30), Decimal("42"), "comptage du centre")


def read(by: Acces, of: SuiviDIndicateur, mesure: Mesure = FIRST_HALF, **more: object) -> ReleveDIndicateur:
    return record_releve(by=by, suivi=of, mesure=mesure, **more)


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="indicateur").values_list("champ", "avant", "apres"))


def test_a_reading_is_provisional_and_traced(vallon: EspaceDeContrat, equipe: Acces) -> None:
    assert read(equipe, indicateur(vallon)).statut == StatutDeReleve.PROVISOIRE
    assert told() == [("relevé du 1er\u00a0janvier 2026 au 30\u00a0juin 2026", "", "42")]


def test_whoever_answers_for_an_indicator_reads_it_and_nobody_else(vallon: EspaceDeContrat, ccas: Acces) -> None:
    assert read(ccas, indicateur(vallon, organisme=body("ccas"))).pour == body("ccas")
    for other in (indicateur(vallon, "I02", organisme=body("caf")), indicateur(vallon, "I03")):
        with pytest.raises(Refus):
            read(ccas, other)


def test_a_partner_defines_and_validates_nothing(vallon: EspaceDeContrat, ccas: Acces) -> None:
    of = indicateur(vallon, organisme=body("ccas"))
    releve = read(ccas, of)
    for act in (
        lambda: define_indicateur(by=ccas, suivi=of, version=1, changes={"unite": "parents"}),
        lambda: create_cible(by=ccas, suivi=of, le=date(2027, 12, 31), valeur=Decimal(1)),
        lambda: judge_releve(by=ccas, releve=releve, statut=StatutDeReleve.VALIDE),
    ):
        with pytest.raises(Refus):
            act()


def test_a_figure_has_a_source_and_a_period_that_is_over(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of, tomorrow = indicateur(vallon), timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="source"):
        read(equipe, of, Mesure(date(2026, 1, 1), date(2026, 6, 30), Decimal(1), " "))
    with pytest.raises(ValidationError, match="pas finie"):
        read(equipe, of, Mesure(date(2026, 1, 1), tomorrow, Decimal(1), "comptage"))
    with pytest.raises(ValidationError, match="se termine avant"):
        read(equipe, of, Mesure(date(2026, 6, 1), date(2026, 1, 1), Decimal(1), "comptage"))


def test_the_same_period_is_read_once_and_corrected_with_a_reason(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = indicateur(vallon)
    first = read(equipe, of)
    better = Mesure(FIRST_HALF.debut, FIRST_HALF.fin, Decimal("40.5"), "comptage relu")
    with pytest.raises(ValidationError, match="corrigez-le"):
        read(equipe, of, better)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        read(equipe, of, better, corrige=first)
    second = read(equipe, of, better, corrige=first, motif="deux inscrits comptés deux fois")
    assert list(of.releves.in_force()) == [second]
    assert of.releves.get(pk=first.pk).valeur == 42
    assert ("42", "40,5") in {(before, after) for _, before, after in told()}
    with pytest.raises(ValidationError, match="déjà été corrigé"):
        read(equipe, of, better, corrige=first, motif="encore")


def test_one_period_is_read_by_parts(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = indicateur(vallon)
    for part in ("", "femmes", "hommes"):
        read(equipe, of, Mesure(FIRST_HALF.debut, FIRST_HALF.fin, Decimal(20), "comptage", ventilation=part))
    assert of.releves.in_force().count() == 3


def test_a_contested_reading_says_why(vallon: EspaceDeContrat, equipe: Acces) -> None:
    releve = read(equipe, indicateur(vallon))
    with pytest.raises(ValidationError, match="pourquoi"):
        judge_releve(by=equipe, releve=releve, statut=StatutDeReleve.CONTESTE)
    judge_releve(by=equipe, releve=releve, statut=StatutDeReleve.CONTESTE, motif="double compte")
    releve.refresh_from_db()
    assert releve.get_statut_display() == "contesté"
    assert told()[-1][1:] == ("provisoire", "contesté")


def test_a_corrected_reading_is_judged_no_more(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = indicateur(vallon)
    first = read(equipe, of)
    read(equipe, of, corrige=first, motif="relu", mesure=replace(FIRST_HALF, valeur=Decimal(43)))
    with pytest.raises(ValidationError, match="celui qui le remplace"):
        judge_releve(by=equipe, releve=first, statut=StatutDeReleve.VALIDE)


def test_a_baseline_comes_with_its_day_and_its_source(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = indicateur(vallon)
    with pytest.raises(ValidationError, match="jamais seule"):
        define_indicateur(by=equipe, suivi=of, version=1, changes={"reference": Decimal("12.5")})
    whole = {"reference": Decimal("12.5"), "reference_le": date(2023, 12, 31), "reference_source": "bilan du centre"}
    done = define_indicateur(by=equipe, suivi=of, version=1, changes=whole | {"unite": "parents"})
    assert (done.unite, done.version) == ("parents", 2)
    assert ("valeur de départ", "", "12,5") in told()
    with pytest.raises(Conflit):
        define_indicateur(by=equipe, suivi=of, version=1, changes={"unite": "familles"})


def test_a_target_is_fixed_changed_and_removed(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of, day = indicateur(vallon), date(2027, 12, 31)
    create_cible(by=equipe, suivi=of, le=day, valeur=Decimal(50))
    for valeur in (Decimal(60), Decimal(60)):
        update_cible(by=equipe, cible=of.cibles.get(), changes={"valeur": valeur})
    delete_cible(by=equipe, cible=of.cibles.get())
    assert not of.cibles.exists()
    assert [(before, after) for _, before, after in told()] == [("", "50"), ("50", "60"), ("60", "")]


def test_the_database_refuses_a_figure_without_a_source(vallon: EspaceDeContrat, equipe: Acces) -> None:
    releve = read(equipe, indicateur(vallon))
    for fields in ({"source": ""}, {"fin": date(2025, 1, 1)}, {"statut": "sûr"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleveDIndicateur.objects.filter(pk=releve.pk).update(**fields)
