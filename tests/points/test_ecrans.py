"""The team's screens of a point d'étape: opening, what stops it, sending, who answered, reading the answers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tenir.core.courriels import send_due
from tenir.core.models import Courriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.reponses import Reponse, answer
from tests.personnes import person, referent
from tests.vie import fiche

As = Callable[[str], Client]


def to(name: str, espace: EspaceDeContrat, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def given(**more: object) -> dict[str, object]:
    day = timezone.localdate() + timedelta(days=15)
    return {"titre": "Automne 2026", "actions": "on", "reponse_avant": day.isoformat(), **more}


def opened(client: Client, espace: EspaceDeContrat, **more: object) -> PointDEtape:
    client.post(to("point-nouveau", espace), given(**more))
    return PointDEtape.objects.get()


def text(client: Client, url: str, status: int = 200) -> str:
    found = client.get(url)
    assert found.status_code == status
    return found.content.decode().replace("\xa0", " ")


@pytest.fixture
def team(as_: As, vallon: EspaceDeContrat) -> Client:
    """Someone of the team, with one action that « caf » carries and one that nobody does."""
    referent(person("Ida Relais", signs_in=False), vallon, of="caf")
    fiche(vallon, pilots=("caf",), statut="en-cours")
    fiche(vallon, "O01-A02")
    return as_("equipe")


@pytest.fixture
def sent(team: Client, vallon: EspaceDeContrat) -> PointDEtape:
    """A point d'étape that left, its one message sent."""
    point = opened(team, vallon)
    stops = {"cles": ["action/O01-A02"], "motif": "vu en réunion"}
    team.post(to("point-dispenser", vallon, point.pk), stops)
    team.post(to("point-envoyer", vallon, point.pk))
    send_due(timezone.now())
    return point


def answered(**what: object) -> Question:
    asked = Destinataire.objects.select_related("point__espace", "personne").get()
    return answer(destinataire=asked, question=asked.questions.get(), reponse=Reponse(**what))


def test_nothing_leaves_until_what_stops_it_is_settled_or_waived(team: Client, vallon: EspaceDeContrat) -> None:
    point = opened(team, vallon)
    page = text(team, to("point", vallon, point.pk))
    assert "un point à régler" in page
    assert "O01-A02 : personne n’est désigné" in page
    assert "Ida Relais" in page
    refused = team.post(to("point-envoyer", vallon, point.pk))
    assert refused.status_code == 422
    assert "à régler avant l’envoi" in refused.content.decode()
    assert team.post(to("point-dispenser", vallon, point.pk), {"cles": ["action/O01-A02"]}).status_code == 422
    team.post(to("point-dispenser", vallon, point.pk), {"cles": ["action/O01-A02"], "motif": "vu en réunion"})
    assert "rien n’empêche l’envoi" in text(team, to("point", vallon, point.pk)).replace("\u202f", " ")
    team.post(to("point-dispenser", vallon, point.pk), {"retirer": "action/O01-A02"})
    assert "un point à régler" in text(team, to("point", vallon, point.pk))


def test_a_faulty_point_is_shown_again_with_what_was_typed(team: Client, vallon: EspaceDeContrat) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    for change, told in (
        ({"reponse_avant": yesterday}, "jour à venir"),
        ({"actions": ""}, "Dites sur quoi porte"),
        ({"titre": ""}, "obligatoire"),
        ({"rappel_2_le": given()["reponse_avant"]}, "Le second rappel vient après"),
    ):
        answer = team.post(to("point-nouveau", vallon), given(**change))
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not PointDEtape.objects.exists()


def test_a_draft_is_changed_and_a_sent_one_is_not(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    answer = team.post(to("point-modifier", vallon, sent.pk), given(titre="Autre"))
    assert answer.status_code == 422
    assert "déjà parti" in answer.content.decode()


def test_the_page_says_who_received_and_who_answered(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    page = text(team, to("point", vallon, sent.pk))
    assert "envoyé" in page
    assert "0 sur 1" in page
    answered(phrase="Douze ateliers.")
    assert "1 sur 1" in text(team, to("point", vallon, sent.pk))
    assert [message.to for message in mail.outbox] == [["ida-relais@exemple.test"]]


def test_the_plain_answers_are_accepted_in_one_gesture(
    team: Client, vallon: EspaceDeContrat, sent: PointDEtape
) -> None:
    question = answered(phrase="Douze ateliers.")
    assert "1 réponse simple" in text(team, to("point-reponses", vallon, sent.pk))
    team.post(to("point-accepter-simples", vallon, sent.pk))
    assert question.fiche.nouvelles.get().texte == "Douze ateliers."
    assert "Aucune réponse n’attend" in text(team, to("point-reponses", vallon, sent.pk))


@pytest.mark.parametrize(
    ("gesture", "etat"),
    [
        ({"geste": "accepter"}, "acceptee"),
        ({"geste": "renvoyer", "retour": "Combien ?"}, "renvoyee"),
        ({"geste": "ecarter", "motif": "déjà dit"}, "ecartee"),
    ],
)
def test_an_answer_is_read_one_by_one(
    team: Client, vallon: EspaceDeContrat, sent: PointDEtape, gesture: dict, etat: str
) -> None:
    question = answered(statut="realisee", phrase="Fini.")
    url = to("point-lire", vallon, sent.pk, question.pk)
    assert "réalisée" in text(team, url)
    team.post(url, gesture)
    question.refresh_from_db()
    assert question.etat == etat
    assert "n’est plus à lire" in text(team, url)


@pytest.mark.parametrize(
    ("gesture", "told"),
    [
        ({"geste": "renvoyer", "retour": " "}, "Dites ce que vous demandez"),
        ({"geste": "ecarter"}, "Dites pourquoi"),
        ({"geste": "inconnu"}, "Accepter"),
    ],
)
def test_a_gesture_that_says_nothing_changes_nothing(
    team: Client, vallon: EspaceDeContrat, sent: PointDEtape, gesture: dict, told: str
) -> None:
    question = answered(phrase="Presque.")
    refused = team.post(to("point-lire", vallon, sent.pk, question.pk), gesture)
    assert refused.status_code == 422
    assert told in refused.content.decode()
    question.refresh_from_db()
    assert question.etat == "repondue"


def test_an_answer_is_corrected_then_accepted(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    question = answered(phrase="Dix atelliers.")
    field = f"q{question.pk}-phrase"
    team.post(to("point-lire", vallon, sent.pk, question.pk), {"geste": "corriger", field: "Dix ateliers."})
    assert question.fiche.nouvelles.get().texte == "Dix ateliers."


def test_a_message_in_doubt_waits_for_a_person(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    asked = Destinataire.objects.get()
    url = to("point-lien", vallon, sent.pk, asked.pk)
    Courriel.objects.update(etat="incertain")
    assert "Décider" in text(team, to("point", vallon, sent.pk))
    assert "appelez la personne" in text(team, url)
    team.post(url, {"geste": "envoye"})
    assert Courriel.objects.get().etat == "envoye"
    team.post(url, {"geste": "revenu", "motif": "boîte pleine"})
    assert "boîte pleine" in text(team, url)
    team.post(url, {"geste": "renvoyer"})
    send_due(timezone.now())
    assert len(mail.outbox) == 2


def test_a_link_is_revoked_and_a_point_closed(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    asked = Destinataire.objects.get()
    team.post(to("point-lien", vallon, sent.pk, asked.pk), {"geste": "revoquer"})
    asked.refresh_from_db()
    assert asked.revoque_le
    assert team.get(to("point-clore", vallon, sent.pk)).status_code == 200
    team.post(to("point-clore", vallon, sent.pk))
    sent.refresh_from_db()
    assert sent.etat == "clos"
    assert "clos" in text(team, to("points", vallon) + "?etat=clos")
    assert "Aucun point d’étape" in text(team, to("points", vallon) + "?etat=brouillon")


def test_the_desk_tells_what_waits_for_the_team(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    answered(phrase="Douze ateliers.")
    Courriel.objects.update(etat="incertain")
    desk = text(team, to("aujourdhui", vallon))
    for words in ("Réponses à lire", "Messages dont il faut décider", "envoi incertain"):
        assert words in desk
    team.post(to("point-accepter-simples", vallon, sent.pk))
    assert "Réponses à lire" not in text(team, to("aujourdhui", vallon))


def test_the_list_leaves_as_a_file(team: Client, vallon: EspaceDeContrat, sent: PointDEtape) -> None:
    rows = team.get(to("points-export", vallon, "csv")).content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Contrat;Point d’étape;État")
    assert rows[1].startswith("Contrat vallon;Automne 2026;en cours")


def test_the_pages_take_as_many_queries_whatever_the_number_of_people(
    team: Client, vallon: EspaceDeContrat, sent: PointDEtape
) -> None:
    def count(name: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            team.get(to(name, vallon, sent.pk))
        return len(caught)

    team.get(to("point", vallon, sent.pk))  # shows, once, what the last gesture said
    names = ("point", "point-reponses")
    before = [count(name) for name in names]
    for rank in range(3, 9):
        someone = person(f"Personne {rank}", signs_in=False)
        asked = sent.destinataires.create(personne=someone, expire_le=timezone.now() + timedelta(days=21))
        asked.questions.create(ordre=1, fiche=fiche(vallon, f"O01-A0{rank}", pilots=("caf",)))
    assert [count(name) for name in names] == before


def test_the_preview_takes_as_many_queries_whatever_the_number_of_actions(
    team: Client, vallon: EspaceDeContrat
) -> None:
    point = opened(team, vallon)

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            team.get(to("point", vallon, point.pk))
        return len(caught)

    before = count()
    for rank in range(3, 9):
        fiche(vallon, f"O01-A0{rank}", pilots=("caf",))
    assert count() == before


def test_the_picture_shows_each_question_by_body_and_leads_to_its_answer(
    team: Client, vallon: EspaceDeContrat, sent: PointDEtape
) -> None:
    page = to("point", vallon, sent.pk)
    assert "1 sans réponse" in text(team, page)
    question = answered(sans_changement=True)
    html = text(team, page)
    assert "1 réponse à lire" in html
    assert f'href="{to("point-lire", vallon, sent.pk, question.pk)}"' in html
