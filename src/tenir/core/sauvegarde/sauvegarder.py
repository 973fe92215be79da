"""Writing a backup: one moment of the database, whatever is written meanwhile."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from tenir.core import trace
from tenir.core.sauvegarde.archive import (
    DOCUMENTS,
    MANIFESTE,
    PIECE,
    RELEVES,
    Fichier,
    Manifeste,
    SauvegardeRefusee,
    Table,
    TeteGardee,
)
from tenir.core.sauvegarde.lignes import kept_models, lines


def create_backup(path: Path, *, on: datetime, reglages: Mapping[str, str]) -> Manifeste:
    """Write the archive whole, readable by its owner only, or not at all; `reglages` go in it as given.

    Raises:
        SauvegardeRefusee: the file exists already.
        OSError: it cannot be written.
    """
    if path.exists():
        raise SauvegardeRefusee(f"{path} existe déjà : choisissez un autre nom.")
    descriptor, draft = tempfile.mkstemp(dir=path.parent or ".", prefix=".sauvegarde-")  # opens with mode 600
    try:
        with os.fdopen(descriptor, "w+b") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            manifeste = _write(archive, on, reglages)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return manifeste


def schema_of_the_database() -> dict[str, list[str]]:
    """The migrations applied, by application."""
    applied: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        applied.setdefault(app, []).append(name)
    return applied


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database for all the reads inside; nobody who writes waits."""
    if connection.in_atomic_block:
        yield
        return
    before = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":  # a reader has no need of the lock that IMMEDIATE takes
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = before  # type: ignore[attr-defined]


def _write(archive: zipfile.ZipFile, on: datetime, reglages: Mapping[str, str]) -> Manifeste:
    # The heads before the snapshot, which then holds them all; documents after it, so that none it tells is missing.
    heads = [_add_file(archive, Path(settings.RELEVES), RELEVES)] if Path(settings.RELEVES).exists() else []
    with snapshot():
        schema = schema_of_the_database()
        tetes = [TeteGardee(chaine=t.chaine, rang=t.rang, empreinte=t.empreinte) for t in trace.heads()]
        tables = [_add_table(archive, model._meta.label, lines(model)) for model in kept_models()]
    manifeste = Manifeste(
        version=version("tenir"),
        le=on,
        base=connection.vendor,
        reglages=dict(reglages),
        migrations=schema,
        tetes=tetes,
        tables=tables,
        fichiers=[*heads, *_add_documents(archive)],
    )
    archive.writestr(MANIFESTE, manifeste.model_dump_json(indent=1))
    return manifeste


def _add_table(archive: zipfile.ZipFile, label: str, rows: Iterable[bytes]) -> Table:
    digest, count, size = hashlib.sha256(), 0, 0
    with archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as out:
        for line in rows:
            out.write(line)
            digest.update(line)
            count, size = count + 1, size + len(line)
    return Table(nom=label, lignes=count, octets=size, sha256=digest.hexdigest())


def _add_documents(archive: zipfile.ZipFile) -> Iterator[Fichier]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield _add_file(archive, path, f"{DOCUMENTS}/{path.relative_to(root).as_posix()}")


def _add_file(archive: zipfile.ZipFile, path: Path, chemin: str) -> Fichier:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(f"fichiers/{chemin}", "w", force_zip64=True) as out:
        while piece := source.read(PIECE):
            out.write(piece)
            digest.update(piece)
            size += len(piece)
    return Fichier(chemin=chemin, octets=size, sha256=digest.hexdigest())
