"""`python -m benchmarks.trace`: a trace of 100,000 entries written, verified, altered in three ways, and one erasure.

In a database of its own, on SQLite then on PostgreSQL when it is there. What was altered must be found, and what was
erased must leave the chain whole: it stops otherwise.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any, TypeVar

from scripts import postgresql

ENTRIES, BATCH = 100_000, 1_000
CHAIN = "contrat/mesure"
T = TypeVar("T")


def main() -> int:
    """Measure each database by a process of its own."""
    if "--ici" in sys.argv:
        measure()
        return 0
    with tempfile.TemporaryDirectory(prefix="tenir-trace-") as folder:
        place = {"TENIR_VAR": folder, "TENIR_LOCAL": "1", "DJANGO_SETTINGS_MODULE": "tenir.config.settings"}
        print("SQLite", flush=True)
        run(place)
        if postgresql.missing() is None:
            with postgresql.temporary_cluster() as address:
                print("PostgreSQL", flush=True)
                run({**place, "TENIR_BASE": address})
    return 0


def run(place: dict[str, str]) -> None:
    """Measure in the database of an environment."""
    made = [sys.executable, "-m", "benchmarks.trace", "--ici"]
    subprocess.run(made, env={**os.environ, **place}, check=True)  # noqa: S603 - our own module


def measure() -> None:
    """Write, verify, alter and put back, erase, verify."""
    import django

    django.setup()
    from django.core.management import call_command

    from tenir.core.models import EntreeDeTrace
    from tenir.core.trace import Auteur, breaks, erase, heads

    call_command("migrate", verbosity=0)
    timed("written", write)
    assert timed("verified", lambda: list(breaks())) == []
    kept, entries = heads(), EntreeDeTrace.objects.filter(chaine__nom=CHAIN)
    found("a changed row", lambda: entries.filter(rang=ENTRIES // 2).update(apres="autre"), kept)
    found("a removed row", lambda: entries.filter(rang=ENTRIES // 2).delete(), kept)
    found("a cut end, its head rewritten", cut, kept)
    asked = range(1, ENTRIES, 100)
    assert timed("1,000 entries erased", lambda: erase(CHAIN, asked, Auteur(1), motif="demande")) == len(asked)
    assert timed("verified after the erasure", lambda: list(breaks(kept))) == []


def write() -> None:
    """Leave the entries, a thousand per transaction."""
    from django.db import transaction

    from tenir.core.trace import Auteur, Fait, record

    for first in range(0, ENTRIES, BATCH):
        with transaction.atomic():
            facts = [Fait("action", f"A{first + n}", "titre", "avant", "après") for n in range(BATCH)]
            record(CHAIN, Auteur(1, "CCAS"), facts)


def cut() -> None:
    """Remove the last ten entries, and make the head say so."""
    from tenir.core.models import ChaineDeTrace, EntreeDeTrace

    EntreeDeTrace.objects.filter(chaine__nom=CHAIN, rang__gt=ENTRIES - 10).delete()
    last = EntreeDeTrace.objects.get(chaine__nom=CHAIN, rang=ENTRIES - 10)
    ChaineDeTrace.objects.filter(nom=CHAIN).update(longueur=last.rang, tete=last.empreinte)


def found(what: str, alter: Callable[[], object], kept: list[Any]) -> None:
    """Alter, look for the break, put everything back."""
    from django.db import transaction

    from tenir.core.trace import breaks

    with transaction.atomic():
        alter()
        broken = timed(f"{what}, looked for", lambda: list(breaks(kept)))
        assert broken, f"{what} is not found"
        print(f"  found: {broken[0]}")
        transaction.set_rollback(True)


def timed(what: str, do: Callable[[], T]) -> T:
    """Do it, and say how long it took."""
    start = time.perf_counter()
    done = do()
    print(f"  {what}: {time.perf_counter() - start:.1f} s", flush=True)
    return done


if __name__ == "__main__":
    sys.exit(main())
