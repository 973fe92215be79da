"""What each funder says of a dossier: granted, or refused with a reason; written in the ledger, told to who asked."""

from decimal import Decimal
from html import unescape

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.appels.enums import Suite
from tenir.appels.models import AppelAProjets, PartDemandee
from tenir.appels.services.dossiers import withdraw
from tenir.appels.services.instruction import decide, instruct
from tenir.appels.services.liens import token_of
from tenir.core import horloge
from tenir.ecran.versions import Conflit
from tenir.financement.models import BudgetDAction, LigneDeFinancement
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.appels.dossiers import depose
from tests.lettres import leave
from tests.personnes import acces

pytestmark = pytest.mark.deux_bases
GIVEN = {"source": "Délibération fictive"}


@pytest.fixture
def part(appel: AppelAProjets) -> PartDemandee:
    """What a dossier that is sent asks of « ccas »: 4 000 €."""
    return depose(appel).parts.get()


def read_by_link(part: PartDemandee) -> str:
    page = Client().get(reverse("dossier", args=[token_of(part.dossier)])).content.decode()
    return unescape(page).replace("\xa0", " ").replace("\u202f", " ")


def test_a_grant_is_written_in_the_ledger_and_never_typed_again(part: PartDemandee, equipe: Acces) -> None:
    instruct(by=equipe, part=part, version=1, changes={"avis": "favorable", "propose": Decimal(3500)})
    with pytest.raises(Conflit):
        instruct(by=equipe, part=part, version=1, changes={"avis": "reserve"})
    today = horloge.today(part.dossier.espace)
    decide(by=equipe, part=part, suite=Suite.ACCORDE, le=today, accorde=Decimal(3500), **GIVEN)
    line = LigneDeFinancement.objects.of(part.dossier.espace).get(imprimee=None)
    assert [(one.etat, one.montant) for one in line.mouvements.order_by("rang")] == [("demande", 4000), ("vote", 3500)]
    assert (line.annee, line.financeur) == (part.dossier.appel.annee, part.financeur)
    assert part.dossier.code in line.projet
    assert "accordé, 3 500 €" in read_by_link(part)
    with pytest.raises(ValidationError, match="déjà décidé"):
        decide(by=equipe, part=part, suite=Suite.REFUSE, le=today, motif="Non.", **GIVEN)
    with pytest.raises(ValidationError, match="ne se retire plus"):
        withdraw(by=None, dossier=part.dossier)


def test_what_a_project_costs_follows_its_grant_into_the_table(part: PartDemandee, equipe: Acces) -> None:
    today, costs = horloge.today(part.dossier.espace), part.dossier.charges
    decide(by=equipe, part=part, suite=Suite.ACCORDE, le=today, accorde=Decimal(3500), **GIVEN)
    budget = BudgetDAction.objects.get(espace=part.dossier.espace)
    assert (budget.montant, part.dossier.code in budget.projet) == (costs, True)


def test_what_a_refused_project_costs_is_not_missing(part: PartDemandee, equipe: Acces) -> None:
    today = horloge.today(part.dossier.espace)
    decide(by=equipe, part=part, suite=Suite.REFUSE, le=today, motif="Hors de l’appel.", **GIVEN)
    assert not BudgetDAction.objects.exists()


def test_a_zero_too_many_is_not_granted_without_a_word(part: PartDemandee, equipe: Acces) -> None:
    today, budget = horloge.today(part.dossier.espace), part.dossier.charges
    with pytest.raises(ValidationError, match="plus que demandé"):
        decide(by=equipe, part=part, suite=Suite.ACCORDE, le=today, accorde=Decimal(4001), **GIVEN)
    with pytest.raises(ValidationError, match="budget du projet"):
        decide(by=equipe, part=part, suite=Suite.ACCORDE, le=today, accorde=budget + 1, motif="Parce que.", **GIVEN)
    assert not LigneDeFinancement.objects.filter(imprimee=None).exists()
    decide(by=equipe, part=part, suite=Suite.ACCORDE, le=today, accorde=Decimal(4001), motif="Deux classes.", **GIVEN)
    assert PartDemandee.objects.get(pk=part.pk).accorde == 4001


def test_a_refusal_has_a_reason_which_is_sent_and_read_by_the_link(part: PartDemandee, equipe: Acces) -> None:
    today = horloge.today(part.dossier.espace)
    with pytest.raises(ValidationError, match="pourquoi"):
        decide(by=equipe, part=part, suite=Suite.REFUSE, le=today, **GIVEN)
    with pytest.raises(ValidationError, match="pourquoi"):
        instruct(by=equipe, part=part, version=1, changes={"recevable": "irrecevable"})
    assert not LigneDeFinancement.objects.filter(imprimee=None).exists()
    decide(by=equipe, part=part, suite=Suite.REFUSE, le=today, motif="Hors du quartier.", **GIVEN)
    leave(days=1)
    assert "Hors du quartier." in mail.outbox[-1].body
    assert "Raison : Hors du quartier." in read_by_link(part)
    line = LigneDeFinancement.objects.get(imprimee=None)
    assert line.mouvements.order_by("-rang")[0].motif == "Hors du quartier."


def test_what_is_not_sent_is_not_read_and_others_may_not(part: PartDemandee, equipe: Acces) -> None:
    reader = acces("Léa Lectrice", Role.LECTURE, part.dossier.espace)
    with pytest.raises(Refus):
        instruct(by=reader, part=part, version=1, changes={"avis": "favorable"})
    withdraw(by=None, dossier=part.dossier)
    with pytest.raises(ValidationError, match="pas déposé"):
        instruct(by=equipe, part=part, version=1, changes={"avis": "favorable"})


@pytest.mark.parametrize(
    "broken",
    [{"suite": "refuse", "decide_le": "2026-03-02"}, {"suite": "accorde", "decide_le": "2026-03-02"}, {"accorde": 5},
     {"recevable": "irrecevable"}, {"propose": -1}],
    ids=lambda one: next(iter(one.values())),
)  # fmt: skip
def test_the_database_holds_what_a_decision_says(part: PartDemandee, broken: dict) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PartDemandee.objects.filter(pk=part.pk).update(**broken)
