"""The ledger: a figure follows a figure, each dated and signed; what a line comes to; who writes what."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.financement.enums import Registre
from tenir.financement.models import LigneDeFinancement, MouvementDeFinancement
from tenir.financement.montants import exact, share, total
from tenir.financement.services.lignes import open_line, say
from tenir.financement.silence import silence_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.financement.argent import case, financeurs, given, imprimees, line, then
from tests.formulaires import Lectrice, send
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Caisse:
    """A contract with the lines that it prints, its team, a partner of « ccas »."""

    espace: EspaceDeContrat
    equipe: Acces
    ccas: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Caisse]:
    def make() -> Caisse:
        espace = contract("vallon", etat="signe")
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        imprimees(espace)
        financeurs(espace)
        return Caisse(espace, team, partner)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def caisse(_made: Caisse, db: None) -> Caisse:
    return deepcopy(_made)


def test_the_ledger_opens_with_what_the_contract_prints_and_says_who_is_silent_everywhere(caisse: Caisse) -> None:
    told = silence_of(caisse.espace)
    assert (told.imprimees, told.vides, told.muets) == (3, 2, ("MAIRIE",))
    assert (
        told.phrase == "2\u00a0lignes annoncées sans rien derrière sur 3 imprimées, dont toutes celles de « MAIRIE »."
    )
    line(caisse.equipe, caisse.espace, of="mairie")
    assert silence_of(caisse.espace).muets == ()


def test_a_later_figure_never_erases_the_former(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="demande", montant="5000")
    then(caisse.equipe, made, "propose", "4000")
    then(caisse.equipe, made, "vote", "4000.50")
    rows = list(made.mouvements.order_by("rang").values_list("etat", "montant", "auteur__nom"))
    assert rows == [
        ("demande", Decimal("5000.00"), "Basile Pivot"),
        ("propose", Decimal("4000.00"), "Basile Pivot"),
        ("vote", Decimal("4000.50"), "Basile Pivot"),
    ]
    made.refresh_from_db()
    assert (made.etat, made.compte, made.demande, made.vote) == ("vote", Decimal("4000.50"), 5000, Decimal("4000.50"))
    told = EntreeDeTrace.objects.filter(genre="ligne de financement", objet=made.code)
    assert told.count() == 3


def test_what_is_refused_counts_for_nothing_says_why_and_keeps_what_was_asked(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="demande", montant="2000")
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        then(caisse.equipe, made, "refuse", None)
    then(caisse.equipe, made, "refuse", None, motif="Hors des priorités de l’année.")
    made.refresh_from_db()
    assert (made.compte, made.demande, made.vote) == (0, 2000, None)


def test_a_payment_in_part_lessens_nothing_and_what_was_paid_outlives_a_cancellation(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="conventionne", montant="10000")
    then(caisse.equipe, made, "verse", "6000")
    made.refresh_from_db()
    assert (made.compte, made.verse) == (10000, 6000)
    then(caisse.equipe, made, "annule", None, motif="L’action s’est arrêtée.")
    made.refresh_from_db()
    assert (made.compte, made.vote, made.verse) == (6000, None, 6000)


def test_a_row_of_before_takes_its_place_in_time(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="vote", montant="4000")
    then(caisse.equipe, made, "demande", "5000", le=horloge.today() - timedelta(days=60))
    made.refresh_from_db()
    assert (made.etat, made.compte, made.demande) == ("vote", 4000, 5000)


@pytest.mark.parametrize(
    ("etat", "montant", "more", "why"),
    [
        ("vote", "-1", {}, "jamais négatif"),
        ("vote", "0.001", {}, "deux chiffres au plus"),
        ("vote", "100000000000", {}, "trop grand"),
        ("vote", None, {}, "Dites le montant"),
        ("vote", "10", {"source": " "}, "."),
        ("vote", "10", {"le": date(2999, 1, 1)}, "n’est pas venu"),
        ("valorise", "10", {}, "pas de ce registre"),
        ("refuse", "10", {"motif": "Non."}, "n’en a pas"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(caisse: Caisse, etat, montant, more, why) -> None:
    with pytest.raises(ValidationError, match=why):
        open_line(by=caisse.equipe, espace=caisse.espace, case=case(caisse.espace), given=given(etat, montant, **more))


def test_the_database_itself_refuses_a_negative_amount(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace)
    with pytest.raises(IntegrityError), transaction.atomic():
        MouvementDeFinancement.objects.filter(ligne=made).update(montant=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        LigneDeFinancement.objects.filter(pk=made.pk).update(etat="prouve")


def test_droit_commun_has_its_own_levels_and_proved_says_its_proof(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="annonce", montant=None, registre=Registre.DROIT_COMMUN)
    then(caisse.equipe, made, "valorise", "7000")
    with pytest.raises(ValidationError, match="ce qui le prouve"):
        then(caisse.equipe, made, "prouve", "6500")
    then(caisse.equipe, made, "prouve", "6500", preuve="Compte administratif fictif, chapitre 65")
    made.refresh_from_db()
    assert (made.etat, made.compte) == ("prouve", 6500)
    beside = line(caisse.equipe, caisse.espace)
    assert beside.pk != made.pk, "the same cell, in the other ledger"


def test_a_partner_writes_the_money_of_her_own_body_alone(caisse: Caisse) -> None:
    made = line(caisse.ccas, caisse.espace, of="ccas")
    assert made.mouvements.get().pour == body("ccas")
    with pytest.raises(Refus):
        line(caisse.ccas, caisse.espace, of="caf")
    other = line(caisse.equipe, caisse.espace, of="caf")
    with pytest.raises(Refus):
        say(by=caisse.ccas, ligne=other, version=1, given=given())


def test_a_row_is_undone_with_what_it_changed(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="demande", montant="5000")
    then(caisse.equipe, made, "vote", "4000")
    undo(by=caisse.equipe, geste=Geste.objects.order_by("-pk")[0])
    made.refresh_from_db()
    assert (made.etat, made.montant, made.vote, made.mouvements.count()) == ("demande", 5000, None, 1)
    undo(by=caisse.equipe, geste=Geste.objects.filter(annule_le=None).order_by("-pk")[0])
    assert not LigneDeFinancement.objects.filter(pk=made.pk).exists()


def test_two_people_on_one_line_see_both_values_and_lose_nothing(caisse: Caisse) -> None:
    made = line(caisse.equipe, caisse.espace, etat="demande", montant="5000")
    then(caisse.equipe, made, "vote", "4000")
    with pytest.raises(Conflit) as caught:
        say(by=caisse.ccas, ligne=made, version=1, given=given("vote", "4500"))
    assert [(one.actuel, one.propose) for one in caught.value.differences] == [
        ("4\u202f000\u00a0€", "4\u202f500\u00a0€")
    ]
    assert made.mouvements.count() == 2


def test_two_people_in_one_empty_cell_choose_on_a_page_that_shows_both(caisse: Caisse) -> None:
    client = Lectrice()
    client.force_login(caisse.equipe.personne.utilisateur)
    url = reverse("financement-nouveau", args=[caisse.espace.slug])
    read = client.get(url)
    line(caisse.ccas, caisse.espace, etat="propose", montant="3000")
    typed = {"registre": "specifique", "quoi": "O01-A01", "financeur": body("ccas").pk, "annee": "2026"}
    row = {"etat": "vote", "montant": "4 000", "le": horloge.today().isoformat(), "source": "Délibération fictive"}
    answer = send(client, url, read, **typed, **row)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "3\u202f000\u00a0€" in shown
    assert "4\u202f000\u00a0€" in shown
    assert LigneDeFinancement.objects.get(imprimee=None).compte == 3000


def test_an_amount_is_rounded_in_one_place_and_totals_are_exact() -> None:
    assert total([Decimal("0.10")] * 3) == Decimal("0.30")
    assert share(Decimal(1), Decimal(8)) == Decimal(12), "half to even"
    assert share(Decimal(1), Decimal(0)) is None
    assert exact(Decimal("12.5")) == Decimal("12.50")
