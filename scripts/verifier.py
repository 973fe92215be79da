"""`make test`: everything that must hold, then a table of what ran and what did not.

`python -m scripts.verifier [qualite,sqlite,postgresql,navigateur]`; without a name, all of them; `salle:appels`, one
room and what the walks say of it. PostgreSQL runs what
may differ there (the tests marked `deux_bases`, and not `une_base`); with `tout`, everything that asks for a database,
and each part draws more examples and measures every contrast.
Where `CI=true`, a part that cannot run counts as a failure: nothing is left out in silence.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from scripts import postgresql
from scripts.preparer import PYTHON, ROOT, VENV, prepared

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a developer may set for the tests; any other TENIR_… would make them depend on the machine.
KEPT = {"TENIR_COUTRAS", "TENIR_CHROMIUM"}
A_ROOM = "salle:"
WALKS = (
    "tests/test_routes.py",
    "tests/test_portes.py",
    "tests/test_exports_de_listes.py",
    "tests/test_messages.py",
    "tests/ecran/test_vues_des_listes.py",
)
"""What walks every room, and can be narrowed to one by its name."""
BY_FILE = ("--dist=loadfile", "--no-loadscope-reorder")
ONE_BY_ONE = ("--dist=load", "--maxschedchunk=1")  # journeys share nothing
SQLITE_ALONE = "ce qui ne dépend pas de la base : joué sur SQLite (ONLY=tout le joue ici aussi)"
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
# What Python compiles is kept from one process to the next, even where the machine asks it to keep nothing: the tests
# start a hundred of them, and each would spend a second or more on it again.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(VENV / "bytecode")}
PRODUCTION = {"TENIR_SECRET": "k" * 20 + "".join(map(str, range(40))), "TENIR_HOTES": "tenir.example"}


@dataclass
class Part:
    """One line of the table: what ran, with its counts; why it did not, or what it leaves to another on purpose."""

    name: str
    passed: int = 0
    failed: int = 0
    seconds: float = 0.0
    absent: str = ""
    aside: str = ""
    skipped: Counter[str] = field(default_factory=Counter)
    unsteady: list[str] = field(default_factory=list)


class Case(NamedTuple):
    """One test of a report, and how it ended; why it was left out."""

    name: str
    outcome: str
    reason: str = ""


Run = Callable[[Path], Iterator[Part]]


def main() -> int:
    """Run the parts asked for; 0 when nothing failed."""
    asked = parts_asked(sys.argv[1] if len(sys.argv) > 1 else "")
    if unknown := [name for name, run in asked.items() if not run]:
        print(f"Partie inconnue : {', '.join(unknown)}. Choisissez parmi {', '.join(PARTS)}, tout.", file=sys.stderr)
        return 2
    if not prepared("test"):
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is removed on the way out
    with tempfile.TemporaryDirectory(prefix="tenir-test-") as folder:
        parts = [line for name, run in asked.items() if run for line in run(Path(folder))]
    not_asked = [Part(name, absent="non demandé") for name in PARTS if name not in asked]
    return conclude([*parts, *not_asked])


def parts_asked(names: str) -> dict[str, Run | None]:
    """Return the parts to run, by name; an unknown name has none."""
    if names == "tout":
        return dict(BY_NIGHT)
    if names.startswith(A_ROOM):
        room = names.removeprefix(A_ROOM)
        there = room.isidentifier() and (ROOT / "tests" / room).is_dir()
        return {names: partial(of_a_room, room=room) if there else None}
    return {name: PARTS.get(name) for name in names.split(",")} if names else dict(PARTS)


def quality(folder: Path) -> Iterator[Part]:
    """Style, types, layers, migrations and the settings of production: one line each, two at a time."""
    checks: list[tuple[str, list[str], dict[str, str]]] = [
        ("mypy", ["mypy"], {}),
        ("ruff check", ["ruff", "check", "--quiet", "."], {}),
        ("ruff format", ["ruff", "format", "--check", "--quiet", "."], {}),
        ("lint-imports", ["lint-imports"], {}),
        ("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"], {}),
        ("réglages", ["python", "manage.py", "check", "--deploy", "--fail-level=WARNING"], PRODUCTION),
    ]
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(lambda one: check(one[0], one[1], {"TENIR_VAR": str(folder / one[0]), **one[2]}), checks)


def check(name: str, command: list[str], environment: dict[str, str]) -> Part:
    """Run one command of quality; its output is shown when it fails."""
    announce(name)
    started = time.monotonic()
    done = subprocess.run(
        [VENV / "bin" / command[0], *command[1:]],
        cwd=ROOT,
        env=clean_environment(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return Part(name, int(not done.returncode), int(bool(done.returncode)), time.monotonic() - started)


def on_sqlite(folder: Path, *options: str) -> Iterator[Part]:
    """Run the suite on the database of a single machine."""
    yield pytest("sqlite", folder, "not navigateur", {}, "--partie=sqlite", *options)


def of_a_room(folder: Path, room: str) -> Iterator[Part]:
    """Run the tests of a room, and what the walks say of it: what one runs while writing, before all the rest."""
    alone = ("not navigateur", {}, "--partie=sqlite")
    yield pytest(room, folder, *alone, f"tests/{room}")
    if (ROOT / "tests" / room / "routes.py").exists():
        yield pytest("visites", folder, *alone, "-k", room, *WALKS)


def on_postgresql(folder: Path) -> Iterator[Part]:
    """Run on a PostgreSQL of our own what may differ there; the table says what became of the rest."""
    yield from served_by_postgresql(folder, "base and deux_bases and not une_base", SQLITE_ALONE, "--partie=postgresql")


def on_postgresql_entirely(folder: Path) -> Iterator[Part]:
    """Run on a PostgreSQL of our own all that asks for a database."""
    yield from served_by_postgresql(folder, "base and not navigateur", "", "--partie=postgresql-entier", *NIGHT)


def served_by_postgresql(folder: Path, marked: str, aside: str, *options: str) -> Iterator[Part]:
    """Run the tests so marked on a cluster that ends with them."""
    if reason := postgresql.missing():
        yield Part("postgresql", absent=reason)
        return
    try:
        with postgresql.temporary_cluster() as address:
            part = replace(pytest("postgresql", folder, marked, {"TENIR_BASE": address}, *options), aside=aside)
    except postgresql.Broken as error:
        print(error, flush=True)
        part = Part("postgresql", failed=1)
    yield part


def in_browser(folder: Path, *more: str) -> Iterator[Part]:
    """Run the journeys in a real Chromium; those that fail, once more."""
    if not (chromium := find_chromium()):
        yield Part("navigateur", absent="Chromium absent (ni TENIR_CHROMIUM, ni chromium dans PATH)")
        return
    environment = {"TENIR_CHROMIUM": chromium}
    options = ("--partie=navigateur", *ONE_BY_ONE, *more)
    first = pytest("navigateur", folder, "navigateur", environment, *options)
    if not outcomes(folder / "navigateur.xml", FAILED):
        yield first
        return
    again = pytest("navigateur-encore", folder, "navigateur", environment, *options, "--last-failed")
    yield settled(first, again, folder)


def settled(first: Part, again: Part, folder: Path) -> Part:
    """Take the second word of each journey that failed: one that then passes is unsteady, and is told by its name."""
    failed, passed = outcomes(folder / "navigateur.xml", FAILED), outcomes(folder / "navigateur-encore.xml", PASSED)
    unsteady = sorted(failed & passed)
    return replace(
        first,
        passed=first.passed + len(unsteady),
        failed=first.failed - len(unsteady),
        seconds=first.seconds + again.seconds,
        unsteady=unsteady,
    )


def find_chromium() -> str | None:
    """Return the browser given, or the first of its usual names found."""
    given = os.environ.get("TENIR_CHROMIUM")
    return next((path for name in (given, *CHROMIUMS) if name and (path := shutil.which(name))), None)


def pytest(name: str, folder: Path, marked: str, environment: dict[str, str], *options: str) -> Part:
    """Run the tests so marked, in two processes, and count them from pytest's own report.

    The tests of a file share what it loads: unless told otherwise, a file stays in one process, the longest first.
    """
    announce(name)
    report = folder / f"{name}.xml"
    started = time.monotonic()
    done = subprocess.run(
        [
            *(PYTHON, "-m", "pytest", "-q", "-m", marked, "-n2", *BY_FILE, f"--junitxml={report}"),
            *(f"--gabarit={folder}", "-o", f"cache_dir={folder / 'cache'}", *options),
        ],
        cwd=ROOT,
        env=clean_environment({"TENIR_VAR": str(folder), **environment}),
        check=False,
    )
    part = read_report(name, report, done.returncode)
    part.seconds = time.monotonic() - started
    return part


def read_report(name: str, report: Path, exit_status: int) -> Part:
    """Count the cases of pytest's report; a suite that broke, or found no test, counts as one failure more."""
    part = count_cases(name, report)
    broke = exit_status not in (0, 1)  # 1: some tests failed
    part.failed += broke or (exit_status == 1 and not part.failed)
    return part


def count_cases(name: str, report: Path) -> Part:
    """Count the cases of a report; a case that both fails and breaks on the way out counts once."""
    skipped = Counter(case.reason for case in cases(report) if case.outcome == SKIPPED)
    return Part(name, len(outcomes(report, PASSED)), len(outcomes(report, FAILED)), skipped=skipped)


def outcomes(report: Path, outcome: str) -> set[str]:
    """Return the names of the cases that ended so; whatever else it did, a case that failed once has failed."""
    found = {case.name for case in cases(report) if case.outcome == outcome}
    return found if outcome == FAILED else found - outcomes(report, FAILED)


def cases(report: Path) -> Iterator[Case]:
    """Read the cases of a JUnit report, if there is one."""
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - written by our own pytest
        name = "::".join(filter(None, (case.get("classname"), case.get("name"))))
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            yield Case(name, FAILED)
        elif skipped is not None:
            yield Case(name, SKIPPED, skipped.get("message") or "sans raison donnée")
        else:
            yield Case(name, PASSED)


def clean_environment(extra: dict[str, str]) -> dict[str, str]:
    """Return our environment without the settings of a site that runs here, plus those given."""
    mine = {k: v for k, v in os.environ.items() if not k.startswith("TENIR_") or k in KEPT}
    return {**mine, **COMPILED, "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}", **extra}


def announce(name: str) -> None:
    """Say what starts now."""
    print(f"── {name}", flush=True)


def conclude(parts: list[Part]) -> int:
    """Print the table and the totals; 1 when something failed, or when CI left a part out."""
    print("\nCe qui a tourné")
    for part in parts:
        if not part.absent:
            print(f"  {part.name:<14}{part.passed:>6} réussis{part.failed:>6} échoués{part.seconds:>8.1f} s")
    print("Ce qui n’a pas tourné")
    for line in left_out(parts) or ["  rien : tout a tourné"]:
        print(line)
    for line in unsteadiness(parts):
        print(line)
    missing = [p for p in parts if p.absent and p.absent != "non demandé" and os.environ.get("CI") == "true"]
    failed = sum(part.failed for part in parts) + len(missing)
    print(f"\n{sum(part.passed for part in parts)} passed, {failed} failed", flush=True)
    return 1 if failed else 0


def left_out(parts: list[Part]) -> list[str]:
    """Return one line for each part or group of tests that did not run, with its reason."""
    absent = [f"  {part.name:<14}{why}" for part in parts for why in (part.absent, part.aside) if why]
    return absent + [
        f"  {part.name:<14}{count} test{'s' * (count > 1)} : {reason}"
        for part in parts
        for reason, count in sorted(part.skipped.items())
    ]


def unsteadiness(parts: list[Part]) -> list[str]:
    """Return the names of what failed, then passed: no landing is lost to it, and it is never hidden."""
    lines = [f"  {part.name:<14}instable : {name}" for part in parts for name in part.unsteady]
    return ["Ce qui a échoué, puis réussi au second essai", *lines] if lines else []


NIGHT = ("--nuit",)
PARTS: dict[str, Run] = {
    "qualite": quality,
    "sqlite": on_sqlite,
    "postgresql": on_postgresql,
    "navigateur": in_browser,
}
BY_NIGHT: dict[str, Run] = {
    **PARTS,
    "sqlite": lambda folder: on_sqlite(folder, *NIGHT),
    "postgresql": on_postgresql_entirely,
    "navigateur": lambda folder: in_browser(folder, *NIGHT),
}

if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
