"""Writing a backup: one moment of the database, whatever is written meanwhile."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import FileField, Model

from tenir.core import jetons, trace, version
from tenir.core.disque import UNFINISHED
from tenir.core.models import FOLDER as TRAVAUX
from tenir.core.models import RegistreDesReleves
from tenir.core.releves import heads_counted, main_file
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
from tenir.core.sauvegarde.brouillons import DRAFT, draft_file, sweep
from tenir.core.sauvegarde.lignes import kept_models, lines
from tenir.core.typographie import pluriel

Dire = Callable[[int, int | None, str], None]
"""Hears how far a backup is; what it raises stops the backup, of which nothing is left."""
BETWEEN = 5_000
"""How many rows of a table are written before one says so."""


def silent(fait: int, total: int | None, phrase: str) -> None:
    """Nobody listens."""


def create_backup(
    path: Path, *, on: datetime, reglages: Mapping[str, str], dire: Dire = silent, draft_prefix: str = DRAFT
) -> Manifeste:
    """Write the archive whole, readable by its owner only, or not at all; `reglages` go in it as given.

    `dire` hears how far it is, by tables and files; `draft_prefix` begins the name of the file while it is written.

    Raises:
        SauvegardeRefusee: the file exists already.
        OSError: it cannot be written.
    """
    if path.exists():
        raise SauvegardeRefusee(f"{path} existe déjà : choisissez un autre nom.")
    sweep(path.parent)
    with draft_file(path.parent, draft_prefix) as (draft, out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            manifeste = _Ecriture(archive, dire).write(on, reglages)
        out.flush()
        os.fsync(out.fileno())
        draft.replace(path)
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


class _Ecriture:
    """One archive being written; it tells how far it is."""

    def __init__(self, archive: zipfile.ZipFile, dire: Dire) -> None:
        self.archive, self.dire = archive, dire
        self.models = kept_models()
        self.documents = list(_documents())
        self.fait, self.total = 0, len(self.models) + len(self.documents)

    def write(self, on: datetime, reglages: Mapping[str, str]) -> Manifeste:
        # The heads that the snapshot counts, no more: those after are of entries that it does not hold. Documents
        # after it, so that it tells of none that is missing.
        with snapshot():
            heads = list(self.heads())
            schema = schema_of_the_database()
            tetes = [TeteGardee(chaine=t.chaine, rang=t.rang, empreinte=t.empreinte) for t in trace.heads()]
            tables = [self.table(model) for model in self.models]
            named = set(files_named(self.models))
        documents = list(self.files())
        there = {one.chemin.removeprefix(f"{DOCUMENTS}/") for one in documents}
        manifeste = Manifeste(
            version=version.full(),
            secret=jetons.fingerprint(settings.SECRET_KEY),
            le=on,
            base=connection.vendor,
            reglages=dict(reglages),
            migrations=schema,
            tetes=tetes,
            tables=tables,
            fichiers=[*heads, *documents],
            manquants=sorted(named - there),
        )
        self.archive.writestr(MANIFESTE, manifeste.model_dump_json(indent=1))
        return manifeste

    def told(self, phrase: str, more: int = 0) -> None:
        self.fait += more
        self.dire(self.fait, self.total, phrase)

    def table(self, model: type[Model]) -> Table:
        name = str(model._meta.verbose_name)
        self.told(f"Table « {name} »")
        made = self.rows(model._meta.label, lines(model), name)
        self.told(f"Table « {name} » : {pluriel(made.lignes, 'ligne', genre='f')}", 1)
        return made

    def rows(self, label: str, rows: Iterable[bytes], name: str) -> Table:
        digest, count, size = hashlib.sha256(), 0, 0
        with self.archive.open(f"tables/{label}.jsonl", "w", force_zip64=True) as out:
            for line in rows:
                out.write(line)
                digest.update(line)
                count, size = count + 1, size + len(line)
                if not count % BETWEEN:
                    self.told(f"Table « {name} » : {pluriel(count, 'ligne', genre='f')}")
        return Table(nom=label, lignes=count, octets=size, sha256=digest.hexdigest())

    def heads(self) -> Iterator[Fichier]:
        """The file of heads, as far as the snapshot counts them."""
        path, registre = main_file(), RegistreDesReleves.objects.first()
        if path.exists():
            yield self.written(heads_counted(path, registre.nombre if registre else 0), RELEVES)

    def written(self, held: bytes, chemin: str) -> Fichier:
        """A member made of bytes at hand."""
        with self.archive.open(f"fichiers/{chemin}", "w", force_zip64=True) as out:
            out.write(held)
        return Fichier(chemin=chemin, octets=len(held), sha256=hashlib.sha256(held).hexdigest())

    def files(self) -> Iterator[Fichier]:
        """The documents of now: those given since the beginning too, not those taken back meanwhile."""
        root = Path(settings.MEDIA_ROOT)
        found = list(_documents())
        self.total = len(self.models) + len(found)
        for rank, path in enumerate(found, start=1):
            with suppress(FileNotFoundError):
                yield self.file(path, f"{DOCUMENTS}/{path.relative_to(root).as_posix()}")
            self.told(f"Fichier {rank} sur {len(found)}", 1)

    def file(self, path: Path, chemin: str) -> Fichier:
        digest, size = hashlib.sha256(), 0
        with path.open("rb") as source, self.archive.open(f"fichiers/{chemin}", "w", force_zip64=True) as out:
            while piece := source.read(PIECE):
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        return Fichier(chemin=chemin, octets=size, sha256=digest.hexdigest())


def files_named(models: Iterable[type[Model]]) -> Iterator[str]:
    """The documents that rows name."""
    for model in models:
        for column in (field.attname for field in model._meta.concrete_fields if isinstance(field, FileField)):
            yield from model._base_manager.exclude(**{column: ""}).values_list(column, flat=True).iterator()


def _documents() -> Iterator[Path]:
    """The files that people gave: not those of works, which are kept for a time only."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        whole = path.is_file() and not path.is_symlink() and not path.name.startswith(UNFINISHED)
        if whole and path.relative_to(root).parts[0] != TRAVAUX:
            yield path
