"""Contracts put through the rules: at each load, again when the rules change; dérogations admit and end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from tenir.contrat.models import VersionDuContrat
from tenir.controles import services
from tenir.controles.models import AnomalieRelevee, Controle, Derogation
from tenir.controles.services import DerogationRefusee, admit, control_again, end
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Refus
from tenir.habilitations.roles import Role
from tests.fabriques import BREF, BROUILLON, CREDITS, charger, document, edited
from tests.personnes import acces

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
TOMORROW = timedelta(days=1)
SECTION = "derogations:\n  - {regle: GOV001, element: G01, motif: Prévu en juin., auteur: Comité, fin: '2099-12-31'}\n"


def found(espace: EspaceDeContrat) -> set[tuple[str, str]]:
    return set(AnomalieRelevee.objects.of(espace).standing(horloge.today()).values_list("regle", "code"))


@pytest.fixture
def hameau() -> EspaceDeContrat:
    return charger(edited(BREF, CREDITS)).espace


@pytest.fixture
def anomalie(hameau: EspaceDeContrat) -> AnomalieRelevee:
    return AnomalieRelevee.objects.get(espace=hameau, regle="GOV001")


def test_a_contract_goes_through_the_rules_when_it_is_loaded(hameau: EspaceDeContrat) -> None:
    assert {("GOV001", "G01"), ("FIN001", "O01")} <= found(hameau)
    done = Controle.objects.get(espace=hameau)
    assert done.empreinte == services.empreinte()
    assert "RED004" in done.non_verifiees
    orders = list(AnomalieRelevee.objects.of(hameau).values_list("gravite", flat=True))
    assert orders == sorted(orders, key=["bloquante", "à corriger", "à améliorer"].index)


def test_with_its_document_no_rule_is_left_unverified() -> None:
    espace = charger(document=document()).espace
    assert Controle.objects.get(espace=espace).non_verifiees == ""


def test_an_anomaly_is_gone_once_mended() -> None:
    espace = charger(BROUILLON).espace
    assert ("GOV001", "G01") in found(espace)
    charger(edited(BROUILLON, ("    nom: Comité du Hameau\n", "    nom: Comité du Hameau\n    reunions_par_an: 2\n")))
    assert ("GOV001", "G01") not in found(espace)


def test_the_dérogations_of_a_file_are_brought_and_are_no_part_of_what_was_signed() -> None:
    espace = charger(edited(BREF, ("instances:\n", f"{SECTION}instances:\n"))).espace
    assert ("GOV001", "G01") not in found(espace)
    assert Derogation.objects.get(espace=espace).auteur == "Comité"
    assert "derogations" not in VersionDuContrat.objects.of(espace).get().canonique
    charger()  # the same contract without them: nothing changes, and what is admitted stays so
    assert ("GOV001", "G01") not in found(espace)
    assert VersionDuContrat.objects.of(espace).count() == 1


def test_what_was_decided_here_has_the_last_word_over_the_file() -> None:
    text = edited(BREF, ("instances:\n", f"{SECTION}instances:\n"))
    espace = charger(text).espace
    Derogation.objects.update(motif="Décidé ici.")
    charger(text)
    assert Derogation.objects.get(espace=espace).motif == "Décidé ici."


def test_a_team_admits_an_anomaly_for_a_time(hameau: EspaceDeContrat, anomalie: AnomalieRelevee) -> None:
    by = acces("Ida Équipe", Role.EQUIPE, hameau)
    today = horloge.today()
    admit(by=by, anomalie=anomalie, motif=" Prévu. ", auteur="Comité", fin=today)
    assert ("GOV001", "G01") not in found(hameau)
    assert anomalie in AnomalieRelevee.objects.of(hameau).standing(today + TOMORROW)
    entry = EntreeDeTrace.objects.filter(genre="dérogation").latest("rang")
    assert (entry.objet, entry.champ, entry.motif) == ("G01", "GOV001", "Prévu.")
    assert "par Comité : Prévu." in entry.apres


def test_admitting_again_changes_the_one_there_is(hameau: EspaceDeContrat, anomalie: AnomalieRelevee) -> None:
    by = acces("Ida Équipe", Role.EQUIPE, hameau)
    for motif in ("Une fois.", "Deux fois."):
        admit(by=by, anomalie=anomalie, motif=motif, auteur="Comité", fin=horloge.today())
    assert Derogation.objects.get(espace=hameau).motif == "Deux fois."


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"fin": date(2020, 1, 1)}, DerogationRefusee),
        ({"motif": "  "}, ValidationError),
        ({"auteur": ""}, ValidationError),
    ],
)
def test_a_dérogation_without_reason_author_or_day_to_come_is_refused(
    hameau: EspaceDeContrat, anomalie: AnomalieRelevee, given: dict, error: type[Exception]
) -> None:
    by = acces("Ida Équipe", Role.EQUIPE, hameau)
    whole = {"motif": "Prévu.", "auteur": "Comité", "fin": horloge.today(), **given}
    with pytest.raises(error):
        admit(by=by, anomalie=anomalie, **whole)
    assert Derogation.objects.count() == 0


def test_a_partner_admits_nothing_and_ends_nothing(hameau: EspaceDeContrat, anomalie: AnomalieRelevee) -> None:
    by = acces("Léo Partenaire", Role.PARTENAIRE, hameau, of="caf")
    with pytest.raises(Refus):
        admit(by=by, anomalie=anomalie, motif="Prévu.", auteur="Comité", fin=horloge.today())
    kept = Derogation.objects.create(
        espace=hameau, regle="GOV001", code="G01", motif="x", auteur="y", fin=horloge.today()
    )
    with pytest.raises(Refus):
        end(by=by, derogation=kept)
    assert Derogation.objects.count() == 1


def test_ending_a_dérogation_brings_the_anomaly_back(hameau: EspaceDeContrat, anomalie: AnomalieRelevee) -> None:
    by = acces("Ida Équipe", Role.EQUIPE, hameau)
    admitted = admit(by=by, anomalie=anomalie, motif="Prévu.", auteur="Comité", fin=horloge.today())
    end(by=by, derogation=admitted)
    assert ("GOV001", "G01") in found(hameau)
    assert EntreeDeTrace.objects.filter(genre="dérogation").latest("rang").avant.endswith(": Prévu.")


def test_a_dérogation_says_whether_it_still_serves(hameau: EspaceDeContrat) -> None:
    for code in ("G01", "G99"):
        Derogation.objects.create(espace=hameau, regle="GOV001", code=code, motif="x", auteur="y", fin=horloge.today())
    assert dict(Derogation.objects.of(hameau).values_list("code", "sert")) == {"G01": True, "G99": False}


def test_only_contracts_that_older_rules_went_through_go_again(
    hameau: EspaceDeContrat, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = horloge.now()
    assert control_again(now).startswith("aucun contrat")
    Controle.objects.update(empreinte="ancienne")
    AnomalieRelevee.objects.all().delete()
    assert control_again(now) == "1\xa0contrat contrôlé de nouveau."
    assert ("GOV001", "G01") in found(hameau)


def test_a_contract_that_never_went_through_goes(hameau: EspaceDeContrat) -> None:
    Controle.objects.all().delete()
    control_again(horloge.now())
    assert Controle.objects.filter(espace=hameau).exists()


def test_anomalies_of_an_item_are_its_own_and_those_of_what_it_holds(hameau: EspaceDeContrat) -> None:
    rows = AnomalieRelevee.objects.of(hameau)
    assert {one.code for one in rows.at("O01")} >= {"O01"}
    assert all(one.code == "O01" or one.code.startswith("O01-") for one in rows.at("O01"))
    assert not rows.at("O0").exists()


@pytest.mark.parametrize("empty", ["motif", "auteur"])
def test_the_database_itself_refuses_a_dérogation_without_reason_or_author(hameau: EspaceDeContrat, empty: str) -> None:
    whole = {"motif": "x", "auteur": "y", empty: ""}
    with pytest.raises(IntegrityError), transaction.atomic(using=connection.alias):
        Derogation.objects.create(espace=hameau, regle="GOV001", code="G01", fin=horloge.today(), **whole)
