"""Sending messages: rows are the queue, one command sends them, and none ever leaves twice by the machine.

A room brings how a kind of message is written: `Piece(messages={"point-etape": write})`. It is written when it is
sent, so that whoever must no longer receive it does not. What does not leave says why, and after two days a person
sees it. `docs/adr/0021-courriels.md` says why.
"""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import get_connection
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from tenir.core.lettre import Message, compose
from tenir.core.models import Courriel
from tenir.core.piece import by_name
from tenir.core.refus_de_courriel import PERMANENT, code_of, told_refusal, told_silence
from tenir.core.sommeil import asleep
from tenir.core.taches import Tache, TacheEchouee
from tenir.core.typographie import pluriel

__all__ = ["Message"]

log = logging.getLogger(__name__)
Etat = Courriel.Etat
RETRY, LONGEST_RETRY = timedelta(minutes=10), timedelta(hours=6)
"""After how long one that did not leave is tried again, twice as long each time, at most."""
PATIENCE = timedelta(days=2)
"""After how long one that has not left is told to a person; refused for now, it is then tried no more."""
DOUBT = timedelta(minutes=15)
"""After how long a message taken and not finished is in doubt: more than sending one ever takes."""
AT_ONCE = timedelta(minutes=4)
"""How long one turn of the loop sends at most; its lease is longer."""
UNWRITABLE = "Le logiciel n’a pas su écrire ce message ; le journal du serveur dit pourquoi."
DECIDED = (Etat.INCERTAIN, Etat.REFUSE, Etat.RETENU, Etat.REVENU, Etat.ANNULE)
"""The states from which a person may send a message again."""
OUTCOMES = {
    Etat.ENVOYE: ("envoyé", "envoyés"),
    Etat.A_ENVOYER: ("remis à plus tard", "remis à plus tard"),
    Etat.RETENU: ("pas parti depuis deux jours", "pas partis depuis deux jours"),
    Etat.REFUSE: ("refusé", "refusés"),
    Etat.INCERTAIN: ("en doute", "en doute"),
    Etat.ANNULE: ("annulé", "annulés"),
}

Ecrire = Callable[[str, datetime], Message | str | None]
"""Writes the message of a `cible` at a moment; or the French sentence that says why it must not leave any more."""


def anything_due(now: datetime) -> bool:
    """Whether a message waits, or one was left half-way."""
    return _due(now).exists() or _stopped(now).exists()


def enqueue(*, cle: str, genre: str, cible: str, pas_avant: datetime | None = None) -> Courriel:
    """Ask for a message; asking again for the same `cle` asks for nothing more."""
    when = pas_avant or timezone.now()
    given = {"genre": genre, "cible": cible, "pas_avant": when, "prevu_le": when}
    return Courriel.objects.get_or_create(cle=cle, defaults=given)[0]


def of(genre: str, cible: str) -> "QuerySet[Courriel]":
    """The messages of a thing, the first asked for first."""
    return Courriel.objects.filter(genre=genre, cible=cible).order_by("pk")


def waits_for_a_person(now: datetime) -> Q:
    """The condition of those that a person must see: in doubt, refused, returned, called off, or late by two days."""
    stuck = Q(etat__in=[Etat.A_ENVOYER, Etat.EN_ENVOI], prevu_le__lte=now - PATIENCE)
    return Q(etat__in=DECIDED) | stuck


def must_be_seen(courriel: Courriel, now: datetime) -> bool:
    """The same of one that is read already."""
    late = courriel.etat in (Etat.A_ENVOYER, Etat.EN_ENVOI) and courriel.prevu_le <= now - PATIENCE
    return late or courriel.etat in DECIDED


def oldest_waiting(now: datetime) -> datetime | None:
    """Since when the oldest message that should have left waits; none when all have left."""
    found: datetime | None = Courriel.objects.filter(
        etat__in=[Etat.A_ENVOYER, Etat.EN_ENVOI], prevu_le__lte=now
    ).aggregate(le=Min("prevu_le"))["le"]
    return found


def send_due(now: datetime) -> str:
    """Send every message that is due; what a stopped machine left half-way is told to be in doubt.

    Each is taken by one conditional UPDATE, kept before the server is spoken to: of two loops, one sends it.
    """
    return _turn(now)[0]


def send_or_fail(now: datetime) -> str:
    """The same as a task of the loop, which has not succeeded when nothing left.

    Raises:
        TacheEchouee: messages were due, and not one left.
    """
    sentence, left = _turn(now)
    if not left:
        raise TacheEchouee(sentence)
    return sentence


def _turn(now: datetime) -> tuple[str, bool]:
    """What one turn did, in a sentence, and whether what had to leave did, in part at least."""
    doubtful = _stopped(now).update(etat=Etat.INCERTAIN, erreur="La machine s’est arrêtée pendant l’envoi.")
    counts, why = Counter({Etat.INCERTAIN: doubtful}), ""
    for pk in list(_due(now).values_list("pk", flat=True)):
        if timezone.now() - now > AT_ONCE:
            break
        if _take(pk, now):
            courriel = Courriel.objects.get(pk=pk)
            counts[_send(courriel, now)] += 1
            why = courriel.erreur or why
    failed = sum(counts.values()) - counts[Etat.ENVOYE] - counts[Etat.ANNULE]
    return _account(counts, why if failed else ""), bool(counts[Etat.ENVOYE] or not failed)


def _account(counts: "Counter[Courriel.Etat]", why: str) -> str:
    told = [pluriel(counts[etat], *words) for etat, words in OUTCOMES.items() if counts[etat]]
    return f"Courriels : {', '.join(told) or 'aucun à envoyer'}{f' ({why})' if why else ''}."


def send_again(courriel: Courriel, now: datetime) -> bool:
    """A person decided that a message that did not reach leaves, now and as if new; false if it left meanwhile."""
    rows = Courriel.objects.filter(waits_for_a_person(now), pk=courriel.pk).exclude(etat=Etat.EN_ENVOI)
    fresh = {"etat": Etat.A_ENVOYER, "pas_avant": now, "prevu_le": now, "essais": 0, "erreur": ""}
    return bool(rows.update(**fresh, pris_le=None, envoye_le=None))


def hold_as_sent(courriel: Courriel, now: datetime) -> bool:
    """A person decided that a doubtful message did leave; false if it is not in doubt."""
    doubtful = Courriel.objects.filter(pk=courriel.pk, etat=Etat.INCERTAIN)
    return bool(doubtful.update(etat=Etat.ENVOYE, envoye_le=now))


def mark_returned(courriel: Courriel, why: str) -> bool:
    """A person says that a message came back; false if it had not left."""
    sent = Courriel.objects.filter(pk=courriel.pk, etat=Etat.ENVOYE)
    return bool(sent.update(etat=Etat.REVENU, erreur=why.strip()))


def cancel(courriels: "QuerySet[Courriel]") -> int:
    """Call off those that have not left; why they had not stays written. Return how many."""
    return courriels.filter(etat__in=[Etat.A_ENVOYER, Etat.RETENU]).update(etat=Etat.ANNULE)


def _due(now: datetime) -> "QuerySet[Courriel]":
    if asleep():
        return Courriel.objects.none()
    return Courriel.objects.filter(etat=Etat.A_ENVOYER, pas_avant__lte=now)


def _stopped(now: datetime) -> "QuerySet[Courriel]":
    return Courriel.objects.filter(etat=Etat.EN_ENVOI, pris_le__lte=now - DOUBT)


def _take(pk: int, now: datetime) -> bool:
    taken = _due(now).filter(pk=pk).update(etat=Etat.EN_ENVOI, pris_le=timezone.now(), essais=F("essais") + 1)
    return bool(taken)


def _send(courriel: Courriel, now: datetime) -> Courriel.Etat:
    try:
        write: Ecrire | None = by_name("messages").get(courriel.genre)
        message = write(courriel.cible, now) if write else "Aucune partie du site n’écrit plus ce message."
    except Exception:  # one that cannot be written keeps no other from leaving, and surely did not leave
        log.exception("Le message %s ne s’écrit pas", courriel.cle)
        return _postpone(courriel, now, UNWRITABLE, lasting=True)
    if not isinstance(message, Message):
        return _close(courriel, Etat.ANNULE, _both(message or "", courriel.erreur))
    courriel.adresse = message.adresse
    return _hand_over(courriel, message, now)


def _hand_over(courriel: Courriel, message: Message, now: datetime) -> Courriel.Etat:
    """Give it to the server: before anything was said to it, it surely did not leave; cut in the middle, who knows."""
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        return _postpone(courriel, now, told_silence(error), lasting=False)
    try:
        compose(message, connection).send()
    except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
        return _refused(courriel, now, error)
    except (OSError, SMTPException) as error:
        return _close(courriel, Etat.INCERTAIN, told_silence(error))
    finally:
        connection.close()
    return _close(courriel, Etat.ENVOYE)


def _refused(courriel: Courriel, now: datetime, error: SMTPException) -> Courriel.Etat:
    why = told_refusal(error)
    if code_of(error) >= PERMANENT:
        return _close(courriel, Etat.REFUSE, why)
    return _postpone(courriel, now, why, lasting=True)


def _postpone(courriel: Courriel, now: datetime, why: str, *, lasting: bool) -> Courriel.Etat:
    """Try again later, later each time. `lasting`: it is this message that does not pass; in the end a person decides.

    A server out of reach is everybody's, and shows as such: its messages leave when it is back.
    """
    if lasting and now - courriel.prevu_le >= PATIENCE:
        return _close(courriel, Etat.RETENU, why)
    courriel.pas_avant = now + min(RETRY * 2 ** min(courriel.essais - 1, 10), LONGEST_RETRY)
    return _close(courriel, Etat.A_ENVOYER, why)


def _both(called_off: str, before: str) -> str:
    """Why a message is called off, and what kept it from leaving before: neither hides the other."""
    return " Avant cela : ".join(part for part in (called_off, before) if part)


def _close(courriel: Courriel, etat: Courriel.Etat, why: str = "") -> Courriel.Etat:
    courriel.etat, courriel.erreur = etat, why
    courriel.envoye_le = timezone.now() if etat == Etat.ENVOYE else None
    courriel.save(update_fields=["etat", "erreur", "adresse", "envoye_le", "pas_avant"])
    return etat


SENDING = Tache("courriels", send_or_fail, timedelta(0), lease=timedelta(minutes=10), needed=anything_due)
"""The task of the loop that sends."""
