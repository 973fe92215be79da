"""The page of a fiche: what each reads of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tenir.habilitations.models import EspaceDeContrat
from tests.vie import fiche, jalon

As = Callable[[str], Client]


def read(client: Client, espace: EspaceDeContrat, code: str = "O01-A01") -> str:
    answer = client.get(reverse("fiche", args=[espace.slug, code]))
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_without_any_news_nothing_is_announced(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    html = read(as_("lecture"), vallon)
    assert "rien n’est annoncé" in html
    assert "Personne n’est encore désigné" in html


@pytest.mark.parametrize(("who", "reads"), [("lecture", False), ("partenaire", True), ("equipe", True)])
def test_difficulties_are_for_the_team_and_who_carries_it(
    as_: As, vallon: EspaceDeContrat, who: str, reads: bool
) -> None:
    fiche(vallon, pilots=("ccas",), difficultes="Le local est humide.")
    assert ("humide" in read(as_(who), vallon)) == reads


def test_a_partner_does_not_read_the_difficulties_of_others(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, pilots=("caf",), difficultes="Le local est humide.")
    assert "humide" not in read(as_("partenaire"), vallon)


def test_the_gap_with_the_facts_is_said(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, statut="realisee"), date(2030, 1, 1))
    assert "Déclarée « réalisée », mais 1 jalon reste à atteindre." in read(as_("lecture"), vallon)


def test_an_action_of_elsewhere_does_not_exist_here(as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    fiche(colline)
    assert as_("equipe").get(reverse("fiche", args=[vallon.slug, "O01-A01"])).status_code == 404
