"""The parts of `make test`, and the files that each loads: what a part would set aside is not even imported.

A journey in a browser is in a file named for it. A test that may behave otherwise on PostgreSQL says so in its file, by
the marker `deux_bases`: constraints, orders, locks, searches, copies, traces, filters of lists, two people at once.
In such a file, what is decided before the database is asked (a file that is no table, a sort that does not exist) says
so by `une_base`. The rest runs on SQLite, and on PostgreSQL with `make test ONLY=tout`.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

JOURNEYS = ("test_navigateur", "test_parcours")
BOTH = "deux_bases"
PARTS = ("sqlite", "postgresql", "postgresql-entier", "navigateur")


def is_journey(file: Path) -> bool:
    """Whether a file is named as one of journeys in a real browser."""
    return file.name.startswith(JOURNEYS)


def loads(part: str, file: Path) -> bool:
    """Whether a part loads a file of tests."""
    if is_journey(file) or part == "navigateur":
        return is_journey(file) and part == "navigateur"
    return part != "postgresql" or BOTH in file.read_text(encoding="utf-8")


def misplaced(items: Iterable[pytest.Item]) -> list[str]:
    """The journeys that no part would load, and what hides among the journeys: a sentence each."""
    return [
        f"{item.nodeid} : un parcours s’écrit dans {' ou '.join(f'{name}*.py' for name in JOURNEYS)}, et rien d’autre."
        for item in items
        if is_journey(item.path) != bool(item.get_closest_marker("navigateur"))
    ]
