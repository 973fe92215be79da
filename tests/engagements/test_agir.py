"""What one does of a promise in the line of the list: called, reminded, kept, put off."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.marques import MARQUE, seal
from tenir.engagements.models import SuiviDEngagement
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import engagement

As = Callable[[str], Client]
TODAY = horloge.today()


def to(name: str, espace: EspaceDeContrat, *more: object) -> str:
    return reverse(f"suivi-engagement-{name}", args=[espace.slug, "S01-E01", *more])


def page(client: Client, espace: EspaceDeContrat) -> str:
    answer: Any = client.get(reverse("suivi-engagements", args=[espace.slug]))
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def late(vallon: EspaceDeContrat, caf: Personne) -> SuiviDEngagement:
    """A promise of the CAF, awaited for yesterday; someone is known there."""
    return engagement(vallon, attendu_pour=TODAY - timedelta(days=1))


def test_a_promise_is_said_kept_put_off_and_reminded_in_its_line(
    as_: As, vallon: EspaceDeContrat, late: SuiviDEngagement
) -> None:
    client = as_("equipe")
    html = page(client, vallon)
    assert 'href="mailto:ida-relais@exemple.test"' in html
    client.post(to("relancer", vallon))
    send_due(timezone.now())
    assert [message.to for message in mail.outbox] == [["ida-relais@exemple.test"]]
    assert "relancé le" in page(client, vallon)
    client.post(to("reporter", vallon, 91))
    late.refresh_from_db()
    assert late.attendu_pour == TODAY + timedelta(days=91)
    answer = client.post(to("tenu", vallon), {"retour": reverse("suivi-engagements", args=[vallon.slug])}, follow=True)
    assert "S01-E01 : tenu." in answer.content.decode().replace("\xa0", " ")
    late.refresh_from_db()
    assert late.etat == "tenu"
    assert "formaction" not in page(client, vallon)


def test_a_promise_that_changed_since_is_left(as_: As, vallon: EspaceDeContrat, late: SuiviDEngagement) -> None:
    read = seal({"état": "en cours"})
    assert as_("equipe").post(to("tenu", vallon), {MARQUE: read}).status_code == 409
    late.refresh_from_db()
    assert late.etat == ""


def test_a_signatory_says_its_own_is_kept_and_sees_nobody_s_telephone(as_: As, vallon: EspaceDeContrat) -> None:
    engagement(vallon, of="ccas")
    engagement(vallon, "S02-E01", of="caf")
    html = page(as_("partenaire"), vallon)
    assert f'formaction="{to("tenu", vallon)}"' in html
    assert "S02-E01/tenu" not in html
    assert "mailto:" not in html
