"""What answers point to, and that nothing of them is kept."""

import logging
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tenir.droits.catalogue import point_to, shipped
from tenir.droits.modeles import Droit
from tenir.droits.questions import PAR_CODE, QUESTIONS, packed, told, unpacked
from tenir.habilitations.models import EspaceDeContrat
from tests.droits.reperages import REPONSES
from tests.exemples import few

As = Callable[[str], Client]
ANSWERS = st.fixed_dictionaries({}, optional={one.code: st.sampled_from(list(one.reponses)) for one in QUESTIONS})


def codes(answers: dict[str, str], *, sure: bool | None = None) -> set[str]:
    return {one.droit.code for one in point_to(shipped(), answers) if sure is None or one.sur is sure}


def test_the_rights_of_the_product_are_read_and_each_says_where_the_law_is():
    assert len(shipped()) >= 15
    assert len({one.code for one in shipped()}) == len(shipped())
    assert all(one.texte and one.service for one in shipped())


@pytest.mark.parametrize("si", [[{"couleur": ["bleu"]}], [{"age": ["jeune"]}], [{"age": []}], []])
def test_a_right_that_no_answer_meets_is_refused(si: list[dict[str, list[str]]]):
    with pytest.raises(ValidationError):
        Droit(code="essai", libelle="Essai", explication="Un essai.", service="CCAS", si=si)


def test_an_elder_with_few_resources_is_pointed_to_the_minimum_of_pensions_and_not_to_the_rsa():
    found = codes(REPONSES)
    assert {"aspa", "aide-au-logement", "cheque-energie"} <= found
    assert not {"rsa", "allocations-familiales", "contrat-engagement-jeune"} & found


def test_what_was_not_asked_is_to_be_checked():
    assert "aspa" in codes({"age": "65-plus"}, sure=False)
    assert "aspa" in codes({"age": "65-plus", "ressources": "presque-rien"}, sure=True)
    assert codes({}) == set()


def test_who_has_more_than_enough_is_pointed_to_no_minimum():
    rich = {**REPONSES, "ressources": "plus"}
    assert not {"aspa", "aide-au-logement", "cheque-energie", "complementaire-sante"} & codes(rich)


@given(ANSWERS)
def test_one_more_answer_never_adds_what_answers_exclude(answers: dict[str, str]):
    sure = codes(answers, sure=True)
    for one in point_to(shipped(), answers):
        assert any(
            all(answers.get(code, wanted[0]) in wanted for code, wanted in held.items()) for held in one.droit.si
        )
    assert sure <= codes(answers)


@given(st.dictionaries(st.sampled_from(list(PAR_CODE)), st.data()))
@few(5)
def test_conditions_keep_in_one_line(drawn: dict[str, object]):
    held = {code: list(PAR_CODE[code].reponses)[:2] for code in drawn}
    assert unpacked(packed(held)) == {code: held[code] for code in PAR_CODE if code in held}


def test_conditions_are_told_in_words():
    assert told("age:18-24 age:25-59") == "Quel âge ? 18 à 24 ans, 25 à 59 ans."
    assert unpacked("age:vieux chose:un age:18-24") == {"age": ["18-24"]}


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    with connection.cursor() as cursor:
        held = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 (our own tables)
            held[name] = cursor.fetchone()[0]
    assert no_style()
    return held


def test_a_visitor_is_answered_and_nothing_is_written(
    vallon: EspaceDeContrat, caplog: pytest.LogCaptureFixture
) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat="publie")
    client, url = Client(), reverse("mes-droits-ici", args=[vallon.slug])
    assert client.get(url).status_code == 200
    before = rows()
    with caplog.at_level(logging.DEBUG):
        answered = client.post(url, REPONSES)
    page = answered.content.decode()
    assert "Allocation de solidarité aux personnes âgées" in page
    assert "no-store" in answered["Cache-Control"]
    assert rows() == before
    assert not Session.objects.exists()
    assert not client.cookies.get("sessionid")
    assert "65-plus" not in caplog.text
    assert "moins-smic" not in caplog.text


def test_no_answer_at_all_is_said(vallon: EspaceDeContrat, as_: As) -> None:
    answered = as_("lecture").post(reverse("reperage", args=[vallon.slug]), {})
    assert answered.status_code == 422
    assert "Répondez à une question au moins." in answered.content.decode()


def test_an_answer_of_no_question_is_refused(vallon: EspaceDeContrat, as_: As) -> None:
    assert as_("lecture").post(reverse("reperage", args=[vallon.slug]), {"age": "mille"}).status_code == 422
