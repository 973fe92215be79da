"""Subsidies as the law publishes them: the exact columns, what keeps a row from leaving, and who says it."""

import csv
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.ecran.versions import Conflit
from tenir.financement.enums import Registre
from tenir.financement.models import LigneDeFinancement, SubventionAPublier
from tenir.financement.publication import ENTETES, scdl_file, to_publish
from tenir.financement.services.publication import describe_subsidy
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.financement.argent import ANNEE, RIGHT, SAID, line, published, then
from tests.financement.schema import faults
from tests.formulaires import Lectrice, send
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases
Made = tuple[EspaceDeContrat, Acces, LigneDeFinancement]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Made]:
    def make() -> Made:
        espace = contract("vallon", etat="signe")
        team = acces("Basile Pivot", Role.EQUIPE, espace)
        return espace, team, line(team, espace, montant="4000.50")

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def made(_made: Made, db: None) -> Made:
    return deepcopy(_made)


def rows_of(espace: EspaceDeContrat) -> list[dict[str, str]]:
    """What the file holds, by column."""
    content = scdl_file(to_publish(espace))
    assert faults(content) == []
    return list(csv.DictReader(StringIO(content.decode())))


def lacking(espace: EspaceDeContrat) -> str:
    return " ; ".join(lack for one in to_publish(espace) for lack in one.manques)


def test_a_subsidy_leaves_with_the_sixteen_columns_of_the_schema(made: Made) -> None:
    espace, team, held = made
    published(team, held, fin=date(2026, 12, 31), part=Decimal("0.5"), ue=True, nature="les-deux")
    (row,) = rows_of(espace)
    assert tuple(row) == ENTETES
    assert list(row.values()) == [
        "CCAS", "35600000049837", "2026-03-12", "2026-014", "Association fictive", RIGHT, "",
        "Ateliers fictifs (O01-A01)", "4000.50", "aide en numéraire;aide en nature", "unique",
        "2026-04-01/2026-12-31", "", "oui", "0.5", "P147",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"siret": "", "rna": ""}, "le SIRET du bénéficiaire"),
        ({"siret": "", "rna": "W9R1234567"}, "le SIRET du bénéficiaire"),
        ({"convention_le": None}, "la date de la convention"),
        ({"objet": ""}, "l’objet"),
        ({"conditions": ""}, "les conditions"),
        ({"debut": None}, "quand elle est versée"),
        ({"beneficiaire": "=1+1"}, "ne commence pas par"),
    ],
)
def test_what_lacks_something_never_leaves_in_part_and_says_what(made: Made, more: dict[str, Any], why: str) -> None:
    espace, team, held = made
    published(team, held, **more)
    assert why in lacking(espace)
    assert rows_of(espace) == []


def test_a_funder_without_a_number_keeps_its_subsidies_from_leaving(made: Made) -> None:
    espace, team, held = made
    published(team, held)
    Organisation.objects.filter(pk=held.financeur_id).update(siret="")
    assert "SIRET de « CCAS »" in lacking(espace)
    Organisation.objects.filter(pk=held.financeur_id).update(siret="12345678901234")
    assert rows_of(espace) == []


def test_what_is_refused_cancelled_or_of_droit_commun_is_no_subsidy(made: Made) -> None:
    espace, team, held = made
    published(team, held)
    other = line(team, espace, registre=Registre.DROIT_COMMUN, etat="valorise", montant="7")
    with pytest.raises(ValidationError, match="droit commun"):
        describe_subsidy(by=team, ligne=other, version=0, changes=SAID)
    then(team, held, "annule", None, motif="Raison fictive.")
    assert to_publish(espace) == []


def test_a_wrong_key_a_part_of_nothing_or_a_period_backwards_is_refused(made: Made) -> None:
    _, team, held = made
    for more in ({"siret": "73282932000075"}, {"part": Decimal(0)}, {"fin": date(2020, 1, 1)}, {"rna": "W12"}):
        with pytest.raises(ValidationError):
            published(team, held, **more)


def test_two_people_say_it_and_nothing_is_lost(made: Made) -> None:
    espace, team, held = made
    published(team, held)
    partner = acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
    describe_subsidy(by=partner, ligne=held, version=1, changes={"conditions": "échelonné"})
    with pytest.raises(Conflit):
        describe_subsidy(by=team, ligne=held, version=1, changes={"conditions": "autre"})
    stranger = acces("Zoé", Role.PARTENAIRE, espace, of="caf")
    with pytest.raises(Refus):
        describe_subsidy(by=stranger, ligne=held, version=2, changes={"conditions": "autre"})


def test_the_page_says_what_lacks_is_filled_and_gives_the_file(made: Made) -> None:
    espace, team, held = made
    Organisation.objects.filter(pk=held.financeur_id).update(siret="35600000049837")
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    url = f"{reverse('financement-subventions', args=[espace.slug])}?annee={ANNEE}"
    assert "qui la reçoit" in client.get(url).content.decode()
    form = reverse("financement-publier", args=[espace.slug, held.code])
    typed = {
        "beneficiaire": "Association fictive", "siret": "732 829 320 00074", "convention_le": "2026-03-12",
        "conditions": "unique", "debut": "2026-04-01", "nature": "numeraire", "part": "1",
    }  # fmt: skip
    assert send(client, form, client.get(form), **typed).status_code == 302
    assert SubventionAPublier.objects.get().objet.endswith("(O01-A01)"), "what the site knew is kept without retyping"
    assert "tout peut partir" in client.get(url).content.decode()
    answer = client.get(f"{reverse('financement-subventions-export', args=[espace.slug, 'csv'])}?annee={ANNEE}")
    assert faults(answer.content) == []
    assert b"Association fictive" in answer.content
    assert body("ccas").nom.encode() in answer.content
