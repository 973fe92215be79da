"""Who keeps its promises, in one picture: late before what is declared, the same as the stamps of the list."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.engagements.ecrans.image import NO_PROMISE, by_signatory
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.signes import DE_L_ETAT, EN_RETARD, ORDRE, RIEN, TENU, sign_of
from tenir.habilitations.models import EspaceDeContrat
from tests.vie import engagement

As = Callable[[str], Client]


def test_every_state_has_its_square() -> None:
    assert set(DE_L_ETAT) == {*EtatDEngagement.values, ""}
    assert {*DE_L_ETAT.values(), EN_RETARD} == set(ORDRE)


def test_a_late_promise_is_drawn_late_until_it_is_settled(vallon: EspaceDeContrat) -> None:
    of, today = engagement(vallon, of="caf"), horloge.today()
    assert sign_of(of, today) == RIEN
    of.attendu_pour = today - timedelta(days=1)
    assert sign_of(of, today) == EN_RETARD
    of.etat = EtatDEngagement.TENU
    assert sign_of(of, today) == TENU


def test_the_bar_of_a_signatory_leads_to_its_promises_and_to_its_statement(as_: As, vallon: EspaceDeContrat) -> None:
    of = engagement(vallon, of="caf")
    image = by_signatory(vallon, horloge.today())
    row = next(row for row in image.rangs if row.carres)
    assert row.url == reverse("suivi-engagements-etat", args=[vallon.slug, of.engagement.signataire.code])
    assert [one.url for one in row.carres] == [reverse("suivi-engagement", args=[vallon.slug, of.code])]
    html = as_("lecture").get(reverse("suivi-engagements", args=[vallon.slug])).text.replace("\xa0", " ")
    assert "1 dont rien n’est annoncé" in html
    assert f"{of.code} {of.engagement.titre} : rien n’est annoncé" in html


@pytest.mark.parametrize(("asked", "unfolded"), [("", True), ("?etat=tenu", False)])
def test_the_picture_folds_away_once_the_list_is_narrowed(
    as_: As, vallon: EspaceDeContrat, asked: str, unfolded: bool
) -> None:
    engagement(vallon, of="caf")
    html = as_("lecture").get(reverse("suivi-engagements", args=[vallon.slug]) + asked).text
    assert ('class="sommaire" open' in html) is unfolded


def test_a_signatory_without_a_promise_says_so(vallon: EspaceDeContrat) -> None:
    of = engagement(vallon, of="caf")
    of.engagement.__class__.objects.filter(pk=of.engagement.pk).update(retire=True)
    assert {row.phrase for row in by_signatory(vallon, horloge.today()).rangs} == {NO_PROMISE}
