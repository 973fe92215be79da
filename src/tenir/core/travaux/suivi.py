"""While one step lasts: a thread says how far it is, keeps the lease, and hears that the work must stop.

It has a connection of its own: the step may be reading one moment of the database, in which nothing may be written.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Self

from django.db import DatabaseError, connection

from tenir.core.models import Travail
from tenir.core.travaux.chantier import ArretDemande

BEAT = 1.0
"""Seconds between two beats: how long a page and someone who cancels wait at most."""


class SuiviDeBoucle:
    """What the loop hands to a step. The thread starts with the first word of the step: a short one costs none."""

    def __init__(self, travail: Travail, lease: timedelta, now: Callable[[], datetime], stop: Callable[[], bool]):
        self.travail, self.lease, self.now, self.stop = travail, lease, now, stop
        self.told: dict[str, object] = {}
        self.must_stop, self.over = Event(), Event()
        self.thread: Thread | None = None

    def dire(self, fait: int, total: int | None, phrase: str) -> None:
        """Say how far the work is.

        Raises:
            ArretDemande: leave at once.
        """
        self.told = {"fait": fait if total is None else min(fait, total), "total": total, "phrase": phrase}
        if self.thread is None:
            self.thread = Thread(target=self._beat, daemon=True)
            self.thread.start()
        if self.must_stop.is_set() or self.stop():
            raise ArretDemande

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.over.set()
        if self.thread:
            self.thread.join()

    def _beat(self) -> None:
        try:
            while not self.over.wait(BEAT):
                with contextlib.suppress(DatabaseError):  # a beat missed is no harm: the lease is far longer
                    self._once()
        finally:
            connection.close()

    def _once(self) -> None:
        held = Travail.objects.filter(pk=self.travail.pk, bail=self.travail.bail, etat=Travail.Etat.EN_COURS)
        if not held.filter(arret_le=None).update(**self.told, bail_jusqu_a=self.now() + self.lease):
            self.must_stop.set()
