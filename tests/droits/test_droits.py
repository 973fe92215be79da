"""Counts go up by one and tell nobody; what the contract offers is kept by the team, and undone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.droits.catalogue import offered, offers
from tenir.droits.enums import ACCUEIL, Suite
from tenir.droits.models import AideLocale, CompteDeDroit
from tenir.droits.services import comptes, offre
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.droits.reperages import aide, became, counted
from tests.formulaires import fill, text
from tests.personnes import body

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]


@pytest.fixture
def equipe(people) -> Acces:
    return acces_of(people["equipe"])


def number(espace: EspaceDeContrat, droit: str, suite: Suite = Suite.REPERE) -> int:
    found = CompteDeDroit.objects.filter(espace=espace, droit=droit, suite=suite).values_list("nombre", flat=True)
    return sum(found)


def test_a_reception_counts_one_person_and_one_for_each_right(vallon: EspaceDeContrat, equipe: Acces) -> None:
    counted(equipe, vallon, "rsa", "cheque-energie")
    counted(equipe, vallon, "rsa", "rsa")
    assert [number(vallon, one) for one in (ACCUEIL, "rsa", "cheque-energie")] == [2, 2, 1]
    became(equipe, vallon, "rsa")
    became(equipe, vallon, "rsa", Suite.REFUSE)
    assert [number(vallon, "rsa", one) for one in Suite] == [2, 1, 1, 0]
    assert CompteDeDroit.objects.exclude(mois=horloge.today(vallon).replace(day=1)).count() == 0


def test_counting_leaves_no_line_by_which_someone_is_found(vallon: EspaceDeContrat, equipe: Acces) -> None:
    before = EntreeDeTrace.objects.count()
    counted(equipe, vallon, "rsa")
    assert EntreeDeTrace.objects.count() == before
    assert not Geste.objects.exists()


def test_a_right_that_is_not_offered_is_refused_and_nothing_is_counted(vallon: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="ne propose pas"):
        counted(equipe, vallon, "rsa", "inconnu")
    assert not CompteDeDroit.objects.exists()


def test_a_body_counts_for_itself_alone(vallon: EspaceDeContrat, people) -> None:
    hers = acces_of(people["partenaire"])
    counted(hers, vallon, "rsa", of="ccas")
    with pytest.raises(Refus):
        counted(hers, vallon, "rsa", of="caf")
    with pytest.raises(Refus):
        counted(acces_of(people["lecture"]), vallon, "rsa")


def test_a_number_is_corrected_with_its_trace_and_undone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    one = counted(equipe, vallon, "rsa", times=3)
    comptes.correct(by=equipe, compte=one, valeur=2)
    one.refresh_from_db()
    assert one.nombre == 2
    assert EntreeDeTrace.objects.filter(objet=one.code, avant="3", apres="2").exists()
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    one.refresh_from_db()
    assert one.nombre == 3
    with pytest.raises(ValidationError, match="de 0 à"):
        comptes.correct(by=equipe, compte=one, valeur=-1)


def test_the_database_keeps_one_number_a_month(vallon: EspaceDeContrat, equipe: Acces) -> None:
    one = counted(equipe, vallon, "rsa")
    for wrong in ({"mois": one.mois}, {"mois": date(2026, 3, 2)}, {"mois": date(2026, 3, 1), "suite": "autre"}):
        held = {"espace": vallon, "organisme": one.organisme, "droit": "rsa", "suite": "repere", **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            CompteDeDroit.objects.create(**held)


def test_small_numbers_are_masked_but_for_the_team_and_the_body_that_counts(
    vallon: EspaceDeContrat, equipe: Acces, as_: As
) -> None:
    counted(equipe, vallon, "rsa", times=3)
    counted(equipe, vallon, "cheque-energie", times=6)
    url = reverse("reperage-comptes", args=[vallon.slug])
    assert "9 personnes reçues" in text(as_("equipe").get(url))
    reader = text(as_("lecture").get(url))
    assert "moins de 5" in reader
    assert "9 personnes reçues" not in reader
    assert "9 personnes reçues" in text(as_("partenaire").get(url)), "celles que son organisme compte"
    file = as_("lecture").get(reverse("reperage-comptes-fichier", args=[vallon.slug, "csv"])).content.decode()
    assert "moins de 5" in file


def test_queries_do_not_grow_with_what_is_counted(vallon: EspaceDeContrat, equipe: Acces, as_: As) -> None:
    client, url = as_("equipe"), reverse("reperage-comptes", args=[vallon.slug])
    counted(equipe, vallon, "rsa")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    counted(equipe, vallon, "cheque-energie", "aspa", "pch", "apa", "aah")
    counted(equipe, vallon, "cheque-energie", "aspa", of="caf")
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_a_local_aid_is_pointed_to_until_its_day_then_withdrawn_and_undone(
    vallon: EspaceDeContrat, equipe: Acces
) -> None:
    today = horloge.today(vallon)
    one = aide(equipe, vallon, jusqu_au=today)
    assert one.code in {droit.code for droit in offered(vallon)}
    offre.change_aide(by=equipe, aide=one, version=1, changes={"jusqu_au": today - timedelta(days=1)})
    assert one.code not in {droit.code for droit in offered(vallon)}
    offre.withdraw_aide(by=equipe, aide=one)
    assert one.code not in {found.droit.code for found in offers(vallon)}
    undo(by=equipe, geste=Geste.objects.latest("pk"))
    assert AideLocale.objects.of(vallon).get().numero == one.numero


@pytest.mark.parametrize("field", ["libelle", "explication", "service", "conditions"])
def test_a_local_aid_lacks_nothing(vallon: EspaceDeContrat, equipe: Acces, field: str) -> None:
    with pytest.raises(ValidationError):
        aide(equipe, vallon, **{field: ""})
    made = aide(equipe, vallon)
    with pytest.raises(IntegrityError), transaction.atomic():
        AideLocale.objects.filter(pk=made.pk).update(**{field: ""})


def test_a_right_set_aside_is_pointed_to_no_more_and_one_read_again_says_when(
    vallon: EspaceDeContrat, equipe: Acces, as_: As
) -> None:
    today = horloge.today(vallon)
    page = reverse("reperage-droits", args=[vallon.slug])
    assert "n’ont pas été relus dans la loi" in text(as_("lecture").get(page))
    offre.set_up(by=equipe, espace=vallon, code="rsa", version=0, changes={"ecarte": True})
    assert "rsa" not in {one.code for one in offered(vallon)}
    offre.set_up(by=equipe, espace=vallon, code="aspa", version=0, changes={"relu_le": today})
    assert "relu le" in text(as_("lecture").get(page))
    with pytest.raises(ValidationError, match="pas encore venu"):
        offre.set_up(by=equipe, espace=vallon, code="apa", version=0, changes={"relu_le": today + timedelta(days=1)})
    with pytest.raises(ValidationError, match="n’est pas de ceux"):
        offre.set_up(by=equipe, espace=vallon, code="rien", version=0, changes={"ecarte": True})
    undo(by=equipe, geste=Geste.objects.earliest("pk"))
    assert "rsa" in {one.code for one in offered(vallon)}


def test_only_the_team_keeps_what_is_offered(vallon: EspaceDeContrat, people) -> None:
    with pytest.raises(Refus):
        aide(acces_of(people["partenaire"]), vallon)


def test_what_is_not_of_the_contract_does_not_exist(vallon: EspaceDeContrat, as_: As) -> None:
    for name, given in (("reperage-droit", "rien"), ("aide-locale-modifier", 99), ("reperage-corriger", 99)):
        assert as_("equipe").get(reverse(name, args=[vallon.slug, given])).status_code == 404


def test_the_team_adds_an_aid_on_its_page_and_a_box_is_asked(vallon: EspaceDeContrat, as_: As) -> None:
    url = reverse("aide-locale-nouvelle", args=[vallon.slug])
    given = {"libelle": "Panier", "explication": "Des légumes.", "service": "L’épicerie"}
    assert "Cochez au moins une réponse." in text(fill(as_("equipe"), url, **given))
    assert fill(as_("equipe"), url, **given, conditions=["age:65-plus", "age:60-64"]).status_code == 302
    assert AideLocale.objects.get().conditions == "age:60-64 age:65-plus"
    assert body("ccas")
