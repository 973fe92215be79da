"""Whether this installation works: what a monitor asks each minute, and what its administrator reads."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.models import Max

from tenir.core.courriels import oldest_waiting
from tenir.core.disque import can_write
from tenir.core.models import Execution, TacheDeFond
from tenir.core.sommeil import asleep

STOPPED = timedelta(minutes=15)
"""Since when a loop that no longer beats is taken for stopped: a turn is thirty seconds, a backup may be minutes."""
STALE = timedelta(hours=50)
"""Since when what is done each night is late: one night may be missed, not two."""
STUCK = timedelta(hours=2)
"""Since when a message that should have left shows that mail is out: a server that is busy takes it within the hour."""


@dataclass(frozen=True, slots=True)
class Sante:
    """What was found at a moment. A date is empty when it never happened.

    `endormi`: no message leaves from here; `courriel`: since when the oldest that should have left waits; `ecriture`:
    whether the disk of the data takes a write.
    """

    le: datetime
    base: bool = False
    migrations: bool = False
    boucle: datetime | None = None
    releve: datetime | None = None
    endormi: bool = False
    courriel: datetime | None = None
    ecriture: bool = True

    @property
    def boucle_arretee(self) -> bool:
        """Whether the loop ran once and runs no more."""
        return self.boucle is not None and self.le - self.boucle > STOPPED

    @property
    def courriel_en_panne(self) -> bool:
        """Whether messages that should have left wait."""
        return not self.endormi and self.courriel is not None and self.le - self.courriel > STUCK

    @property
    def bonne(self) -> bool:
        """Whether the site answers for its users; a loop that never ran is told, not held against it."""
        works = self.base and self.migrations and self.ecriture
        return works and not self.boucle_arretee and not self.courriel_en_panne


def get_health(now: datetime) -> Sante:
    """Ask the database, and try a write on the disk; never raises for either."""
    writes = can_write()
    try:
        if not migrated():
            return Sante(now, base=True, ecriture=writes)
        beat, kept = last_beat(), last_success("relever-trace")
        return Sante(now, True, True, beat, kept, asleep(), oldest_waiting(now), writes)
    except DatabaseError:
        return Sante(now, ecriture=writes)


def migrated() -> bool:
    """Whether the tables are those of this version, neither older nor newer."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not _unknown(executor.loader)


def newer_tables() -> bool:
    """Whether a later version of Tenir has prepared this database: this one must not write in it."""
    return _unknown(MigrationExecutor(connection).loader)


def _unknown(loader: MigrationLoader) -> bool:
    ours = {app for app, _ in loader.disk_migrations}
    return any(key[0] in ours and key not in loader.disk_migrations for key in loader.applied_migrations)


def last_beat() -> datetime | None:
    """When the loop last made a turn."""
    found: datetime | None = TacheDeFond.objects.aggregate(le=Max("battue_le"))["le"]
    return found


def last_success(nom: str) -> datetime | None:
    """When a task last succeeded."""
    succeeded = Execution.objects.filter(tache__nom=nom, etat=Execution.Etat.REUSSIE)
    found: datetime | None = succeeded.aggregate(le=Max("fin"))["le"]
    return found


def late(when: datetime | None, now: datetime) -> bool:
    """Whether something of each night has not been done for too long."""
    return when is None or now - when > STALE
