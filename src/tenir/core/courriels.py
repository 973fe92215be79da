"""Sending messages: rows are the queue, one command sends them, and none ever leaves twice by the machine.

A room brings how a kind of message is written: `Piece(messages={"point-etape": write})`. It is written when it is
sent, so that whoever must no longer receive it does not. `docs/adr/0021-courriels.md` says why.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import timezone

from tenir.core.models import Courriel
from tenir.core.piece import by_name
from tenir.core.sommeil import asleep
from tenir.core.taches import Tache

log = logging.getLogger(__name__)
Etat = Courriel.Etat
RETRY = timedelta(minutes=10)
DOUBT = timedelta(minutes=15)
"""After how long a message taken and not finished is in doubt: more than sending one ever takes."""
AT_ONCE = timedelta(minutes=4)
"""How long one turn of the loop sends at most; its lease is longer."""
PERMANENT = 500
"""From this reply on (RFC 5321), a server refuses for good; below, it asks to come back later."""


@dataclass(frozen=True, slots=True)
class Message:
    """What leaves: to one address, a subject, a text, and headers beyond those of every message."""

    adresse: str
    objet: str
    corps: str
    entetes: Mapping[str, str] = field(default_factory=dict)


Ecrire = Callable[[str, datetime], Message | None]
"""Writes the message of a `cible` at a moment; nothing when it must not leave any more."""


def anything_due(now: datetime) -> bool:
    """Whether a message waits, or one was left half-way."""
    return _due(now).exists() or _stopped(now).exists()


def enqueue(*, cle: str, genre: str, cible: str, pas_avant: datetime | None = None) -> Courriel:
    """Ask for a message; asking again for the same `cle` asks for nothing more."""
    given = {"genre": genre, "cible": cible, "pas_avant": pas_avant or timezone.now()}
    return Courriel.objects.get_or_create(cle=cle, defaults=given)[0]


def of(genre: str, cible: str) -> "QuerySet[Courriel]":
    """The messages of a thing, the first asked for first."""
    return Courriel.objects.filter(genre=genre, cible=cible).order_by("pk")


def send_due(now: datetime) -> str:
    """Send every message that is due; what a stopped machine left half-way is told to be in doubt.

    Each is taken by one conditional UPDATE, kept before the server is spoken to: of two loops, one sends it.
    """
    doubtful = _stopped(now).update(etat=Etat.INCERTAIN, erreur="La machine s’est arrêtée pendant l’envoi.")
    counts = dict.fromkeys(Etat, 0)
    for pk in list(_due(now).values_list("pk", flat=True)):
        if timezone.now() - now > AT_ONCE:
            break
        if _take(pk, now):
            counts[_send(Courriel.objects.get(pk=pk), now)] += 1
    counts[Etat.INCERTAIN] += doubtful
    told = ", ".join(f"{count} {etat.label}" for etat, count in counts.items() if count)
    return f"Courriels : {told or 'aucun à envoyer'}."


def send_again(courriel: Courriel, now: datetime) -> bool:
    """A person decided that a doubtful, refused or returned message leaves again; false if it is none of these."""
    again = Courriel.objects.filter(pk=courriel.pk, etat__in=[Etat.INCERTAIN, Etat.REFUSE, Etat.REVENU])
    return bool(again.update(etat=Etat.A_ENVOYER, pas_avant=now, erreur="", pris_le=None, envoye_le=None))


def hold_as_sent(courriel: Courriel, now: datetime) -> bool:
    """A person decided that a doubtful message did leave; false if it is not in doubt."""
    doubtful = Courriel.objects.filter(pk=courriel.pk, etat=Etat.INCERTAIN)
    return bool(doubtful.update(etat=Etat.ENVOYE, envoye_le=now))


def mark_returned(courriel: Courriel, why: str) -> bool:
    """A person says that a message came back; false if it had not left."""
    sent = Courriel.objects.filter(pk=courriel.pk, etat=Etat.ENVOYE)
    return bool(sent.update(etat=Etat.REVENU, erreur=why.strip()))


def cancel(courriels: "QuerySet[Courriel]") -> int:
    """Call off those that have not left; return how many."""
    return courriels.filter(etat=Etat.A_ENVOYER).update(etat=Etat.ANNULE)


def _due(now: datetime) -> "QuerySet[Courriel]":
    if asleep():
        return Courriel.objects.none()
    return Courriel.objects.filter(etat=Etat.A_ENVOYER, pas_avant__lte=now)


def _stopped(now: datetime) -> "QuerySet[Courriel]":
    return Courriel.objects.filter(etat=Etat.EN_ENVOI, pris_le__lte=now - DOUBT)


def _take(pk: int, now: datetime) -> bool:
    return bool(_due(now).filter(pk=pk).update(etat=Etat.EN_ENVOI, pris_le=timezone.now()))


def _send(courriel: Courriel, now: datetime) -> Courriel.Etat:
    try:
        write: Ecrire | None = by_name("messages").get(courriel.genre)
        message = write(courriel.cible, now) if write else None
    except Exception as error:  # one that cannot be written keeps no other from leaving, and surely did not leave
        log.exception("Le message %s ne s’écrit pas", courriel.cle)
        return _postpone(courriel, now, f"{type(error).__name__} : {error}")
    if message is None:
        return _close(courriel, Etat.ANNULE)
    courriel.adresse = message.adresse
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:  # nothing was said to the server yet: it surely did not leave
        return _postpone(courriel, now, str(error))
    try:
        headers = dict(message.entetes)
        EmailMessage(message.objet, message.corps, to=[message.adresse], connection=connection, headers=headers).send()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
        return _refused(courriel, now, error)
    except (OSError, SMTPException) as error:
        return _close(courriel, Etat.INCERTAIN, str(error))
    finally:
        connection.close()
    return _close(courriel, Etat.ENVOYE)


def _refused(courriel: Courriel, now: datetime, error: SMTPException) -> Courriel.Etat:
    code = _code(error)
    return _close(courriel, Etat.REFUSE, str(error)) if code >= PERMANENT else _postpone(courriel, now, str(error))


def _code(error: SMTPException) -> int:
    if isinstance(error, SMTPRecipientsRefused):
        return max(code for code, _ in error.recipients.values())
    return int(getattr(error, "smtp_code", PERMANENT))


def _postpone(courriel: Courriel, now: datetime, why: str) -> Courriel.Etat:
    courriel.pas_avant = now + RETRY
    return _close(courriel, Etat.A_ENVOYER, why)


def _close(courriel: Courriel, etat: Courriel.Etat, why: str = "") -> Courriel.Etat:
    courriel.etat, courriel.erreur = etat, why
    courriel.envoye_le = timezone.now() if etat == Etat.ENVOYE else None
    courriel.save(update_fields=["etat", "erreur", "adresse", "envoye_le", "pas_avant"])
    return etat


SENDING = Tache("courriels", send_due, timedelta(0), lease=timedelta(minutes=10), needed=anything_due)
"""The task of the loop that sends."""
