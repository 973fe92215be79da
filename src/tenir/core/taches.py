"""The loop: tasks that rooms bring, each run when it is due, by one process at a time.

A task is idempotent: killed in the middle, it runs again once its lease is over. `docs/adr/0016-boucle.md` says why.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tenir.core import horloge
from tenir.core.models import Execution, TacheDeFond
from tenir.core.piece import each
from tenir.core.sommeil import asleep, settle

log = logging.getLogger(__name__)
RETRY = timedelta(minutes=10)
"""After a failure, how long before the next try."""
LONGEST_ACCOUNT = 500

Fait = Callable[[datetime], str]
"""What a task does, given the moment; returns one French sentence that says what it did."""


class TacheEchouee(Exception):
    """Nothing of what a task had to do could be done; the message is the French sentence that says what and why."""


@dataclass(frozen=True, slots=True)
class Tache:
    """A declared task: how often, at which hour for a daily one; `lease` is more than it ever takes.

    `menage`: it keeps house, asks nothing of anyone and sends nothing: it runs on a copy that sleeps too.
    `needed`: whether there is anything to do, for a task so frequent that its idle runs would fill the table of runs.
    """

    nom: str
    fait: Fait
    every: timedelta
    at: time | None = None
    lease: timedelta = timedelta(hours=1)
    menage: bool = False
    needed: Callable[[datetime], bool] | None = None


def declared() -> list[Tache]:
    """Every task that a room brings, in the order of the rooms."""
    return list(each("tasks"))


def next_run(tache: Tache, after: datetime) -> datetime:
    """When a task runs next: a period later, or at its hour, as clocks show it here, the first time it comes."""
    if tache.at is None:
        return after + tache.every
    today = horloge.day_of(after)
    day = today if horloge.hour_of(after) < tache.at else today + tache.every
    return horloge.at(day, tache.at)


def run_due(now: datetime) -> list[Execution]:
    """Run every task that is due and that nobody else runs; return what was run."""
    settle()
    return [run for tache in declared() if (run := _run_if_due(tache, now))]


def note(nom: str, *, debut: datetime, bilan: str) -> Execution:
    """Keep that something was done by hand, beside what the loop does."""
    tache, _ = TacheDeFond.objects.get_or_create(nom=nom, defaults={"prochaine_le": debut})
    fin = timezone.now()
    return Execution.objects.create(tache=tache, debut=debut, fin=fin, etat=Execution.Etat.REUSSIE, bilan=bilan)


def latest() -> Iterator[tuple[TacheDeFond, Execution | None]]:
    """Every task with its last run, by name."""
    for tache in TacheDeFond.objects.all():
        yield tache, tache.executions.first()


def _run_if_due(tache: Tache, now: datetime) -> Execution | None:
    row, _ = TacheDeFond.objects.get_or_create(nom=tache.nom, defaults={"prochaine_le": now})
    TacheDeFond.objects.filter(pk=row.pk).update(battue_le=now)
    if (not tache.menage and asleep()) or (tache.needed and not tache.needed(now)):
        return None
    mark = _take(row, now, tache.lease)
    return _run(tache, row, mark, now) if mark else None


def _take(row: TacheDeFond, now: datetime, lease: timedelta) -> str:
    """Take a task that is due: one statement, so that of two processes one alone has it. Empty: not due, or taken."""
    mark = secrets.token_hex(16)
    free = Q(bail="") | Q(bail_jusqu_a__lte=now)
    due = TacheDeFond.objects.filter(free, pk=row.pk, prochaine_le__lte=now)
    return mark if due.update(bail=mark, bail_jusqu_a=now + lease) else ""


def _run(tache: Tache, row: TacheDeFond, mark: str, now: datetime) -> Execution:
    row.executions.filter(etat=Execution.Etat.EN_COURS).update(etat=Execution.Etat.INTERROMPUE, fin=now)
    run = Execution.objects.create(tache=row, debut=now)
    try:
        run.bilan, run.etat = tache.fait(now), Execution.Etat.REUSSIE
    except TacheEchouee as error:
        log.error("La tâche %s a échoué : %s", tache.nom, error)
        run.bilan, run.etat = str(error)[:LONGEST_ACCOUNT], Execution.Etat.ECHOUEE
    except Exception as error:  # a task that fails stops no other
        log.exception("La tâche %s a échoué", tache.nom)
        run.bilan, run.etat = f"{type(error).__name__} : {error}"[:LONGEST_ACCOUNT], Execution.Etat.ECHOUEE
    _close(tache, row, mark, run)
    return run


@transaction.atomic
def _close(tache: Tache, row: TacheDeFond, mark: str, run: Execution) -> None:
    """Write how a run ended, and give the task back unless its lease was over and someone else has it."""
    run.fin = max(timezone.now(), run.debut)
    run.save(update_fields=["fin", "etat", "bilan"])
    again = next_run(tache, run.debut)
    if run.etat == Execution.Etat.ECHOUEE:
        again = min(again, run.debut + RETRY)
    TacheDeFond.objects.filter(pk=row.pk, bail=mark).update(bail="", bail_jusqu_a=None, prochaine_le=again)
