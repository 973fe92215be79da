"""A préconisation from its coming to its answer: what is public, who answers, what is late, what is kept."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.core import horloge
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tenir.preconisations.models import Preconisation
from tenir.preconisations.oubli import forget
from tenir.preconisations.services.liens import LienClos, answer_token, find_asked, follow_token
from tenir.preconisations.services.messages import forget_addresses, remind
from tenir.preconisations.services.recevoir import publish, set_aside, write_down
from tenir.preconisations.services.repondre import answer, put_on_agenda, reopen
from tests.gouvernance.reunions import Comites, comites, decision, reunion
from tests.lettres import leave
from tests.partage import shared
from tests.personnes import acces, body, contract, referent
from tests.preconisations.preconisations import ASKED, answered, asked, overdue, published, sent
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """A public contract, its bodies, the team, a partner who acts for « ccas » and one for « caf »."""

    espace: EspaceDeContrat
    comites: Comites
    equipe: Acces
    ccas: Acces
    caf: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon")
        people = [acces("Basile Pivot", Role.EQUIPE, espace)]
        people += [acces(f"Cléo {of}", Role.PARTENAIRE, espace, of=of) for of in ("ccas", "caf")]
        return Salle(espace, comites(espace), *people)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def page(name: str, *args: object) -> str:
    found = Client().get(reverse(name, args=args))
    return found.content.decode().replace("\xa0", " ") if found.status_code == 200 else str(found.status_code)


def test_what_a_resident_sends_is_read_by_nobody_before_the_team_publishes_it(salle: Salle) -> None:
    found = sent(salle.espace, "Madame Untel crie la nuit.", courriel="une.habitante@exemple.test")
    assert page("preconisation-publique", "vallon", found.numero) == "404"
    assert "Untel" not in page("preconisations-publiques", "vallon")
    reader = Client()
    reader.force_login(salle.ccas.personne.utilisateur)
    assert reader.get(reverse("preconisation", args=["vallon", found.numero])).status_code == 404
    told = page("preconisation-suivie", follow_token(found))
    assert "Madame Untel" in told
    assert found.code in told
    assert "Untel" not in " ".join(EntreeDeTrace.objects.values_list("apres", flat=True))
    due = horloge.today() + timedelta(days=30)
    publish(
        by=salle.equipe, preconisation=found, texte="Du bruit la nuit.", organisme=body("ccas"), echeance=due
    )  # fmt: skip
    shown = page("preconisation-publique", "vallon", found.numero)
    assert "Du bruit la nuit." in shown
    assert "Untel" not in shown
    assert "exemple.test" not in shown


def test_what_is_not_published_says_why_to_whoever_sent_it_and_to_no_one_else(salle: Salle) -> None:
    found = sent(salle.espace)
    with pytest.raises(ValidationError, match="pas publiée"):
        set_aside(by=salle.equipe, preconisation=found, motif=" ")
    set_aside(by=salle.equipe, preconisation=found, motif="Elle nomme quelqu’un.")
    assert "Elle nomme quelqu’un." in page("preconisation-suivie", follow_token(found))
    assert page("preconisation-publique", "vallon", found.numero) == "404"


def test_a_receipt_leaves_at_once_and_each_step_is_told(salle: Salle) -> None:
    found = published(salle.equipe, salle.espace, courriel="une.habitante@exemple.test")
    leave()
    assert found.code in mail.outbox[0].subject
    answer(by=None, preconisation=found, reponse="suivie", raison="Le banc est posé.")
    leave(days=1)
    last = [one for one in mail.outbox if one.to == ["une.habitante@exemple.test"]][-1]
    assert "Le banc est posé." in last.body
    assert "/preconisation/" in last.body


def test_lateness_is_public_on_its_day_and_an_answer_says_that_it_came_late(salle: Salle) -> None:
    found = overdue(asked(salle.equipe, salle.espace), days=0)
    url = ("preconisation-publique", "vallon", found.numero)
    assert "réponse en retard" not in page(*url)
    overdue(found, days=1)
    assert "réponse en retard" in page(*url)
    assert "dont 1 en retard" in page("preconisations-publiques", "vallon")
    answer(by=None, preconisation=found, reponse="refusee", raison="Trottoir étroit.")
    shown = page(*url)
    assert "réponse en retard" not in shown
    assert "en retard" in shown
    assert "Trottoir étroit." in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reponse": "suivie", "raison": " "}, "raison"),
        ({"reponse": "a-l-etude", "raison": "On mesure."}, "jusqu’à quand"),
        ({"reponse": "a-l-etude", "raison": "On mesure.", "jusqu_au": horloge.today()}, "à venir"),
        ({"reponse": "attendue", "raison": "Rien."}, "attendue"),
    ],
)
def test_an_answer_has_its_reason_and_a_study_its_day(salle: Salle, given: dict, said: str) -> None:
    found = asked(salle.equipe, salle.espace)
    with pytest.raises(ValidationError, match=said):
        answer(by=None, preconisation=found, **given)
    assert not found.reponses.exists()


def test_a_study_moves_the_day_and_the_link_answers_again(salle: Salle) -> None:
    found = asked(salle.equipe, salle.espace)
    until = horloge.today() + timedelta(days=90)
    answer(by=None, preconisation=found, reponse="a-l-etude", raison="On mesure.", jusqu_au=until)
    found.refresh_from_db()
    assert (found.etat, found.echeance) == ("a-l-etude", until)
    assert found.promise_pour != until
    answer(by=None, preconisation=found, reponse="en-partie", raison="Un sur deux.")
    assert [one.reponse for one in found.reponses.all()] == ["a-l-etude", "en-partie"]
    with pytest.raises(LienClos, match="donnée"):
        answer(by=None, preconisation=found, reponse="suivie", raison="Encore.")


def test_only_the_body_asked_and_the_team_answer(salle: Salle) -> None:
    found = asked(salle.equipe, salle.espace)
    with pytest.raises(Refus):
        answer(by=salle.caf, preconisation=found, reponse="suivie", raison="À sa place.")
    answer(by=salle.ccas, preconisation=found, reponse="suivie", raison="Posé lundi.")
    assert Geste.objects.latest("pk").par == salle.ccas.personne


def test_one_is_reopened_once_and_the_first_answer_stays(salle: Salle) -> None:
    found = answered(salle.equipe, salle.espace)
    with pytest.raises(ValidationError, match="à reprendre"):
        reopen(by=salle.equipe, preconisation=found, pourquoi="")
    reopen(by=salle.equipe, preconisation=found, pourquoi="Le trottoir d’en face est large.")
    found.refresh_from_db()
    assert found.etat == "attendue"
    answer(by=None, preconisation=found, reponse="suivie", raison="Posé en face.")
    with pytest.raises(ValidationError, match="déjà été rouverte"):
        reopen(by=salle.equipe, preconisation=found, pourquoi="Encore.")
    shown = page("preconisation-publique", "vallon", found.numero)
    for words in ("trop étroit", "Le trottoir d’en face", "Posé en face."):
        assert words in shown


def of_the_council(espace: EspaceDeContrat) -> Acces:
    """Someone who acts for the council of residents, and is its contact."""
    found = acces("Ida Citoyenne", Role.PARTENAIRE, espace, of="conseil")
    referent(found.personne, espace, of="conseil")
    return found


def test_the_council_reopens_what_it_asked_by_its_account_and_nobody_else_does(salle: Salle, client: Client) -> None:
    council = of_the_council(salle.espace)
    theirs = answered(salle.equipe, salle.espace)
    hers = answered(salle.equipe, salle.espace, origine="habitant")
    for by, one in ((salle.ccas, theirs), (salle.caf, theirs), (council, hers)):
        with pytest.raises(Refus):
            reopen(by=by, preconisation=one, pourquoi="Rien ne dit quand.")
    client.force_login(council.personne.utilisateur)
    assert "Rouvrir" in client.get(reverse("preconisation", args=["vallon", theirs.numero])).content.decode()
    url = reverse("preconisation-rouvrir", args=["vallon", theirs.numero])
    assert client.post(url, {"pourquoi": "Rien ne dit quand."}).status_code == 302
    theirs.refresh_from_db()
    assert (theirs.etat, theirs.rouverte_pourquoi) == ("attendue", "Rien ne dit quand.")
    assert client.get(reverse("preconisation-rouvrir", args=["vallon", hers.numero])).status_code == 403


def test_the_council_is_told_at_once_then_of_the_answer_and_reopens_it_once_by_its_link(
    salle: Salle, client: Client
) -> None:
    of_the_council(salle.espace)
    found = asked(salle.equipe, salle.espace)
    leave(days=1)
    (receipt,) = [one for one in mail.outbox if "du conseil citoyen" in one.subject]
    assert "doit répondre avant le" in receipt.body.replace("\xa0", " ")
    overdue(found, days=3)
    answer(by=None, preconisation=found, reponse="refusee", raison="Le trottoir est trop étroit.")
    leave(days=1)
    told = mail.outbox[-1].body
    assert "Le trottoir est trop étroit." in told
    link = "/" + next(word for word in told.split() if "/preconisation/" in word).split("/", 3)[3]
    assert "La rouvrir" in client.get(link).content.decode()
    assert client.post(link, {"pourquoi": ""}).status_code == 422
    assert client.post(link, {"pourquoi": "Le trottoir d’en face est large."}).status_code == 302
    found.refresh_from_db()
    assert found.etat == "attendue"
    assert "La rouvrir" not in client.get(link).content.decode()
    assert EntreeDeTrace.objects.filter(champ="rouverte").latest("pk").pour == "le conseil citoyen"
    answer(by=None, preconisation=found, reponse="suivie", raison="Posé en face.")
    with pytest.raises(LienClos, match="déjà été rouverte"):
        reopen(by=None, preconisation=found, pourquoi="Encore.")


def test_the_link_of_a_resident_reopens_nothing(salle: Salle, client: Client) -> None:
    found = published(salle.equipe, salle.espace)
    answer(by=None, preconisation=found, reponse="refusee", raison="Trop étroit.")
    url = reverse("preconisation-suivie", args=[follow_token(found)])
    assert "La rouvrir" not in client.get(url).content.decode()
    client.post(url, {"pourquoi": "Rien ne dit quand."})
    found.refresh_from_db()
    assert found.etat == "refusee"


def test_what_was_done_is_read_from_the_action_and_it_goes_to_an_agenda_once(salle: Salle) -> None:
    action = fiche(salle.espace, "O01-A01")
    type(action).objects.filter(pk=action.pk).update(statut="realisee", statut_depuis=horloge.today())
    found = asked(salle.equipe, salle.espace, fiche=action)
    assert "Réalisée" in page("preconisation-publique", "vallon", found.numero)
    meeting = reunion(salle.equipe, salle.comites.pilotage)
    put_on_agenda(by=salle.equipe, preconisation=found, reunion=meeting)
    assert [one.intitule for one in meeting.points.with_subjects()] == [f"Préconisation {found.code} : {ASKED}"]
    with pytest.raises(ValidationError, match="déjà"):
        put_on_agenda(by=salle.equipe, preconisation=found, reunion=meeting)


def test_what_hangs_on_another_contract_is_refused(salle: Salle) -> None:
    other = contract("songe")
    hers = acces("Ida Voisine", Role.EQUIPE, other)
    taken = decision(hers, reunion(hers, comites(other).pilotage))
    given = {"texte": ASKED, "origine": "conseil", "organisme": body("ccas"), "decision": taken}
    with pytest.raises(ValidationError, match="ce contrat"):
        write_down(by=salle.equipe, espace=salle.espace, given=given)


@pytest.mark.parametrize(
    "broken",
    [
        {"organisme": None},
        {"echeance": None},
        {"texte": ""},
        {"etat": "ecartee"},
        {"rouverte_le": "2026-03-02"},
        {"origine": "reunion"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_the_database_holds_what_the_services_promise(salle: Salle, broken: dict) -> None:
    found = asked(salle.equipe, salle.espace)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preconisation.objects.filter(pk=found.pk).update(**broken)


def test_a_gesture_undone_asks_nobody_and_done_again_asks(salle: Salle) -> None:
    found = sent(salle.espace)
    due = horloge.today() + timedelta(days=30)
    given = {"texte": found.texte, "organisme": body("ccas"), "echeance": due}
    publish(by=salle.equipe, preconisation=found, **given)
    undo(by=salle.equipe, geste=Geste.objects.latest("pk"))
    leave(days=1)
    assert not [one for one in mail.outbox if "/reponse/" in one.body]
    found.refresh_from_db()
    publish(by=salle.equipe, preconisation=found, **given)
    leave(days=1)
    assert len([one for one in mail.outbox if "/reponse/" in one.body]) == 1


def test_a_body_is_reminded_before_its_day_and_once_it_is_past_each_once(salle: Salle) -> None:
    found = asked(salle.equipe, salle.espace)
    assert remind(horloge.now()).startswith("aucun")
    Preconisation.objects.filter(pk=found.pk).update(echeance=horloge.today() + timedelta(days=5))
    assert [remind(horloge.now())[0] for _ in range(2)] == ["1", "a"]
    overdue(found)
    assert [remind(horloge.now())[0] for _ in range(2)] == ["1", "a"]


def test_another_body_has_another_link(salle: Salle) -> None:
    found = asked(salle.equipe, salle.espace)
    before = answer_token(found)
    Preconisation.objects.filter(pk=found.pk).update(organisme=body("caf"))
    assert find_asked(before) is None


def test_an_address_is_emptied_once_it_serves_no_more_or_its_owner_is_erased(salle: Salle) -> None:
    found = answered(salle.equipe, salle.espace)
    Preconisation.objects.filter(pk=found.pk).update(courriel="une.habitante@exemple.test")
    assert forget_addresses(horloge.now()).startswith("aucune")
    found.reponses.update(le=horloge.today() - timedelta(days=120), attendue_le=horloge.today())
    assert "1" in forget_addresses(horloge.now())
    other = sent(salle.espace, courriel="partie@exemple.test")
    leave()
    forget(salle.ccas.personne, Marques([], ["partie@exemple.test"], [], unique=True))
    other.refresh_from_db()
    assert other.courriel == ""
    assert not Courriel.objects.filter(adresse="partie@exemple.test").exists()


def test_the_form_without_an_account_throws_machines_away_and_slows_an_address(salle: Salle) -> None:
    client, url = Client(), reverse("preconisation-deposer", args=["vallon"])
    assert client.post(url, {"texte": ""}).status_code == 422
    assert client.post(url, {"texte": ASKED, "site": "http://"}).status_code == 429
    for _ in range(6):
        assert client.post(url, {"texte": ASKED}).status_code == 302
    assert client.post(url, {"texte": ASKED}).status_code == 429
    assert Preconisation.objects.count() == 6


@pytest.mark.parametrize("name", ["preconisations", "aujourdhui", "preconisations-publiques"])
def test_more_rows_cost_no_more(salle: Salle, name: str, django_assert_max_num_queries: Callable) -> None:
    client = Client()
    if name != "preconisations-publiques":
        client.force_login(salle.equipe.personne.utilisateur)
    url = reverse(name, args=["vallon"])
    for _ in range(2):
        overdue(asked(salle.equipe, salle.espace))
    with django_assert_max_num_queries(100) as caught:
        client.get(url)
    few = len(caught)
    for _ in range(4):
        overdue(asked(salle.equipe, salle.espace))
    with django_assert_max_num_queries(few):
        client.get(url)


def test_it_shows_on_the_page_of_the_action_and_of_the_decision_it_is_about(salle: Salle, client: Client) -> None:
    by, action = salle.equipe, fiche(salle.espace, "O01-A01")
    taken = decision(by, reunion(by, salle.comites.technique))
    found = asked(by, salle.espace, fiche=action)
    Preconisation.objects.filter(pk=found.pk).update(decision=taken)
    client.force_login(by.personne.utilisateur)
    for url in (reverse("fiche", args=["vallon", "O01-A01"]), reverse("decision", args=["vallon", taken.numero])):
        assert "Ce qui en est préconisé" in client.get(url).content.decode()
