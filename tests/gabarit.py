"""The tests migrate one database per run, and copy it: a migration costs seconds, a copy almost nothing.

The first process that asks for a database migrates its own and leaves a copy, the template. The other processes start
from that copy, and so do the suites that follow in the same `make test`. Django then migrates the copy as it would any
database and finds nothing to do; were the template behind the migrations, it would catch up.

What was migrated is kept beside the environment, by the digest of the migrations: twenty-five seconds of a processor
that the next run is spared, were it of one test. At night and in CI nothing that was kept is read.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path

from django.db import connection

from scripts import postgresql

NAME = "tenir_gabarit"
ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(sys.prefix) / "gabarits"
"""Where what was migrated stays from one run to the next."""
FEW = 6
"""How many stay: the migrations of some branches, on both databases."""
MODULE = re.compile(rb"\btenir(?:\.[a-z_0-9]+)+")


@contextmanager
def template(folder: Path, *, afresh: bool) -> Iterator[bool]:
    """Open the test database inside: a copy of the folder's template (true), or an empty one that becomes it.

    `afresh`: whatever was kept by another run.
    """
    copy, keep = (_copy_sqlite, _keep_sqlite) if connection.vendor == "sqlite" else (_copy_postgresql, _keep_postgresql)
    with _locked(folder):
        there = _told_in(folder).exists() or (not afresh and _brought(_told_in(folder)))
        with copy(_told_in(folder)) if there else nullcontext():
            yield there
        if not there:
            keep(_told_in(folder))


def migrated_site(folder: Path, database: Path) -> None:
    """Make the database of a site of its own, for a test that starts other processes: SQLite, whatever ours is."""
    if not (made := folder / f"{NAME}.sqlite").exists():
        if _of_before("sqlite").exists():
            shutil.copyfile(_of_before("sqlite"), made)
        else:
            _migrate_apart(made)
    shutil.copyfile(made, database)


def migrated_server(address: str, environment: dict[str, str]) -> None:
    """Make the database of a site of its own on the PostgreSQL of an address; `environment` is that of the site."""
    if (kept := _of_before(postgresql.version())).exists():
        postgresql.load(address, kept)
        return
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], env=environment, check=True)
    _put_by_server(address)


@cache
def _digest() -> str:
    """What a database without a row owes its tables to: the migrations, what they name of ours, the versions locked."""
    migrations = sorted((ROOT / "src" / "tenir").glob("*/migrations/*.py"))
    texts = [one.read_bytes() for one in migrations]
    named = {name.decode().replace(".", "/") for text in texts for name in MODULE.findall(text)}
    modules = sorted(ROOT / "src" / f"{name}{end}" for name in named for end in (".py", "/__init__.py"))
    read = [*texts, *(one.read_bytes() for one in modules if one.exists()), (ROOT / "locks/test.txt").read_bytes()]
    told = [sys.version.encode(), *(str(one.relative_to(ROOT)).encode() for one in migrations)]
    return hashlib.sha256(b"\0".join(hashlib.sha256(one).digest() for one in (*told, *read))).hexdigest()[:24]


def _of_before(kind: str) -> Path:
    """What another run migrated from the same migrations, if it was kept."""
    return KEPT / f"{_digest()}.{kind}"


@contextmanager
def _put_by(kind: str) -> Iterator[Path]:
    """A file to write, kept once it is whole; only the latest stay. Nothing is kept where the environment is closed."""
    with tempfile.TemporaryDirectory() as folder:
        yield (unfinished := Path(folder) / "gabarit")
        if not os.access(KEPT.parent, os.W_OK):
            return
        KEPT.mkdir(exist_ok=True)
        shutil.copyfile(unfinished, beside := _of_before(f"{kind}.{os.getpid()}"))
        beside.rename(_of_before(kind))
    with suppress(FileNotFoundError):  # another run leaves out the same
        for old in sorted(KEPT.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)[FEW:]:
            old.unlink()


def _put_by_server(address: str) -> None:
    """Keep what a server holds, where its own programs are here to write it down."""
    with suppress(postgresql.Broken), _put_by(postgresql.version()) as unfinished:
        postgresql.dump(address, unfinished)


def _brought(template: Path) -> bool:
    """Whether the template was made of what another run kept."""
    kept = _of_before("sqlite" if connection.vendor == "sqlite" else postgresql.version())
    if not kept.exists():
        return False
    if connection.vendor == "sqlite":
        shutil.copyfile(kept, template)
        return True
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {NAME}")
        cursor.execute(f"CREATE DATABASE {NAME}")
    postgresql.load(_address_of(NAME), kept)
    template.touch()
    return True


def _address_of(database: str) -> str:
    """The address of a database of the server of the tests."""
    given = connection.settings_dict
    where = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "password": given["PASSWORD"]}
    return " ".join(f"{name}='{value}'" for name, value in {**where, "dbname": database}.items() if value)


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
    with _put_by("sqlite") as kept:
        shutil.copyfile(template, kept)


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
    _put_by_server(_address_of(NAME))


def _recreate(name: str, *, of: str) -> None:
    """Make a database of the server a copy of another."""
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
        cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(of)}")
