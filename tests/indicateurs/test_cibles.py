"""Targets, one by one: fixed, changed, removed, each told by the trace."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.indicateurs.services.cibles import create_cible, delete_cible, update_cible
from tests.mesures import cible
from tests.personnes import body
from tests.vie import indicateur

pytestmark = pytest.mark.deux_bases

DAY = date(2027, 12, 31)


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="indicateur").values_list("champ", "avant", "apres"))


def test_a_target_lives_and_the_trace_tells_it(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = indicateur(vallon)
    create_cible(by=equipe, suivi=of, le=DAY, valeur=Decimal(60), source="comité de pilotage")
    held = of.cibles.get()
    update_cible(by=equipe, cible=held, changes={"valeur": Decimal(60), "source": "comité de pilotage"})
    update_cible(by=equipe, cible=held, changes={"valeur": Decimal("80.5"), "source": ""})
    held.refresh_from_db()
    delete_cible(by=equipe, cible=held)
    delete_cible(by=equipe, cible=held)
    field = "cible au 31\u00a0décembre 2027"
    assert told() == [
        (field, "", "60 (comité de pilotage)"),
        (field, "60 (comité de pilotage)", "80,5"),
        (field, "80,5", ""),
    ]
    assert not of.cibles.exists()


def test_a_day_has_one_target(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = indicateur(vallon)
    create_cible(by=equipe, suivi=of, le=DAY, valeur=Decimal(60))
    with pytest.raises(ValidationError, match="déjà fixée"):
        create_cible(by=equipe, suivi=of, le=DAY, valeur=Decimal(70))


def test_who_changes_a_target_that_moved_is_told(vallon: EspaceDeContrat, equipe: Acces) -> None:
    held = cible(indicateur(vallon), "60")
    read = {"valeur": Decimal(60), "source": ""}
    update_cible(by=equipe, cible=held, changes={"valeur": Decimal(70)}, read=read)
    update_cible(by=equipe, cible=held, changes={"source": "comité"}, read=read)
    with pytest.raises(Conflit) as refused:
        update_cible(by=equipe, cible=held, changes={"valeur": Decimal(80)}, read=read)
    (difference,) = refused.value.differences
    assert (difference.champ, difference.actuel, difference.propose) == ("cible", "70", "80")


def test_targets_are_the_team_s(vallon: EspaceDeContrat, ccas: Acces, lecture: Acces) -> None:
    of = indicateur(vallon, organisme=body("ccas"))
    held = cible(of)
    for who in (ccas, lecture):
        for act in (
            lambda who=who: create_cible(by=who, suivi=of, le=date(2030, 1, 1), valeur=Decimal(1)),
            lambda who=who: update_cible(by=who, cible=held, changes={"valeur": Decimal(1)}),
            lambda who=who: delete_cible(by=who, cible=held),
        ):
            with pytest.raises(Refus):
                act()
    assert told() == []
