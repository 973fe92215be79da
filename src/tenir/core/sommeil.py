"""A copy of the site sends nothing: only a machine that the base knows does, and a person says which one it is.

The first machine of a new site is known at once. A restored site knows none, nor does a base or a folder copied
elsewhere: they sleep until someone wakes them. `docs/adr/0035-copie-endormie.md` says why.
"""

import hashlib
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from tenir.core.models import Courriel, Machine
from tenir.core.trace import Auteur, Fait, record

MACHINE_ID = Path("/etc/machine-id")
ASLEEP = (
    "Ce site dort : il vient d’être restauré, ou c’est une copie. Aucun message n’en part tant que personne ne le "
    "réveille (page « Fonctionnement », ou tenir reveiller)."
)


class SiteEndormi(OSError):
    """Nothing leaves from here; the message is the French sentence to show."""

    def __init__(self) -> None:
        super().__init__(ASLEEP)


def asleep() -> bool:
    """Whether this machine must send nothing: the base knows machines, and not this one. One query."""
    if settings.DEMONSTRATION:  # nothing leaves: its messages are files that anyone reads
        return False
    known = dict(Machine.objects.values_list("empreinte", "reconnue"))
    return bool(known) and not known.get(mark(), False)


def settle() -> None:
    """Know this machine, the first that the base is on: what the loop does before anything else."""
    if not Machine.objects.exists():
        _note(known=True)


def awake_or_refuse() -> None:
    """Let a message leave.

    Raises:
        SiteEndormi: this machine sends nothing.
    """
    if asleep():
        raise SiteEndormi


def fall_asleep() -> None:
    """Forget every machine: what is restored sends nothing, this machine included, until someone wakes it."""
    Machine.objects.all().delete()
    _note(known=False)


@transaction.atomic
def wake(*, chaine: str, auteur: Auteur, now: datetime, drop: bool) -> int | None:
    """Let this machine send, told in a trace; return how many messages wait, or were called off when `drop`.

    None: it was awake.
    """
    if not asleep():
        return None
    Machine.objects.update_or_create(empreinte=mark(), defaults={"nom": name(), "reconnue": True})
    due = Courriel.objects.filter(etat=Courriel.Etat.A_ENVOYER, pas_avant__lte=now)
    count = due.update(etat=Courriel.Etat.ANNULE) if drop else due.count()
    said = f"{count} messages en attente {'annulés' if drop else 'à envoyer'}"
    record(chaine, auteur, [Fait("machine", name(), "réveil", "", said)])
    return count


def mark() -> str:
    """What tells this installation from a copy of it: the machine, and where its data are."""
    return hashlib.sha256(f"{_machine()}\0{Path(settings.VAR).resolve()}".encode()).hexdigest()


def name() -> str:
    """How people call this machine."""
    return settings.MACHINE or socket.gethostname()


def _machine() -> str:
    if settings.MACHINE:
        return str(settings.MACHINE)
    try:
        return MACHINE_ID.read_text().strip() or socket.gethostname()
    except OSError:
        return socket.gethostname()


def _note(*, known: bool) -> None:
    """Keep this machine; of two processes that do at once, one does."""
    with suppress(IntegrityError), transaction.atomic():
        Machine.objects.create(empreinte=mark(), nom=name(), reconnue=known)
