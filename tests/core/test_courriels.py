"""The queue of messages: written when sent, sent once, and what the machine does not know a person decides."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import timezone

from tenir.core import courriels
from tenir.core.courriels import Message, enqueue, hold_as_sent, mark_returned, send_again, send_due
from tenir.core.models import Courriel
from tenir.core.piece import Piece, by_name
from tests.pieces import beside

pytestmark = [pytest.mark.django_db, pytest.mark.deux_bases]
Etat = Courriel.Etat
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def addresses(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | None]:
    """A kind of message, written from its `cible`; an address of nobody calls it off."""
    known: dict[str, str | None] = {}

    def write(cible: str, now: datetime) -> Message | None:
        adresse = known.get(cible, f"{cible}@exemple.test")
        return Message(adresse, f"À {cible}", "Bonjour") if adresse else None

    beside(monkeypatch, Piece("essai", messages={"essai": write}))
    return known


def ask(cible: str = "ida", **more: object) -> Courriel:
    return enqueue(cle=f"essai/{cible}", genre="essai", cible=cible, **more)


def state(courriel: Courriel) -> str:
    courriel.refresh_from_db()
    return courriel.etat


def failing(error: Exception) -> Callable[..., object]:
    """A server that fails when it is given a message."""
    return patch(f"{LOCMEM}.send_messages", side_effect=error)


def test_a_message_leaves_once_however_often_it_is_asked_and_sent() -> None:
    assert ask().pk == ask().pk
    for _ in range(3):
        send_due(timezone.now())
    assert [message.to for message in mail.outbox] == [["ida@exemple.test"]]
    assert state(ask()) == Etat.ENVOYE


def test_a_message_for_later_waits() -> None:
    later = timezone.now() + timedelta(days=1)
    ask(pas_avant=later)
    send_due(timezone.now())
    assert not mail.outbox
    send_due(later)
    assert len(mail.outbox) == 1


def test_what_must_no_longer_leave_is_called_off_at_the_last_moment(addresses: dict[str, str | None]) -> None:
    courriel = ask()
    addresses["ida"] = None
    send_due(timezone.now())
    assert (state(courriel), mail.outbox) == (Etat.ANNULE, [])


def test_a_server_out_of_reach_is_tried_again() -> None:
    courriel, now = ask(), timezone.now()
    with patch(f"{LOCMEM}.open", side_effect=ConnectionRefusedError("non")):
        send_due(now)
    assert (state(courriel), courriel.erreur) == (
        Etat.A_ENVOYER,
        "serveur de courriel injoignable : connexion refusée",
    )
    send_due(now)
    assert not mail.outbox
    send_due(now + courriels.RETRY)
    assert state(courriel) == Etat.ENVOYE


@pytest.mark.parametrize(("code", "etat"), [(550, Etat.REFUSE), (500, Etat.REFUSE), (450, Etat.A_ENVOYER)])
def test_an_address_refused_for_good_shows_and_one_refused_for_now_waits(code: int, etat: str) -> None:
    courriel = ask()
    with failing(smtplib.SMTPRecipientsRefused({"ida@exemple.test": (code, b"inconnue")})):
        send_due(timezone.now())
    assert state(courriel) == etat


def test_a_line_cut_while_sending_leaves_a_doubt_that_a_person_settles() -> None:
    courriel = ask()
    with failing(smtplib.SMTPServerDisconnected("coupé")):
        send_due(timezone.now())
    assert state(courriel) == Etat.INCERTAIN
    send_due(timezone.now() + timedelta(days=1))
    assert not mail.outbox
    assert send_again(courriel, timezone.now())
    send_due(timezone.now())
    assert len(mail.outbox) == 1


def test_a_machine_stopped_while_sending_leaves_a_doubt_and_the_others_leave() -> None:
    stopped, waiting, now = ask("arret"), ask("suite"), timezone.now()
    Courriel.objects.filter(pk=stopped.pk).update(etat=Etat.EN_ENVOI, pris_le=now - courriels.DOUBT)
    assert send_due(now) == "Courriels : 1\u00a0envoyé, 1\u00a0en doute."
    assert (state(stopped), state(waiting)) == (Etat.INCERTAIN, Etat.ENVOYE)
    assert hold_as_sent(stopped, now)
    assert not hold_as_sent(stopped, now)
    assert [message.to for message in mail.outbox] == [["suite@exemple.test"]]


def test_one_that_another_process_took_is_left_to_it() -> None:
    courriel, now = ask(), timezone.now()
    Courriel.objects.filter(pk=courriel.pk).update(etat=Etat.EN_ENVOI, pris_le=now)
    send_due(now)
    assert (state(courriel), mail.outbox) == (Etat.EN_ENVOI, [])


def test_one_that_cannot_be_written_waits_and_the_others_leave(
    addresses: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, whole = ask("ida"), ask("ugo")
    real = by_name("messages")["essai"]

    def write(cible: str, now: datetime) -> Message | None:
        if cible == "ida":
            raise ZeroDivisionError("division")
        return real(cible, now)

    with monkeypatch.context() as patched:
        beside(patched, Piece("essai", messages={"essai": write}))
        send_due(timezone.now())
    assert (state(broken), state(whole)) == (Etat.A_ENVOYER, Etat.ENVOYE)
    assert broken.erreur == courriels.UNWRITABLE
    send_due(timezone.now() + timedelta(minutes=11))
    assert state(broken) == Etat.ENVOYE


def test_a_message_that_came_back_is_marked_by_hand_and_may_leave_again() -> None:
    courriel = ask()
    assert not mark_returned(courriel, "boîte pleine")
    send_due(timezone.now())
    assert mark_returned(courriel, "boîte pleine")
    assert state(courriel) == Etat.REVENU
    assert send_again(courriel, timezone.now())


def test_the_loop_does_nothing_while_nothing_waits() -> None:
    assert not courriels.anything_due(timezone.now())
    ask()
    assert courriels.anything_due(timezone.now())
