"""The tests migrate one database per run, and copy it: a migration costs seconds, a copy almost nothing.

The first process that asks for a database migrates its own and leaves a copy, the template. The other processes start
from that copy, and so do the suites that follow in the same `make test`. Django then migrates the copy as it would any
database and finds nothing to do; were the template behind the migrations, it would catch up.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from django.db import connection

NAME = "tenir_gabarit"
ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def template(folder: Path) -> Iterator[bool]:
    """Open the test database inside: a copy of the folder's template (true), or an empty one that becomes it."""
    copy, keep = (_copy_sqlite, _keep_sqlite) if connection.vendor == "sqlite" else (_copy_postgresql, _keep_postgresql)
    with _locked(folder):
        there = _told_in(folder).exists()
        with copy(_told_in(folder)) if there else nullcontext():
            yield there
        if not there:
            keep(_told_in(folder))


def migrated_site(folder: Path, database: Path) -> None:
    """Make the database of a site of its own, for a test that starts other processes: SQLite, whatever ours is."""
    if not (kept := folder / f"{NAME}.sqlite").exists():
        _migrate_apart(kept)
    shutil.copyfile(kept, database)


def _migrate_apart(template: Path) -> None:
    """Migrate a database of SQLite where ours is another."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    with tempfile.TemporaryDirectory() as var:
        site = mine | {"TENIR_VAR": var, "TENIR_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "tenir.config.settings"}
        subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], env=site, check=True)
        with closing(sqlite3.connect(Path(var) / "tenir.sqlite3")) as made, closing(sqlite3.connect(template)) as kept:
            made.backup(kept)


def restored(folder: Path) -> bool:
    """Make our database as it was migrated, and whether that was done: what commits is not taken back otherwise.

    Django would empty each table, then make again the rows that its own applications keep: twenty times longer. It is
    what is done where the database is read by something else at this moment.
    """
    if connection.vendor != "sqlite" or not _told_in(folder).exists():
        return False
    connection.ensure_connection()
    with closing(sqlite3.connect(_told_in(folder))) as source:
        try:
            source.backup(connection.connection)
        except sqlite3.OperationalError:  # a statement is still open somewhere: Django empties the tables then
            return False
    return True


def drop(folder: Path) -> None:
    """Leave nothing on a server that outlives the tests; a template of SQLite is a file of the folder."""
    if connection.vendor == "sqlite":
        return
    with _locked(folder):
        _told_in(folder).unlink(missing_ok=True)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")


def _told_in(folder: Path) -> Path:
    """The template itself on SQLite, elsewhere the mark that the server holds it."""
    return folder / f"{NAME}.{connection.vendor}"


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time; the lock of a process that dies goes with it."""
    with (folder / f"{NAME}.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _copy_sqlite(template: Path) -> Iterator[None]:
    """Fill the memory that Django is about to open; it lasts as long as someone holds it."""
    name = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(name, uri=True)) as memory:
        with closing(sqlite3.connect(template)) as source:
            source.backup(memory)
        yield


def _keep_sqlite(template: Path) -> None:
    """Write the database down; its name appears only once it is whole."""
    unfinished = template.with_suffix(".tmp")
    with closing(sqlite3.connect(unfinished)) as target:
        connection.connection.backup(target)
    unfinished.rename(template)


@contextmanager
def _copy_postgresql(_template: Path) -> Iterator[None]:
    """Copy the template inside the server, over what a run that was killed may have left."""
    _recreate(connection.creation._get_test_db_name(), of=NAME)
    yield


def _keep_postgresql(template: Path) -> None:
    """Copy our database inside the server, which wants nobody connected to what it copies."""
    connection.close()
    _recreate(NAME, of=connection.settings_dict["NAME"])
    template.touch()


def _recreate(name: str, *, of: str) -> None:
    """Make a database of the server a copy of another."""
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(of)}")
