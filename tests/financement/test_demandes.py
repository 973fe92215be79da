"""A funder answers by its link, without an account; the team reads before anything is written."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.models import EntreeDeTrace
from tenir.financement.ecrans.bloc import sections
from tenir.financement.enums import EtatDeReponse
from tenir.financement.models import DemandeAuFinanceur, LigneDeFinancement
from tenir.financement.services.demandes import accept, ask, set_aside, stop
from tenir.financement.services.liens import LienClos, answer, token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.financement.argent import ANNEE, financeurs, imprimees, line, then
from tests.formulaires import send
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases
Asked = tuple[EspaceDeContrat, Acces, LigneDeFinancement]


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Asked]:
    def make() -> Asked:
        espace = contract("vallon", etat="signe")
        team = acces("Basile Pivot", Role.EQUIPE, espace)
        imprimees(espace)
        financeurs(espace)
        return espace, team, line(team, espace, etat="demande", montant="5000")

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def asked(_made: Asked, db: None) -> Asked:
    return deepcopy(_made)


def request_of(asked: Asked, days: int = 9) -> DemandeAuFinanceur:
    """A request to « ccas »."""
    espace, team, _ = asked
    day = horloge.today() + timedelta(days=days)
    return ask(by=team, espace=espace, annee=ANNEE, financeurs=[body("ccas")], close_le=day)[0]


def said(etat: str = "vote", montant: str | None = "4000", **more: str) -> dict:
    return {"etat": etat, "montant": None if montant is None else Decimal(montant)} | more


def test_from_the_message_to_the_ledger(asked: Asked) -> None:
    espace, team, held = asked
    request_of(asked)
    send_due(horloge.now())
    letter = mail.outbox[-1]
    assert "CCAS" in letter.body
    url = letter.body[letter.body.index("/financeur/") :].split()[0]
    visitor = Client()
    page = visitor.get(url)
    assert page["Cache-Control"].startswith("private") or "no-store" in page["Cache-Control"]
    field = f"{held.pk}"
    sent = {f"etat_{field}": "vote", f"montant_{field}": "4 000,50", f"preuve_{field}": "Délibération fictive n° 3"}
    assert send(visitor, url, page, **sent).status_code == 302
    held.refresh_from_db()
    assert held.montant == 5000, "nothing is written before the team reads"
    (waiting,) = held.reponses.all()
    desk = {one.nom: len(one.lignes) for one in sections(team, espace, horloge.today())}
    assert desk["argent-a-lire"] == 1
    accept(by=team, reponse=waiting)
    held.refresh_from_db()
    row = held.mouvements.get(etat="vote")
    assert (str(held.montant), row.auteur, row.pour, row.preuve) == (
        "4000.50", None, body("ccas"), "Délibération fictive n° 3",
    )  # fmt: skip
    assert EntreeDeTrace.objects.filter(commande="lien du financeur").count() == 1


def test_nothing_to_say_is_an_answer_and_silence_shows_once_late(asked: Asked) -> None:
    espace, team, _ = asked
    made = request_of(asked)
    later = made.close_le + timedelta(days=1)
    assert {one.nom: len(one.lignes) for one in sections(team, espace, later)}["argent-sans-reponse"] == 1
    visitor, url = Client(), reverse("financeur", args=[token_of(made)])
    page = visitor.get(url)
    assert send(visitor, url, page, rien="oui").status_code == 302
    made.refresh_from_db()
    assert made.rien
    assert {one.nom: len(one.lignes) for one in sections(team, espace, later)}["argent-sans-reponse"] == 0


def test_an_answer_is_set_aside_with_a_reason_and_the_next_one_counts(asked: Asked) -> None:
    _, team, held = asked
    made = request_of(asked)
    answer(demande=made, said={held.pk: said()})
    answer(demande=made, said={held.pk: said(montant="4500")})
    (waiting,) = held.reponses.filter(etat=EtatDeReponse.A_LIRE)
    assert waiting.montant == 4500, "the last answer counts"
    with pytest.raises(ValidationError, match="pourquoi"):
        set_aside(by=team, reponse=waiting, suite=" ")
    set_aside(by=team, reponse=waiting, suite="Le montant est celui de l’an dernier.")
    with pytest.raises(ValidationError, match="déjà sa suite"):
        accept(by=team, reponse=waiting)
    held.refresh_from_db()
    assert held.montant == 5000


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"etat": "refuse"}, "pourquoi"),
        ({"etat": "prouve", "montant": None}, "registre"),
        ({"montant": None}, "montant"),
    ],
)
def test_what_cannot_be_is_refused_by_the_link_too(asked: Asked, given: dict, why: str) -> None:
    held = asked[2]
    with pytest.raises(ValidationError, match=why):
        answer(demande=request_of(asked), said={held.pk: said() | given})


def test_a_funder_says_nothing_of_the_line_of_another(asked: Asked) -> None:
    espace, team, _ = asked
    other = line(team, espace, of="mairie")
    with pytest.raises(ValidationError, match="pas la vôtre"):
        answer(demande=request_of(asked), said={other.pk: said()})


def test_a_link_that_was_stopped_or_is_past_answers_nothing(asked: Asked) -> None:
    team, held = asked[1], asked[2]
    made = request_of(asked)
    url = reverse("financeur", args=[token_of(made)])
    stop(by=team, demande=made)
    with pytest.raises(LienClos, match="arrêté"):
        answer(demande=made, said={held.pk: said()})
    page = Client().get(url)
    assert "ce lien ne répond plus" in page.content.decode()
    assert "<form" not in page.content.decode()[page.content.decode().index("<main") :]
    again = request_of(asked)
    DemandeAuFinanceur.objects.filter(pk=again.pk).update(
        demandee_le=horloge.today() - timedelta(days=9), close_le=horloge.today() - timedelta(days=1)
    )
    with pytest.raises(LienClos, match="close"):
        answer(demande=again, said={held.pk: said()})


def test_what_moved_while_the_funder_read_is_shown_again(asked: Asked) -> None:
    team, held = asked[1], asked[2]
    made = request_of(asked)
    visitor, url = Client(), reverse("financeur", args=[token_of(made)])
    page = visitor.get(url)
    then(team, held, "propose", "4200")
    sent = {f"etat_{held.pk}": "vote", f"montant_{held.pk}": "4 000"}
    assert send(visitor, url, page, **sent).status_code == 409
    assert not held.reponses.exists()
