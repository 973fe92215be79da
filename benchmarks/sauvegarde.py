"""What a backup and its restore cost with a long trace: seconds, size, and the most memory taken.

`python -m benchmarks.sauvegarde [ENTRIES]` (100,000 by default), on SQLite and, where it can run, on PostgreSQL.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.mesurer import clean_environment, database, possible

ENTRIES = 100_000


def main() -> int:
    """Measure each database in processes of its own, so that the memory of one act is not that of another."""
    entries = sys.argv[1] if len(sys.argv) > 1 else str(ENTRIES)
    with tempfile.TemporaryDirectory(prefix="tenir-bench-") as temporary:
        for name in ("sqlite", "postgresql"):
            if possible(name):
                with database(name, Path(temporary), 1) as place:
                    for act in ("fill", "save", "restore"):
                        run(name, act, entries, place)
    return 0


def run(name: str, act: str, entries: str, place: dict[str, str]) -> None:
    """One act in its process."""
    command = [sys.executable, "-m", "benchmarks.sauvegarde", act, entries]
    print(f"{name:<11} ", end="", flush=True)
    subprocess.run(command, env={**clean_environment(), **place}, check=True)  # noqa: S603 - our own module


def act(name: str, entries: int) -> None:
    """Do one thing, and print what it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from tenir.core.sauvegarde.restaurer import restore_backup
    from tenir.core.sauvegarde.sauvegarder import create_backup

    path = Path(settings.VAR) / "sauvegarde.zip"
    acts = {
        "fill": lambda: fill(entries),
        "save": lambda: create_backup(path, on=timezone.now(), reglages={}),
        "restore": lambda: restore_backup(path, on=timezone.now(), replace=True),
    }
    started = time.perf_counter()
    acts[name]()
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    size = f", {path.stat().st_size / 1e6:.1f} MB" if path.exists() else ""
    print(f"{name:<8}{entries} entries: {seconds:.1f} s, {memory} MB of memory at most{size}")


def fill(entries: int) -> None:
    """Make the tables, and leave a trace that long."""
    from django.core.management import call_command
    from django.db import transaction

    from tenir.core.trace import Auteur, Fait, record

    call_command("migrate", verbosity=0)
    step = 10_000
    for first in range(0, entries, step):
        some = range(first, min(first + step, entries))
        with transaction.atomic():
            record(
                "contrat/mesure", Auteur(7), [Fait("action", f"O01-A{n}", "titre", "avant", f"après {n}") for n in some]
            )


if __name__ == "__main__":
    if len(sys.argv) == 3 and os.environ.get("TENIR_VAR"):
        act(sys.argv[1], int(sys.argv[2]))
    else:
        sys.exit(main())
