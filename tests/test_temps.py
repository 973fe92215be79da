"""A date gone by is told as past, everywhere a date is told with a verb."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tenir.core import horloge
from tenir.core.typographie import date_fr, tense
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import Destinataire, PointDEtape
from tenir.points.services.liens import token_of
from tests.points.messages import ask
from tests.vie import engagement, jalon

SOURCES = Path(__file__).resolve().parents[1] / "src" / "tenir"
VERBS = re.compile(
    r"\b(?:(?:est|sont) (?:attendue?s?|prévue?s?|due?s?) (?:pour )?le"
    r"|(?:vaut|valent) jusqu’au|(?:prend fin|expire|part|partent|se termine) le) \{"
)
"""A verb in the present, then a date put in its place: « est attendu le {date} »."""
ALWAYS_TO_COME = {"indicateurs/releves.py"}
"""Said under a condition on the day itself: « attendu depuis », « était attendu »."""


def test_no_sentence_says_in_the_present_a_date_that_may_be_past() -> None:
    files = [path for end in ("py", "html", "txt") for path in SOURCES.rglob(f"*.{end}")]
    found = [
        f"{path.relative_to(SOURCES)}: {said[0]}"
        for path in files
        for said in VERBS.finditer(path.read_text())
        if path.relative_to(SOURCES).as_posix() not in ALWAYS_TO_COME
    ]
    assert found == [], "le temps suit la date : `core.typographie.tense`, ou le filtre `temps` d’un gabarit"


def test_the_check_sees_a_present() -> None:
    assert VERBS.search('f"Un jalon est attendu le {date_fr(day)}."')
    assert VERBS.search("vaut jusqu’au {{ jour|date_fr }}")
    assert not VERBS.search('f"Un jalon {verb} le {date_fr(day)}."')


@given(st.dates(), st.dates())
def test_the_verb_goes_with_the_day(day: date, today: date) -> None:
    assert tense(day, today, "est", "était") == ("était" if day < today else "est")


@pytest.fixture
def asked(vallon: EspaceDeContrat) -> Destinataire:
    """Someone asked about an action."""
    return ask(vallon)[1]


@pytest.mark.parametrize(("days", "verb"), [(-62, "était attendu"), (0, "est attendu"), (9, "est attendu")])
def test_a_jalon_behind_a_link(client: Client, asked: Destinataire, days: int, verb: str) -> None:
    day = horloge.today() + timedelta(days=days)
    jalon(asked.questions.get().fiche, day)
    page = client.get(reverse("point-reponse", args=[token_of(asked)])).content.decode()
    assert f"Un jalon {verb} le {date_fr(day)}" in page


@pytest.mark.parametrize(("days", "word"), [(-9, "Était attendu"), (9, "Attendu")])
def test_a_promise_behind_a_link(client: Client, asked: Destinataire, days: int, word: str) -> None:
    day = horloge.today() + timedelta(days=days)
    promised = engagement(asked.point.espace, attendu_pour=day)
    asked.questions.create(engagement=promised, ordre=2)
    page = client.get(reverse("point-reponse", args=[token_of(asked)])).content.decode()
    assert f"{word} pour le {date_fr(day)}" in page


def test_an_answer_awaited_for_a_day_gone_by(client: Client, asked: Destinataire) -> None:
    gone = horloge.today() - timedelta(days=1)
    PointDEtape.objects.update(reponse_avant=gone, rappel_1_le=None)
    page = client.get(reverse("point-reponse", args=[token_of(asked)])).content.decode()
    assert "Réponse qui était attendue" in page
