"""After a grant: convention, payments, what is given back, other days; all of it in the ledger, read by the link."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.appels.models import AppelAProjets, ConventionDeSubvention, PartDemandee, ReportDeDates
from tenir.appels.services.liens import token_of
from tenir.appels.services.suites import (
    answer_dates,
    ask_dates,
    establish,
    is_due,
    pay,
    payments_of,
    refund,
    rewrite_convention,
    sign,
)
from tenir.core import horloge
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.appels.dossiers import accorde, depose, grand, said
from tests.appels.test_lecture import plain
from tests.formulaires import Lectrice
from tests.formulaires import fill as type_in
from tests.lettres import leave
from tests.personnes import acces, body

pytestmark = pytest.mark.deux_bases
MANDAT = {"source": "Mandat fictif"}


@pytest.fixture
def part(appel: AppelAProjets, equipe: Acces) -> PartDemandee:
    """4 000 € granted by « ccas » to a dossier, today."""
    return accorde(depose(appel), equipe)


def today(part: PartDemandee):
    return horloge.today(part.dossier.espace)


def paid(part: PartDemandee) -> list[tuple[str, Decimal | None]]:
    return [(one.etat, one.montant) for one in part.ligne.mouvements.order_by("rang")][2:]


def test_from_a_grant_to_what_is_given_back_all_in_the_ledger_and_read_by_the_link(
    part: PartDemandee,
    equipe: Acces,
) -> None:
    made = establish(by=equipe, part=part, modalites="En deux fois.")
    with pytest.raises(ValidationError, match="déjà sa convention"):
        establish(by=equipe, part=part, modalites="Encore.")
    sign(by=equipe, convention=made, le=today(part))
    with pytest.raises(ValidationError, match="ne change plus"):
        rewrite_convention(by=equipe, convention=made, version=2, changes={"modalites": "Autrement."})
    pay(by=equipe, part=part, montant=Decimal(2500), le=today(part), **MANDAT)
    with pytest.raises(ValidationError, match="plus que ce qui est accordé"):
        pay(by=equipe, part=part, montant=Decimal(1501), le=today(part), **MANDAT)
    pay(by=equipe, part=part, montant=Decimal(1500), le=today(part), **MANDAT)
    with pytest.raises(ValidationError, match="pourquoi"):
        refund(by=equipe, part=part, montant=Decimal(300), le=today(part), motif="", **MANDAT)
    with pytest.raises(ValidationError, match="que ce qui est versé"):
        refund(by=equipe, part=part, montant=Decimal(4001), le=today(part), motif="Trop perçu.", **MANDAT)
    refund(by=equipe, part=part, montant=Decimal(300), le=today(part), motif="Trop perçu.", **MANDAT)
    assert paid(part) == [("conventionne", 4000), ("verse", 2500), ("verse", 4000), ("verse", 3700)]
    part.refresh_from_db()
    assert [one.montant for one in payments_of(part)] == [2500, 1500, -300]
    page = plain(Client().get(reverse("dossier", args=[token_of(part.dossier)])).content)
    assert "2 500 € versés le" in page
    assert "300 € reversés le" in page
    assert f"{made.code} signée le" in page


def test_above_the_threshold_of_a_year_no_payment_without_a_signed_convention_or_a_reason(
    appel: AppelAProjets,
    equipe: Acces,
) -> None:
    first, second = accorde(grand(appel), equipe, 20_000), accorde(depose(appel), equipe, 3_000)
    assert not is_due(second)
    third = accorde(depose(appel), equipe, 1)
    assert is_due(first)
    assert is_due(third)
    with pytest.raises(ValidationError, match="obligatoire"):
        pay(by=equipe, part=second, montant=Decimal(10), le=today(second), **MANDAT)
    pay(by=equipe, part=second, montant=Decimal(10), le=today(second), motif="Organisme public.", **MANDAT)
    sign(by=equipe, convention=establish(by=equipe, part=first, modalites="En une fois."), le=today(first))
    first.ligne.refresh_from_db()
    pay(by=equipe, part=first, montant=Decimal(10), le=today(first), **MANDAT)


def test_the_convention_is_a_word_file_and_an_accessible_one_that_say_the_budget(
    part: PartDemandee,
    equipe: Acces,
) -> None:
    establish(by=equipe, part=part, modalites="En une fois.")
    link = token_of(part.dossier)
    word = Client().get(reverse("dossier-convention", args=[link, part.pk, "docx"]))
    file = docx.Document(BytesIO(word.content))
    told = "\n".join(one.text for one in file.paragraphs).replace("\xa0", " ").replace("\u202f", " ")
    assert "Article 3. Montant" in told
    assert "4 000 €, sur un budget de 6 000 €" in told
    assert "six mois" in told
    assert file.tables[0].rows[1].cells[0].text.startswith("601")
    pdf = Client().get(reverse("dossier-convention", args=[link, part.pk, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    assert Client().get(reverse("dossier-convention", args=[link, part.pk, "odt"])).status_code == 404


def test_other_days_are_asked_on_the_page_refused_with_a_reason_or_taken(
    part: PartDemandee,
    equipe: Acces,
) -> None:
    dossier = part.dossier
    link = reverse("dossier-dates", args=[token_of(dossier)])
    debut, fin = dossier.debut + timedelta(days=30), dossier.fin + timedelta(days=30)
    asked = {"debut": debut.isoformat(), "fin": fin.isoformat(), "raison": "Le lieu ferme."}
    assert type_in(Lectrice(), link, **{**asked, "fin": "2020-01-01"}).status_code == 422
    assert type_in(Lectrice(), link, **asked).status_code == 302
    assert type_in(Lectrice(), link, **asked).status_code == 422  # one waits
    with pytest.raises(ValidationError, match="pourquoi"):
        answer_dates(by=equipe, report=ReportDeDates.objects.get(), etat="refuse")
    answer_dates(by=equipe, report=ReportDeDates.objects.get(), etat="refuse", reponse="L’exercice est clos.")
    leave(days=1)
    assert "L’exercice est clos." in mail.outbox[-1].body
    again = ask_dates(by=None, dossier=dossier, debut=debut, fin=fin, raison="Le lieu ferme.")
    answer_dates(by=equipe, report=again, etat="accepte")
    dossier.refresh_from_db()
    assert (dossier.debut, dossier.fin) == (debut, fin)


def test_nothing_follows_what_is_not_granted_nor_by_someone_who_only_reads(
    appel: AppelAProjets,
    equipe: Acces,
) -> None:
    found = depose(appel).parts.get()
    with pytest.raises(ValidationError, match="rien accordé"):
        establish(by=equipe, part=found, modalites="En une fois.")
    day = found.dossier.debut
    with pytest.raises(ValidationError, match="Aucun financeur"):
        ask_dates(by=None, dossier=found.dossier, debut=day, fin=day, raison="Plus court.")
    reader = acces("Léa Lectrice", Role.LECTURE, appel.espace)
    with pytest.raises(Refus):
        pay(by=reader, part=found, montant=Decimal(1), le=today(found), **MANDAT)
    assert said(appel)["produits"]["parts"] == {body("ccas").pk: Decimal(4000)}


@pytest.mark.parametrize("broken", [{"modalites": ""}, {"signee_le": "2001-01-01"}], ids=str)
def test_the_database_holds_what_a_convention_says(part: PartDemandee, equipe: Acces, broken: dict) -> None:
    made = establish(by=equipe, part=part, modalites="En une fois.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ConventionDeSubvention.objects.filter(pk=made.pk).update(**broken)
