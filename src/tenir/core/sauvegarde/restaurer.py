"""Restoring a backup: everything is checked before anything is written, and again before it is kept."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from tenir.core import trace, version
from tenir.core.models import FOLDER as TRAVAUX
from tenir.core.models import RegistreDesReleves
from tenir.core.releves import CopieImpossible, copy_heads, second_file
from tenir.core.reprise import set_aside
from tenir.core.sante import newer_tables
from tenir.core.sauvegarde import archive as format
from tenir.core.sauvegarde.archive import DOCUMENTS, RELEVES, Manifeste, SauvegardeRefusee, Table
from tenir.core.sauvegarde.brouillons import draft_folder, sweep
from tenir.core.sauvegarde.lignes import BATCH, LigneIllisible, all_models, kept_models, lines, read_line
from tenir.core.sauvegarde.sauvegarder import schema_of_the_database
from tenir.core.sommeil import fall_asleep


def restore_backup(path: Path, *, on: datetime, replace: bool = False, broken_trace: bool = False) -> Manifeste:
    """Put back all that an archive holds, or nothing. Whoever was signed in signs in again.

    `replace` erases what the site holds, its files set aside; `broken_trace` keeps a trace that was broken already.

    Raises:
        SauvegardeRefusee: the archive, or the site, does not allow it.
    """
    with format.open_archive(path) as (archive, manifeste):
        format.check(archive, manifeste)
        _refuse_other_schema(manifeste)
        if not replace and is_used():
            raise SauvegardeRefusee("Ce site n’est pas vide : ajoutez --remplacer pour effacer ce qu’il contient.")
        with _files(archive, manifeste) as folder:
            try:
                _restore(archive, manifeste, broken_trace, folder, on)
            except (DatabaseError, LigneIllisible) as error:
                said = str(error).strip().splitlines() or ["sans raison donnée"]
                raise SauvegardeRefusee(f"La base refuse cette sauvegarde, rien n’est écrit : {said[0]}") from error
    ContentType.objects.clear_cache()
    with suppress(CopieImpossible):  # the verification says it, and the night
        copy_heads()
    return manifeste


def is_used() -> bool:
    """Whether the site holds anything of its own: a task of the loop does not count."""
    ours = [model for model in kept_models() if model.__module__.startswith("tenir.")]
    return any(model._base_manager.exists() for model in ours if model._meta.label not in OF_THE_LOOP)


OF_THE_LOOP = frozenset({"core.TacheDeFond", "core.Execution", "core.RegistreDesReleves"})


def _refuse_other_schema(manifeste: Manifeste) -> None:
    kept, here = manifeste.migrations, schema_of_the_database()
    if not here:
        raise SauvegardeRefusee("La base n’est pas prête : python manage.py migrate.")
    if newer_tables():
        raise SauvegardeRefusee(
            f"La base a été préparée par une version plus récente de Tenir que celle-ci ({version.full()}). Pour "
            "revenir en arrière, il faut une base neuve : « Revenir en arrière », dans docs/installation.md."
        )
    if any(set(names) - set(here.get(app, ())) for app, names in kept.items()):
        raise SauvegardeRefusee(format.newer(manifeste.version))
    if kept != here:
        raise SauvegardeRefusee(
            f"Cette sauvegarde vient d’une version plus ancienne de Tenir ({manifeste.version}) : installez-la, "
            "restaurez, puis mettez à jour."
        )
    if [table.nom for table in manifeste.tables] != [model._meta.label for model in kept_models()]:
        raise SauvegardeRefusee("La sauvegarde ne contient pas les tables de ce site : elle a été modifiée.")


@transaction.atomic
def _restore(archive: zipfile.ZipFile, manifeste: Manifeste, broken_trace: bool, folder: Path, on: datetime) -> None:
    for model in all_models():
        model._base_manager.all()._raw_delete(connection.alias)  # one DELETE, no signal
    for model, table in zip(kept_models(), manifeste.tables, strict=True):
        _fill(archive, model, table)
    connection.check_constraints()
    _reset_sequences()
    for model, table in zip(kept_models(), manifeste.tables, strict=True):
        _compare(model, table)
    if not broken_trace:
        _refuse_broken_trace(manifeste)
    fall_asleep()
    _install(folder, on)


def _fill(archive: zipfile.ZipFile, model: type[Model], table: Table) -> None:
    with archive.open(table.membre) as source:
        for some in _by(BATCH, format.read_lines(source)):
            model._base_manager.bulk_create([read_line(model, line) for line in some], batch_size=BATCH)


def _by(size: int, rows: Iterator[bytes]) -> Iterator[list[bytes]]:
    while some := list(islice(rows, size)):
        yield some


def _compare(model: type[Model], table: Table) -> None:
    """Read back what was written: the same rows, or nothing is kept."""
    digest = hashlib.sha256()
    for line in lines(model):
        digest.update(line)
    if digest.hexdigest() != table.sha256:
        raise SauvegardeRefusee(f"{table.nom} ne se relit pas telle qu’elle était : rien n’est écrit.")


def _reset_sequences() -> None:
    """Let the next row of each table take a number that no restored row has."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), all_models()):
            cursor.execute(sql)


def _refuse_broken_trace(manifeste: Manifeste) -> None:
    kept = [trace.Tete(t.chaine, t.rang, t.empreinte) for t in manifeste.tetes]
    if rupture := next(trace.breaks(kept), None):
        raise SauvegardeRefusee(
            f"La trace de cette sauvegarde est rompue ({rupture}) Rien n’est écrit ; --malgre-la-trace passe outre."
        )


@contextmanager
def _files(archive: zipfile.ZipFile, manifeste: Manifeste) -> Iterator[Path]:
    """The files of the archive, in a folder beside the place where they go."""
    sweep(Path(settings.VAR))
    with draft_folder(Path(settings.VAR)) as folder:
        for file in manifeste.fichiers:
            target = folder / file.chemin
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(file.membre) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out)
        yield folder


def _there(path: Path) -> bool:
    """Whether a file is there; on a disk that is not, it is not."""
    try:
        return path.exists()
    except OSError:
        return False


def _install(folder: Path, on: datetime) -> None:
    """Move the files to their place; what was there is kept beside, named after the moment."""
    if (second := second_file()) and _there(second):
        set_aside(second, on)  # it knows what came after: it is kept beside, and begins again as the first is
    RegistreDesReleves.objects.update(copies=0)
    for name, place in ((RELEVES, Path(settings.RELEVES)), (DOCUMENTS, Path(settings.MEDIA_ROOT))):
        if place.exists():
            aside = place.with_name(f"{place.name}.avant-{on:%Y%m%d-%H%M%S-%f}")
            place.rename(aside)
            shutil.rmtree(aside / TRAVAUX, ignore_errors=True)  # what works read is not kept for ever beside
        if (folder / name).exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            (folder / name).rename(place)
