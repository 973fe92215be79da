"""What does not leave: tried later and later, told to a person in the end, for a reason that nothing erases."""

import smtplib
import socket
from datetime import datetime, timedelta
from itertools import pairwise
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tenir.core import courriels, taches
from tenir.core.courriels import LONGEST_RETRY, PATIENCE, enqueue, oldest_waiting, send_again, send_due
from tenir.core.lettre import Message
from tenir.core.models import Courriel, Execution
from tenir.core.piece import Piece
from tenir.core.refus_de_courriel import told_failure, told_refusal
from tests.pieces import beside

Etat = Courriel.Etat
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"
IDA = "ida@exemple.test"
FULL = smtplib.SMTPRecipientsRefused({IDA: (452, b"4.2.2 mailbox full")})


@pytest.fixture
def alive(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A kind of message that leaves, unless a reason is put for it here."""
    closed: dict[str, str] = {}

    def write(cible: str, now: datetime) -> Message | str:
        return closed.get(cible) or Message(f"{cible}@exemple.test", "essai d’envoi", "Un essai.")

    beside(monkeypatch, Piece("essai", messages={"essai": write}, message_names={"essai": "Essai"}))
    return closed


def ask(cible: str = "ida") -> Courriel:
    return enqueue(cle=f"essai/{cible}", genre="essai", cible=cible)


def tried(start: datetime, until: timedelta, error: Exception = FULL) -> list[datetime]:
    """The moments at which a message was tried while the server answers so, a turn every ten minutes."""
    found, now = [], start
    with patch(f"{LOCMEM}.send_messages", side_effect=error) as server:
        while now <= start + until:
            before = server.call_count
            send_due(now)
            if server.call_count > before:
                found.append(now)
            now += timedelta(minutes=10)
    return found


def fresh(courriel: Courriel) -> Courriel:
    courriel.refresh_from_db()
    return courriel


def test_a_refusal_that_lasts_is_tried_later_each_time_then_told_to_a_person(alive: dict[str, str]) -> None:
    courriel, now = ask(), timezone.now()
    moments = tried(now, timedelta(days=3))
    gaps = [after - before for before, after in pairwise(moments)]
    assert gaps == sorted(gaps)
    assert max(gaps) <= LONGEST_RETRY
    assert len(moments) < 20
    assert fresh(courriel).etat == Etat.RETENU
    refused = "adresse refusée pour l’instant par son serveur"
    assert courriel.erreur == f"{refused} : 4.2.2 boîte pleine (« 4.2.2 mailbox full »)"
    assert Courriel.objects.filter(courriels.waits_for_a_person(now + PATIENCE)).get() == courriel


def test_one_held_leaves_as_new_once_a_person_says_so(alive: dict[str, str]) -> None:
    courriel, now = ask(), timezone.now()
    tried(now, timedelta(days=3))
    assert send_again(courriel, now + timedelta(days=4))
    send_due(now + timedelta(days=4))
    assert fresh(courriel).etat == Etat.ENVOYE


def test_its_expiry_does_not_erase_why_it_never_left(alive: dict[str, str]) -> None:
    courriel, now = ask(), timezone.now()
    tried(now, timedelta(days=1))
    alive["ida"] = "Le lien a expiré."
    send_due(now + timedelta(days=21))
    assert fresh(courriel).etat == Etat.ANNULE
    assert courriel.erreur.startswith("Le lien a expiré. Avant cela : adresse refusée pour l’instant")


def test_a_server_out_of_reach_is_tried_until_it_is_back_and_told_meanwhile(alive: dict[str, str]) -> None:
    courriel, now = ask(), timezone.now()
    with patch(f"{LOCMEM}.open", side_effect=ConnectionRefusedError("[Errno 111]")):
        for hours in range(0, 72, 3):
            send_due(now + timedelta(hours=hours))
    assert fresh(courriel).etat == Etat.A_ENVOYER
    assert Courriel.objects.filter(courriels.waits_for_a_person(now + timedelta(days=3))).exists()
    send_due(now + timedelta(days=4))
    assert fresh(courriel).etat == Etat.ENVOYE


def test_a_turn_in_which_nothing_left_has_not_succeeded(alive: dict[str, str]) -> None:
    ask()
    with patch(f"{LOCMEM}.open", side_effect=ConnectionRefusedError()):
        runs = taches.run_due(timezone.now())
    run = next(one for one in runs if one.tache.nom == "courriels")
    assert run.etat == Execution.Etat.ECHOUEE
    assert run.bilan == "Courriels : 1\u00a0remis à plus tard (serveur de courriel injoignable : connexion refusée)."


def test_health_tells_the_age_of_the_oldest(alive: dict[str, str], client: Client) -> None:
    assert client.get("/sante.json").json()["plus_ancien_courriel_en_attente"] is None
    courriel = ask()
    Courriel.objects.update(prevu_le=timezone.now() - timedelta(hours=3))
    answer = client.get("/sante.json")
    assert answer.status_code == 503
    assert answer.json()["plus_ancien_courriel_en_attente"] == fresh(courriel).prevu_le.isoformat()
    assert "depuis 3\u00a0heures" in client.get("/sante").content.decode()
    assert oldest_waiting(timezone.now() - timedelta(hours=4)) is None


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (smtplib.SMTPRecipientsRefused({IDA: (550, b"5.1.1 user unknown")}), "5.1.1 utilisateur inconnu"),
        (smtplib.SMTPRecipientsRefused({IDA: (550, b"no such user")}), "550 adresse inconnue ou fermée"),
        (
            smtplib.SMTPSenderRefused(421, b"4.7.0 try again", "x@exemple.test"),
            "4.7.0 refusé par une règle",
        ),
        (smtplib.SMTPDataError(554, "5.7.1 refusé".encode("latin-1")), "5.7.1 refusé par une règle"),
        (smtplib.SMTPAuthenticationError(535, b"bad"), "le mot de passe de TENIR_SMTP est refusé"),
        (smtplib.SMTPServerDisconnected("x"), "a coupé la conversation"),
        (TimeoutError(), "pas de réponse"),
        (socket.gaierror(-2, "x"), "nom introuvable"),
        (OSError(5, "x"), "liaison impossible"),
    ],
)
def test_a_failure_is_told_in_french(error: Exception, said: str) -> None:
    assert said in told_failure(error)


@given(st.integers(400, 599), st.binary(max_size=80))
def test_whatever_a_server_says_no_value_of_the_language_shows(code: int, words: bytes) -> None:
    told = told_refusal(smtplib.SMTPRecipientsRefused({IDA: (code, words)}))
    assert told.startswith("adresse refusée")
    assert "b'" not in told.replace(words.decode("latin-1"), "")
    assert "\n" not in told


def test_sign_in_says_what_to_do_when_mail_is_out(client: Client, db: None) -> None:
    for email in ("personne@exemple.test",):
        with patch(f"{LOCMEM}.send_messages", side_effect=ConnectionRefusedError()):
            answer = client.post("/compte/connexion/", {"email": email})
        assert answer.status_code == 503
        assert "Le code n’a pas pu partir" in answer.content.decode()
    assert not mail.outbox
