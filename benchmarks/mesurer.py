"""`make bench`: what each page and command costs with one contract in the database, and with the nation's 450.

`python -m benchmarks.mesurer [--contrats 450] [--bases sqlite,postgresql] [--tours 5] [--dossier FOLDER]
[--sortie FILE]`.
With a folder the databases of SQLite stay there, and serve again. Each database is measured by a process of its own.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks.rapport import Paire, write_report
from scripts import postgresql

ROOT = Path(__file__).resolve().parents[1]
NATION = 450
ROUNDS = 5
Measures = dict[str, Any]


def main() -> int:
    """Measure each database asked for at both sizes, print the tables, write the report."""
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="tenir-bench-") as temporary:
        folder = asked.dossier or Path(temporary)
        pairs = [pair(name, folder, asked.contrats, asked.tours) for name in asked.bases.split(",") if possible(name)]
    print(write_report(pairs, asked.sortie, asked.tours))
    return 0


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--contrats", type=int, default=NATION)
    parser.add_argument("--bases", default="sqlite,postgresql")
    parser.add_argument("--tours", type=int, default=ROUNDS)
    parser.add_argument("--dossier", type=Path)
    parser.add_argument("--sortie", type=Path, default=ROOT / "docs" / "mesures.md")
    return parser.parse_args()


def possible(name: str) -> bool:
    """Whether a database can be measured here; say why when it cannot."""
    reason = postgresql.missing() if name == "postgresql" else None
    if reason:
        print(f"{name} is not measured: {reason}")
    return reason is None


def pair(name: str, folder: Path, contrats: int, tours: int) -> Paire:
    """The measures of one database with one contract and with all, each the best of its rounds.

    The rounds alternate, so that a moment when the machine does something else weighs on neither.
    """
    sizes = (1, contrats)
    with ExitStack() as stack:
        places = {size: stack.enter_context(database(name, folder, size)) for size in sizes}
        rounds = [{size: measures(name, size, places[size]) for size in sizes} for _ in range(tours)]
    return Paire(*(best([one[size] for one in rounds]) for size in sizes))


def best(rounds: list[Measures]) -> Measures:
    """The first round, each of its times replaced by the lowest of all rounds."""
    first = rounds[0]
    for kind in ("pages", "commandes"):
        for nom, mesure in first[kind].items():
            if mesure:
                mesure["ms"] = min(one[kind][nom]["ms"] for one in rounds)
    return first | {"etalon": min(one["etalon"] for one in rounds)}


def measures(name: str, contrats: int, place: dict[str, str]) -> Measures:
    """What a process of its own measures in a database."""
    print(f"{name}, {contrats} contract(s)…", file=sys.stderr, flush=True)
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "benchmarks.mesures", str(contrats)],
        cwd=ROOT,
        env={**clean_environment(), **place},
        stdout=subprocess.PIPE,
        check=True,
    )
    return dict(json.loads(done.stdout))


@contextmanager
def database(name: str, folder: Path, contrats: int) -> Iterator[dict[str, str]]:
    """The settings of a database: the file of SQLite in its folder, or a PostgreSQL made for the occasion."""
    var = folder / f"{name}-{contrats}"
    var.mkdir(parents=True, exist_ok=True)
    if name == "sqlite":
        yield {"TENIR_VAR": str(var)}
        return
    with postgresql.temporary_cluster() as address:
        yield {"TENIR_VAR": str(var), "TENIR_BASE": address}


def clean_environment() -> dict[str, str]:
    """The environment without what would make the measures depend on this machine's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TENIR_")}
    return kept | {"DJANGO_SETTINGS_MODULE": "tenir.config.settings", "TENIR_LOCAL": "1"}


if __name__ == "__main__":
    sys.exit(main())
