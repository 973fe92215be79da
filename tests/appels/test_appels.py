"""The yearly call for projects: written, published, taken up, closed; what the database refuses."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.appels.enums import Moment
from tenir.appels.grille import criteria_of, documents_of
from tenir.appels.models import AppelAProjets
from tenir.appels.services.appels import close_call, publish_call, remove_funder, rewrite_call, say_funder, take_up
from tenir.core import horloge
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.appels.appels import appel, clos, piece, publie
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """A public contract, its team, and someone who only reads."""

    espace: EspaceDeContrat
    equipe: Acces
    lecture: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon")
        return Salle(
            espace,
            acces("Basile Pivot", Role.EQUIPE, espace),
            acces("Léa Lectrice", Role.LECTURE, espace),
        )

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def page(name: str, *args: object, by: Acces | None = None) -> str:
    client = Client()
    if by:
        client.force_login(by.personne.utilisateur)
    answer = client.get(reverse(name, args=["vallon", *args]))
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def test_a_grid_is_read_as_data_and_says_which_line_cannot_be() -> None:
    assert [(one.intitule, one.points) for one in criteria_of("Effet : 5\n\nBudget sincère ; 3 points")] == [
        ("Effet", 5),
        ("Budget sincère", 3),
    ]
    for broken, told in (("Effet", "Critère 1"), ("Effet ; 5\nAutre ; 0", "Critère 2"), ("A ; 1\nA ; 2", "deux fois")):
        with pytest.raises(ValidationError, match=told):
            criteria_of(broken)
    assert [one.obligatoire for one in documents_of("Statuts\nRapport (facultatif)")] == [True, False]


def test_a_draft_is_read_by_the_team_alone_then_by_anyone_with_its_days_in_a_calendar(salle: Salle) -> None:
    draft = appel(salle.equipe, salle.espace)
    url = reverse("appel-a-projets-public", args=["vallon", draft.numero])
    assert Client().get(url).status_code == 404
    assert draft.titre not in page("appels-a-projets", by=salle.lecture)
    assert draft.titre in page("appels-a-projets", by=salle.equipe)
    found = publish_call(by=salle.equipe, appel=draft)
    piece(salle.equipe, found)
    shown = page("appel-a-projets-public", draft.numero)
    for words in ("Effet pour les habitants : 5 points", "8 000 €", "montant non dit", "Statuts", "si vous l’avez"):
        assert words in shown, words
    assert "Règlement" in shown
    assert "Un appel à projets est ouvert" in page("appels-a-projets-publics")
    calendar = page("appels-a-projets-agenda").replace("\r\n ", "")
    assert calendar.count("BEGIN:VEVENT") == 4
    assert f"DTSTART;VALUE=DATE:{found.ferme_le:%Y%m%d}" in calendar
    assert calendar == page("appels-a-projets-agenda").replace("\r\n ", "")


def test_it_closes_by_its_day_or_by_the_team_and_stays(salle: Salle) -> None:
    found = publie(salle.equipe, salle.espace)
    assert found.moment == Moment.OUVERT
    assert close_call(by=salle.equipe, appel=found).moment == Moment.CLOS
    late = clos(publie(salle.equipe, salle.espace))
    assert late.moment == Moment.CLOS
    assert late.titre in page("appels-a-projets-publics")
    with pytest.raises(ValidationError, match="publié"):
        close_call(by=salle.equipe, appel=found)


def test_that_of_the_next_year_keeps_its_words_and_moves_its_days(salle: Salle) -> None:
    found = publie(salle.equipe, salle.espace, ouvre_le=date(2028, 2, 29), ferme_le=date(2028, 4, 1),
                   comite_le=date(2028, 5, 2), reponse_le=None, annee=2028, titre="Appel 2028")  # fmt: skip
    made = take_up(by=salle.equipe, appel=found)
    assert (made.titre, made.annee, made.ouvre_le, made.comite_le) == (
        "Appel 2029", 2029, date(2029, 2, 28), date(2029, 5, 2)
    )  # fmt: skip
    assert made.grille == found.grille
    assert [(str(one.financeur), one.montant) for one in made.enveloppes.order_by("pk")] == [
        ("CCAS", None),
        ("CAF", None),
    ]
    assert made.moment == Moment.BROUILLON


def test_two_people_on_one_call_and_what_is_no_call(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    rewrite_call(by=salle.equipe, appel=found, version=1, changes={"titre": "Un autre titre"})
    with pytest.raises(Conflit):
        rewrite_call(by=salle.equipe, appel=found, version=1, changes={"titre": "Le mien"})
    for changes, told in (
        ({"annee": 1999}, "contrat va de"),
        ({"priorites": "O99"}, "O99"),
        ({"grille": "Effet"}, "points"),
        ({"comite_le": horloge.today()}, "comité"),
    ):
        with pytest.raises(ValidationError, match=told):
            rewrite_call(by=salle.equipe, appel=found, version=2, changes=changes)
    with pytest.raises(Refus):
        publish_call(by=salle.lecture, appel=found)


def test_a_call_without_a_funder_is_not_published_and_one_published_keeps_one(salle: Salle) -> None:
    found = appel(salle.equipe, salle.espace)
    ccas, caf = found.enveloppes.order_by("pk")
    remove_funder(by=salle.equipe, enveloppe=caf)
    say_funder(by=salle.equipe, appel=found, financeur=body("ccas"), montant=Decimal("9000.50"))
    ccas.refresh_from_db()
    assert ccas.montant == Decimal("9000.50")
    publish_call(by=salle.equipe, appel=found)
    with pytest.raises(ValidationError, match="au moins un financeur"):
        remove_funder(by=salle.equipe, enveloppe=ccas)
    bare = appel(salle.equipe, salle.espace)
    bare.enveloppes.all().delete()
    with pytest.raises(ValidationError, match="quels financeurs"):
        publish_call(by=salle.equipe, appel=bare)


@pytest.mark.parametrize(
    "broken",
    [
        {"titre": ""},
        {"annee": 1},
        {"ferme_le": date(2000, 1, 1)},
        {"comite_le": date(2000, 1, 1)},
        {"reponse_le": date(2000, 1, 1)},
        {"etat": "autre"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_the_database_holds_what_the_services_promise(salle: Salle, broken: dict) -> None:
    found = appel(salle.equipe, salle.espace)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppelAProjets.objects.filter(pk=found.pk).update(**broken)


def test_the_desk_tells_what_waits_to_be_published_and_more_calls_cost_no_more(
    salle: Salle, django_assert_max_num_queries
) -> None:
    publie(salle.equipe, salle.espace)
    appel(salle.equipe, salle.espace)
    assert "Appels à projets à publier" in page("aujourdhui", by=salle.equipe)
    with django_assert_max_num_queries(100) as caught:
        page("appels-a-projets-publics")
    few = len(caught)
    for _ in range(3):
        publie(salle.equipe, salle.espace, ferme_le=horloge.today() + timedelta(days=5))
    with django_assert_max_num_queries(few):
        page("appels-a-projets-publics")
