"""The dossier: opened by an address, filled section by section, balanced, sent in time, withdrawn, taken up."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation
from tenir.appels.cles import rna, siret
from tenir.appels.enums import EtatDeDossier
from tenir.appels.manques import missing
from tenir.appels.models import AppelAProjets, DossierDeDemande
from tenir.appels.oubli import forget
from tenir.appels.services.appels import rewrite_call
from tenir.appels.services.dossiers import fill, open_dossier, renew, send, shown, take_away, withdraw
from tenir.appels.services.liens import LienClos, find, token_of
from tenir.appels.services.messages import erase_unsent
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.core.typographie import date_fr
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.appels.appels import publie
from tests.appels.dossiers import ADRESSE, SIRET, depose, ouvert, piece, rempli, said
from tests.formulaires import Lectrice
from tests.formulaires import fill as type_in
from tests.lettres import leave
from tests.personnes import acces, body, person

pytestmark = pytest.mark.deux_bases


def closed(appel: AppelAProjets) -> None:
    """Its last day was yesterday, for its dossiers too."""
    day = horloge.today(appel.espace) - timedelta(days=1)
    AppelAProjets.objects.filter(pk=appel.pk).update(ouvre_le=day - timedelta(days=9), ferme_le=day)
    DossierDeDemande.objects.filter(appel=appel).update(limite=day, depose_le=None, etat="brouillon")


@pytest.mark.parametrize("number", [SIRET, "822 538 781 00029", "35600000049837", ""])
def test_a_siret_is_checked_by_its_key_la_poste_by_its_own(number: str) -> None:
    assert siret(number) == number.replace(" ", "")


@pytest.mark.parametrize(("check", "number"), [(siret, "82253878100028"), (siret, "123"), (rna, "X123456789")])
def test_a_number_that_cannot_be_is_refused(check, number: str) -> None:
    with pytest.raises(ValidationError):
        check(number)
    assert rna("w332 000 001") == "W332000001"


def test_from_an_address_to_a_receipt_by_the_pages(appel: AppelAProjets) -> None:
    client = Lectrice()
    url = reverse("dossier-ouvrir", args=["vallon", appel.numero])
    assert type_in(client, url, courriel=ADRESSE).status_code == 302
    leave()
    link = re.search(r"/dossier/\S+/", mail.outbox[-1].body)[0]
    first = unescape(client.get(link).content.decode()).replace("\xa0", " ")
    assert "Donnez son SIRET ou son numéro RNA." in first
    assert "Joignez : Statuts." in first
    wrong = type_in(client, f"{link}partie/organisme/", siret="82253878100028")
    assert wrong.status_code == 422
    assert type_in(client, f"{link}partie/organisme/", nom="Les Lilas", siret=SIRET).status_code == 302
    assert type_in(client, f"{link}partie/charges/", c_641="4 500,50").status_code == 302
    found = DossierDeDemande.objects.get()
    assert (found.nom, found.charges) == ("Les Lilas", Decimal("4500.50"))
    assert "82253878100029" in unescape(client.get(link).content.decode())


def test_what_is_missing_is_told_and_nothing_is_sent_before(appel: AppelAProjets) -> None:
    found = ouvert(appel)
    assert {section for section, lacks in missing(found).items() if lacks} == {
        "organisme", "action", "public", "lieux", "charges", "produits", "engagement", "pieces"
    }  # fmt: skip
    with pytest.raises(ValidationError):
        send(by=None, dossier=found)
    whole = rempli(appel)
    assert not any(missing(whole).values())
    fill(by=None, dossier=whole, section="charges", given={"comptes": {"641": Decimal(1), "864": None}})
    whole.refresh_from_db()
    faults = " ".join(missing(whole)["produits"]).replace("\xa0", " ")
    assert "il faut le même total" in faults
    assert "contributions volontaires" in faults
    with pytest.raises(ValidationError, match="même total"):
        send(by=None, dossier=whole)


def test_it_is_sent_withdrawn_and_sent_again_each_with_a_receipt(appel: AppelAProjets) -> None:
    found = depose(appel)
    leave()
    assert found.code in mail.outbox[-1].subject
    with pytest.raises(ValidationError, match="retirez-le"):
        fill(by=None, dossier=found, section="engagement", given={"cer": False})
    withdraw(by=None, dossier=found)
    leave()
    assert "retiré" in mail.outbox[-1].body
    assert send(by=None, dossier=found).etat == EtatDeDossier.DEPOSE


def test_late_is_refused_by_the_link_by_the_service_and_by_the_database(appel: AppelAProjets, equipe: Acces) -> None:
    found = rempli(appel)
    closed(appel)
    found = DossierDeDemande.objects.of(appel.espace).get(pk=found.pk)
    with pytest.raises(LienClos, match="passé"):
        send(by=None, dossier=found)
    with pytest.raises(ValidationError, match="passé"):
        send(by=equipe, dossier=found)
    with pytest.raises(IntegrityError), transaction.atomic():
        DossierDeDemande.objects.filter(pk=found.pk).update(etat="depose", depose_le=horloge.today(appel.espace))
    with pytest.raises(ValidationError, match="ouvert"):
        open_dossier(by=None, appel=appel, courriel=ADRESSE)
    assert send(by=equipe, dossier=found, le=found.limite).depose_le == found.limite, "reçu sur papier ce jour-là"


def test_a_last_day_that_moves_moves_for_its_dossiers(appel: AppelAProjets, equipe: Acces) -> None:
    found = rempli(appel)
    day = appel.ferme_le + timedelta(days=7)
    rewrite_call(by=equipe, appel=appel, version=appel.version, changes={"ferme_le": day})
    found.refresh_from_db()
    assert found.limite == day
    leave(days=1)
    assert date_fr(day) in mail.outbox[-1].body
    assert mail.outbox[-1].to == [found.courriel]


@pytest.mark.parametrize(
    "broken",
    [{"charges": 1}, {"emplois": 1}, {"cer": False}, {"siret": ""}, {"siret": "12"}, {"depose_le": None}, {"rna": "X"}],
    ids=lambda one: "-".join(map(str, next(iter(one.items())))),
)
def test_the_database_holds_what_the_services_promise(appel: AppelAProjets, broken: dict) -> None:
    found = depose(appel)
    with pytest.raises(IntegrityError), transaction.atomic():
        DossierDeDemande.objects.filter(pk=found.pk).update(**broken)


@pytest.mark.parametrize(
    ("ages", "du_quartier", "holds"),
    [({}, 50, True), ({"moins_de_12": 10}, 10, True), ({"moins_de_12": 10}, 50, False), ({"plus_de_59": 0}, 1, False)],
)
def test_those_of_the_quarter_are_some_of_all_those_said(
    appel: AppelAProjets, ages: dict[str, int], du_quartier: int, holds: bool
) -> None:
    found = ouvert(appel)
    told = {**said(appel)["public"], "moins_de_12": None, "du_quartier": du_quartier, **ages}
    if holds:
        assert fill(by=None, dossier=found, section="public", given=told).du_quartier == du_quartier
        return
    with pytest.raises(ValidationError) as refused:
        fill(by=None, dossier=found, section="public", given=told)
    assert "plus nombreux que tous les âges" in str(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        DossierDeDemande.objects.filter(pk=found.pk).update(du_quartier=du_quartier, **ages)


def test_two_tabs_on_one_section_and_what_a_call_does_not_ask(appel: AppelAProjets) -> None:
    found = ouvert(appel)
    read = shown(found, "organisme")
    fill(by=None, dossier=found, section="organisme", given=said(appel)["organisme"])
    with pytest.raises(Perime):
        fill(by=None, dossier=found, section="organisme", given=said(appel)["organisme"], lu=read)
    stranger = Organisation.objects.create(identifiant="ailleurs", nom="Ailleurs", nature="association")
    given = {"comptes": {}, "parts": {stranger.pk: Decimal(5), body("ccas").pk: None}}
    fill(by=None, dossier=found, section="produits", given=given)
    assert not found.parts.exists()


def test_that_of_last_year_is_taken_up_without_its_days_its_files_nor_its_signature(
    appel: AppelAProjets, equipe: Acces
) -> None:
    found = depose(appel)
    other = publie(equipe, appel.espace, titre="Appel suivant")
    made = renew(dossier=found, appel=other)
    made.refresh_from_db()
    assert (made.nom, made.charges, made.cer, made.debut, made.limite) == (
        found.nom, found.charges, False, None, other.ferme_le
    )  # fmt: skip
    assert not made.pieces.exists()
    with pytest.raises(ValidationError, match="déjà"):
        renew(dossier=found, appel=other)


def test_the_team_types_one_and_others_may_not(appel: AppelAProjets, equipe: Acces) -> None:
    found = depose(appel, equipe)
    client = Client()
    client.force_login(equipe.personne.utilisateur)
    told = unescape(client.get(reverse("dossier-de-demande", args=["vallon", found.numero])).content.decode())
    for words in ("Ateliers du mercredi", "641 Rémunérations", "Statuts", "déposé"):
        assert words in told, words
    reader = acces("Léa Lectrice", Role.LECTURE, appel.espace)
    with pytest.raises(Refus):
        withdraw(by=reader, dossier=found)


def test_the_trace_names_no_one_and_a_draft_is_erased_long_after(appel: AppelAProjets) -> None:
    found = rempli(appel)
    facts = str(list(EntreeDeTrace.objects.values_list("avant", "apres")))
    assert "Trente ateliers" not in facts
    assert ADRESSE not in facts
    take_away(by=None, piece=found.pieces.get())
    assert find(token_of(found)) == found
    forget(person("Ida Effacée", signs_in=False), Marques([], [ADRESSE], [], unique=True))
    found.refresh_from_db()
    assert found.courriel == ""
    closed(appel)
    assert erase_unsent(horloge.now()).startswith("aucun")
    DossierDeDemande.objects.update(limite=horloge.today() - timedelta(days=200))
    assert "1" in erase_unsent(horloge.now())
    assert not DossierDeDemande.objects.exists()


def test_a_file_is_kept_and_opens(appel: AppelAProjets) -> None:
    found = ouvert(appel)
    row = piece(found)
    answer = Client().get(reverse("dossier-piece", args=[token_of(found), row.pk]))
    assert answer.content == b"Statuts fictifs."
