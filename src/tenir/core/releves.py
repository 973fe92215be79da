"""The heads of the chains, written outside the database: a cut end shows, and so do heads that are gone.

One line a head, each with the digest of the line before it. The base counts them (`RegistreDesReleves`): fewer lines
than it counted, or another last one, is a loss, never an absence of evidence. They are taken each night and at every
fiftieth entry of a chain, copied to a second path and sent to an address. `docs/adr/0040-releves.md` says why.
"""

import csv
import hashlib
import io
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tenir.core import horloge
from tenir.core.models import ChaineDeTrace, RegistreDesReleves
from tenir.core.trace import EACH, Tete, heads

COLUMNS = ("le", "chaine", "rang", "empreinte", "precedente")
OLD_COLUMNS = 4
"""Heads written before they were chained say nothing of the line before."""
WRITTEN = re.compile(r"^\s*>?\s*(\d{4}-\d\d-\d\d,[^\n]+,\d+,[0-9a-f]{64})(?:,[0-9a-f]*)?\s*$", re.MULTILINE)


class RelevesIllisibles(ValueError):
    """A file is no record of heads; the message is the French sentence to show."""


class CopieImpossible(Exception):
    """The second path does not take the heads; the message is the French sentence to show."""


@dataclass(frozen=True, slots=True)
class Releve:
    """One line of the file: what it says of a chain, and the digest of the line before, if it tells it."""

    tete: Tete
    precedente: str | None


def main_file() -> Path:
    """Where heads are written."""
    return Path(settings.RELEVES)


def second_file() -> Path | None:
    """Where they are written again, if anywhere."""
    return Path(settings.RELEVES_COPIE) if settings.RELEVES_COPIE else None


@transaction.atomic
def write_heads(path: Path, on: date, chaines: Collection[str] | None = None) -> int:
    """Append the head of every chain, or of some, to a file; return how many. Nothing already there is touched.

    The base counts those of its own file. The file is written first: a machine that stops between the two leaves a line
    too many, which the next turn counts, never one too few.
    """
    found = [tete for tete in heads() if chaines is None or tete.chaine in chaines]
    registre = locked() if path == main_file() else None
    before = lines_of(path)
    whole = registre is None or holds(registre, before)
    last = digest(before[-1]) if whole and before else (registre.derniere if registre else "")
    added = list(_chained(found, on, last))
    _append(path, added, new=not before)
    if registre and added:
        registre.nombre = (len(before) if whole else registre.nombre) + len(added)
        registre.derniere = digest(added[-1])
        registre.save(update_fields=["nombre", "derniere"])
    return len(found)


def keep_now(chaines: Collection[str] | None = None) -> int:
    """Write heads where they are kept, and on the second path; return how many.

    Raises:
        CopieImpossible: the second path does not take them; the first did.
    """
    count = write_heads(main_file(), horloge.real_today(), chaines)
    copy_heads()
    return count


@transaction.atomic
def copy_heads() -> None:
    """Bring the second path up to the first; what it holds already is never touched.

    Raises:
        CopieImpossible: it cannot be written, or it does not hold what it held.
    """
    path = second_file()
    if path is None:
        return
    registre = locked()
    try:
        here, there = lines_of(main_file()), lines_of(path)
        if len(there) < registre.copies or there != here[: len(there)]:
            raise CopieImpossible(f"Le second fichier des relevés ({path}) ne dit pas ce que dit le premier.")
        _append(path, here[len(there) :], new=not there)
    except OSError as error:
        raise CopieImpossible(
            f"Le second fichier des relevés ({path}) ne s’écrit pas : {error.strerror or error}."
        ) from error
    registre.copies = len(here)
    registre.save(update_fields=["copies"])


def locked() -> RegistreDesReleves:
    """The row of the base that counts heads, held until the end of the transaction."""
    RegistreDesReleves.objects.get_or_create(seul=True)
    return RegistreDesReleves.objects.select_for_update().get()


def lines_of(path: Path) -> list[str]:
    """The lines of a file of heads, without the names of its columns; none when there is no file."""
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("le,")]


def heads_counted(path: Path, nombre: int) -> bytes:
    """The file of heads as far as the base counted them; the whole of it when it counted none."""
    held = path.read_bytes()
    if not nombre or len(lines_of(path)) <= nombre:
        return held
    named = held.startswith(b"le,")
    return b"".join(held.splitlines(keepends=True)[: nombre + named])


def digest(line: str) -> str:
    """What the next line says of this one."""
    return hashlib.sha256(line.encode()).hexdigest()


def holds(registre: RegistreDesReleves, lines: Sequence[str]) -> bool:
    """Whether a file holds all the heads that the base counted, up to the last."""
    nombre = registre.nombre
    return not nombre or (len(lines) >= nombre and digest(lines[nombre - 1]) == registre.derniere)


def read_heads(path: Path) -> list[Tete]:
    """Every head ever written to the file; none when there is no file.

    Raises:
        RelevesIllisibles: a line of the file cannot be read.
    """
    return [releve.tete for releve in _read(path)]


def heads_in(text: str) -> list[Tete]:
    """The heads that a text holds among other words: a message that was kept."""
    return [_releve(line.group(1), "").tete for line in WRITTEN.finditer(text)]


def losses() -> Iterator[str]:
    """What is missing of the heads, or was changed in them, in French sentences; nothing when they are whole.

    Raises:
        RelevesIllisibles: a line of a file cannot be read.
    """
    registre = RegistreDesReleves.objects.first() or RegistreDesReleves()
    path, kept = main_file(), lines_of(main_file())
    yield from _fewer(registre, path, kept)
    yield from _unchained(_read(path), kept)
    yield from _of_the_copy(registre, kept)
    yield from _overdue(registre, read_heads(path))


def unproved(kept: Iterable[Tete]) -> int:
    """How many entries came since the last head of their chain: the database alone tells them."""
    last = _last_ranks(kept)
    return sum(max(row.longueur - last.get(row.nom, 0), 0) for row in ChaineDeTrace.objects.all())


def _fewer(registre: RegistreDesReleves, path: Path, kept: Sequence[str]) -> Iterator[str]:
    counted = f"la base en a compté {registre.nombre}"
    if registre.nombre and not path.exists():
        yield f"Les relevés de la trace manquent : {counted}, et {path} n’existe pas."
    elif len(kept) < registre.nombre:
        yield f"Des relevés de la trace manquent : {counted}, {path} en garde {len(kept)}."
    elif not holds(registre, kept):
        yield f"Le relevé n° {registre.nombre} n’est pas celui que la base a compté."


def _unchained(releves: Sequence[Releve], kept: Sequence[str]) -> Iterator[str]:
    before: str | None = None
    for rank, (releve, line) in enumerate(zip(releves, kept, strict=True), start=1):
        told = releve.precedente
        if told is not None and told != ("" if before is None else digest(before)):
            yield f"Le relevé n° {rank} ne suit pas celui d’avant : un relevé a été retiré, ou changé."
        if told is None and before is not None and releves[rank - 2].precedente is not None:
            yield f"Le relevé n° {rank} ne dit pas celui d’avant."
        before = line


def _of_the_copy(registre: RegistreDesReleves, kept: Sequence[str]) -> Iterator[str]:
    path = second_file()
    if path is None:
        return
    try:
        there = lines_of(path)
    except OSError as error:
        yield f"Le second fichier des relevés ({path}) ne se lit pas : {error.strerror or error}."
        return
    if len(there) < registre.copies:
        yield f"Des relevés manquent au second fichier : {registre.copies} y étaient, {path} en garde {len(there)}."
    elif len(there) < len(kept):
        yield (
            f"Le second fichier ({path}) garde {len(there)} relevés, le premier {len(kept)} : « tenir relever-trace » "
            "les y écrit."
        )
    if extra := there[len(kept) :]:
        yield f"Le second fichier garde {len(extra)} relevés que le premier n’a plus."
    if rank := next((n for n, (a, b) in enumerate(zip(kept, there, strict=False), start=1) if a != b), 0):
        yield f"Les deux fichiers ne disent pas le même relevé n° {rank}."


def _overdue(registre: RegistreDesReleves, kept: Iterable[Tete]) -> Iterator[str]:
    """The chains that reached a fiftieth entry without a head: none was taken, or it is gone."""
    last = _last_ranks(kept)
    for row in ChaineDeTrace.objects.all():
        since = max(last.get(row.nom, 0), int(registre.depuis.get(row.nom, 0)))
        if row.longueur // EACH > since // EACH:
            yield (
                f"{row.nom} : {row.longueur} entrées, et aucun relevé depuis l’entrée {since} ; il en est dû un toutes "
                f"les {EACH} entrées."
            )


def _last_ranks(kept: Iterable[Tete]) -> dict[str, int]:
    last: dict[str, int] = {}
    for tete in kept:
        last[tete.chaine] = max(tete.rang, last.get(tete.chaine, 0))
    return last


def _read(path: Path) -> list[Releve]:
    try:
        return [_releve(line, str(path)) for line in lines_of(path)]
    except UnicodeDecodeError as error:
        raise _illegible(str(path)) from error


def _releve(line: str, path: str) -> Releve:
    told = next(csv.reader([line]))
    if len(told) not in (OLD_COLUMNS, len(COLUMNS)) or not told[2].isdecimal():
        raise _illegible(path)
    return Releve(Tete(told[1], int(told[2]), told[3]), told[4] if len(told) > OLD_COLUMNS else None)


def _illegible(path: str) -> RelevesIllisibles:
    return RelevesIllisibles(f"{path} ne se lit pas : ce n’est pas un relevé de la trace.")


def _chained(found: Iterable[Tete], on: date, last: str) -> Iterator[str]:
    for tete in found:
        line = _written((on.isoformat(), tete.chaine, tete.rang, tete.empreinte, last))
        last = digest(line)
        yield line


def _written(values: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(values)
    return out.getvalue()


def _append(path: Path, lines: Sequence[str], *, new: bool) -> None:
    """Add lines at the end of a file, on the disk when this returns; all of them, or none.

    Raises:
        OSError: they could not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_size if path.exists() else 0
    told = [",".join(COLUMNS), *lines] if new and not before else lines
    try:
        with path.open("a", encoding="utf-8", newline="") as out:
            out.write("".join(f"{line}\n" for line in told))
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        if path.exists():
            os.truncate(path, before)  # a line cut by a full disk would make every later one illegible
        raise
