"""The report of an action: its sessions are there already, its budget beside what was planned, its indicators move."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.appels.models import AppelAProjets, CompteRenduFinancier, DossierDeDemande
from tenir.appels.registre import results_of, said_of
from tenir.appels.services.attendus import due_on, report_of
from tenir.appels.services.comptes_rendus import ask_again, fill_report, hand_in, missing, read_report
from tenir.appels.services.dossiers import renew
from tenir.appels.services.liens import token_of
from tenir.appels.services.rappels import remind, stage_of
from tenir.appels.services.suites import pay
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.fiches.models import FicheAction
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.indicateurs.models import ReleveDIndicateur
from tests.activite.registre import entree, kinds
from tests.appels.appels import publie
from tests.appels.dossiers import accorde, depose, ended
from tests.appels.test_lecture import plain
from tests.formulaires import Lectrice
from tests.formulaires import fill as type_in
from tests.lettres import leave
from tests.personnes import acces, body
from tests.vie import indicateur

pytestmark = pytest.mark.deux_bases
ATELIER = """nature: mon-atelier
est: atelier
libelle: Atelier vélo
pluriel: ateliers vélo
alimente:
  - {indicateur: I88, calcul: compte}
  - {indicateur: I89, calcul: somme, mesure: presents}
"""
FAIT = {"fait": "Deux ateliers sur trois.", "pas_eu_lieu": False, "ecarts": ""}


@pytest.fixture
def dossier(appel: AppelAProjets, equipe: Acces) -> DossierDeDemande:
    """4 000 € granted by « ccas » to « ccas » itself, whose action ended yesterday."""
    found = accorde(depose(appel), equipe).dossier
    body("ccas").__class__.objects.filter(pk=body("ccas").pk).update(siret=found.siret)
    return ended(found)


@pytest.fixture
def fed(dossier: DossierDeDemande, equipe: Acces) -> None:
    """Two indicators that sessions feed; two sessions of its body on its action, and one of another body."""
    espace, day = dossier.espace, horloge.today(dossier.espace) - timedelta(days=5)
    kinds(espace, ATELIER)
    indicateur(espace, "I88")
    indicateur(espace, "I89", unite="passages")
    fiche = FicheAction.objects.get(espace=espace, action__code="O01-A01")
    for of, days, count in (("ccas", 0, 12), ("ccas", 1, 15), ("caf", 2, 40)):
        row = entree(equipe, espace, count, nature="mon-atelier", of=of, le=day + timedelta(days=days))
        row.fiches.add(fiche)


def filled(dossier: DossierDeDemande, **lines: str) -> None:
    """A report in which nothing is missing."""
    fill_report(by=None, dossier=dossier, section="fait", given=FAIT)
    costs = {"comptes": {"641": Decimal(5500), "864": Decimal(800)}}
    fill_report(by=None, dossier=dossier, section="charges", given=costs)
    part = dossier.parts.get()
    paid = {"comptes": {"756": Decimal(1500), "870": Decimal(800)}, "recus": {part.pk: Decimal(4000)}}
    fill_report(by=None, dossier=dossier, section="produits", given=paid)


def test_two_indicators_move_and_no_figure_is_typed_again(
    dossier: DossierDeDemande,
    fed: None,
    equipe: Acces,
) -> None:
    pay(by=equipe, part=dossier.parts.get(), montant=Decimal(4000), le=horloge.today(dossier.espace), source="Mandat")
    link, client = reverse("dossier-compte-rendu", args=[token_of(dossier)]), Lectrice()
    first = plain(client.get(link).content)
    assert "2 séances, 27 passages" in first
    assert "27 passages, déjà là, dans le registre" in first
    assert re.search(r'name="r_\d+" value="4\s?000', plain(client.get(f"{link}partie/produits/").content))
    assert type_in(client, f"{link}partie/fait/", fait="Deux ateliers sur trois.").status_code == 302
    assert type_in(client, f"{link}partie/charges/", c_641="5 500").status_code == 302
    assert type_in(client, f"{link}partie/produits/", c_756="1 500").status_code == 302
    assert type_in(client, f"{link}remettre/").status_code == 302
    report = report_of(dossier)
    assert (report.registre.replace("\xa0", " "), report.produits) == ("2 séances, 27 passages", 5500)
    read_report(by=equipe, report=report)
    moved = {one.suivi.code: one.valeur for one in ReleveDIndicateur.objects.select_related("suivi__indicateur")}
    assert moved == {"I88": 2, "I89": 27}
    assert dossier.code in ReleveDIndicateur.objects.all()[0].source
    table = plain(client.get(link).content)
    assert "Total des charges" in table
    assert "−500 €" in table


def test_what_is_missing_is_told_and_a_balance_is_explained(dossier: DossierDeDemande) -> None:
    with pytest.raises(ValidationError, match="ce qui a été fait"):
        hand_in(by=None, dossier=dossier)
    filled(dossier)
    more = {"comptes": {"756": Decimal(1700), "870": Decimal(800)}, "recus": {dossier.parts.get().pk: Decimal(4000)}}
    fill_report(by=None, dossier=dossier, section="produits", given=more)
    assert "Il reste 200 €." in plain(" ".join(missing(report_of(dossier))).encode())
    fill_report(by=None, dossier=dossier, section="fait", given={**FAIT, "ecarts": "Un atelier de moins."})
    assert hand_in(by=None, dossier=dossier).remis_le == horloge.today(dossier.espace)
    with pytest.raises(ValidationError, match="ne change plus"):
        fill_report(by=None, dossier=dossier, section="fait", given=FAIT)


def test_an_action_that_did_not_take_place_says_why_and_nothing_else(dossier: DossierDeDemande) -> None:
    given = {"fait": "", "pas_eu_lieu": True, "ecarts": ""}
    fill_report(by=None, dossier=dossier, section="fait", given=given)
    assert missing(report_of(dossier)) == ["Dites pourquoi l’action n’a pas eu lieu."]
    fill_report(by=None, dossier=dossier, section="fait", given={**given, "ecarts": "Le lieu a fermé."})
    assert hand_in(by=None, dossier=dossier).est_remis


def test_the_body_says_what_the_register_does_not_and_the_team_asks_again(
    dossier: DossierDeDemande,
    fed: None,
    equipe: Acces,
) -> None:
    espace = dossier.espace
    other = indicateur(espace, "I90")
    other.indicateur.orientations.add(Orientation.objects.get(espace=espace, code="O01"))
    filled(dossier)
    link = reverse("dossier-compte-rendu-partie", args=[token_of(dossier), "resultats"])
    client = Lectrice()
    asked = plain(client.get(link).content)
    assert "I90" in asked
    assert "I89 " not in asked
    assert type_in(client, link, **{f"v_{other.pk}": "7"}).status_code == 302
    report = hand_in(by=None, dossier=dossier)
    with pytest.raises(ValidationError, match="ce qui manque"):
        ask_again(by=equipe, report=report, reprise=" ")
    ask_again(by=equipe, report=report, reprise="Précisez les dates.")
    leave(days=1)
    assert "Précisez les dates." in mail.outbox[-1].body
    assert "Précisez les dates." in plain(client.get(reverse("dossier-compte-rendu", args=[token_of(dossier)])).content)
    report = hand_in(by=None, dossier=dossier)
    with pytest.raises(Perime):
        read_report(by=equipe, report=report, lu={"état": "remis", "version": "1"})
    with pytest.raises(Refus):
        read_report(by=acces("Léa Lectrice", Role.LECTURE, espace), report=report)
    read_report(by=equipe, report=report)
    assert {one.suivi.code for one in ReleveDIndicateur.objects.select_related("suivi__indicateur")} == {
        "I88", "I89", "I90"
    }  # fmt: skip


def test_a_body_that_the_directory_does_not_know_has_nothing_there(dossier: DossierDeDemande, fed: None) -> None:
    assert said_of(dossier)
    DossierDeDemande.objects.filter(pk=dossier.pk).update(siret="", rna="W332000001", nom="Inconnue")
    dossier.refresh_from_db()
    assert (said_of(dossier), results_of(dossier)) == ("", [])


def test_a_missing_report_is_said_on_the_first_screen_of_a_renewal(
    dossier: DossierDeDemande,
    equipe: Acces,
) -> None:
    again = renew(dossier=dossier, appel=publie(equipe, dossier.espace))
    link, client = reverse("dossier", args=[token_of(again)]), Client()
    assert f"({dossier.code}) manque" in plain(client.get(link).content)
    filled(dossier)
    hand_in(by=None, dossier=dossier)
    page = plain(client.get(link).content)
    assert "5 500 € dépensés sur 6 000 € prévus" in page
    assert "manque :" not in page
    client.force_login(equipe.personne.utilisateur)
    url = reverse("dossier-de-demande", args=[dossier.espace.slug, again.numero])
    assert "dépensés sur" in plain(client.get(url).content)


def test_a_report_that_is_due_is_recalled_once_a_stage(dossier: DossierDeDemande) -> None:
    due = due_on(dossier)
    assert (due.month, due.day) == (6, 30)
    assert [stage_of(due, day) for day in (due - timedelta(days=99), due, due + timedelta(days=1))] == [
        "fini", "bientot", "retard"
    ]  # fmt: skip
    for _ in range(2):
        assert plain(remind(horloge.now()).encode()) == "1 compte rendu attendu."
    leave()
    assert sum("compte rendu" in one.subject for one in mail.outbox) == 1
    filled(dossier)
    hand_in(by=None, dossier=dossier)
    assert "aucun compte rendu" in remind(horloge.now())


def test_a_report_is_due_six_months_after_the_year_of_the_action_when_it_goes_on(dossier: DossierDeDemande) -> None:
    dossier.fin = date(dossier.appel.annee + 1, 3, 1)
    assert due_on(dossier) == date(dossier.appel.annee + 2, 6, 30)


@pytest.mark.parametrize(
    "broken",
    [{"etat": "remis"}, {"etat": "remis", "remis_le": "2026-03-02"},
     {"etat": "remis", "remis_le": "2026-03-02", "fait": "Oui.", "charges": 5}],
    ids=str,
)  # fmt: skip
def test_the_database_holds_what_a_report_says(dossier: DossierDeDemande, broken: dict) -> None:
    fill_report(by=None, dossier=dossier, section="fait", given={**FAIT, "fait": ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        CompteRenduFinancier.objects.filter(dossier=dossier).update(**broken)
