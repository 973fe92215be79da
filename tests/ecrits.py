"""What a request writes: each table it changes, as it was before; the two hundred others need not be read.

Django tells every statement before it is run. One that is neither a reading, a point of return nor a change that is
known here is refused: nothing is written unseen. No table of ours has a trigger.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.models import Model

CHANGES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?')
READS = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|SET CONSTRAINTS|PRAGMA)\b")


class Ecrits:
    """The tables that something changes, `apart` from some that do not count."""

    def __init__(self, apart: Iterable[type[Model]] = ()) -> None:
        self.apart = {model._meta.db_table for model in apart}
        self.before: dict[str, list[str]] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        """Keep the table of a change as it stands, the first time."""
        if change := CHANGES.match(sql):
            if (table := change[1]) not in self.apart | self.before.keys():
                self.before[table] = rows_of(table)
        elif not READS.match(sql):
            raise LookupError(f"Ni une lecture, ni une écriture connue : {sql[:200]}")
        return execute(sql, *given)

    def changed(self) -> dict[str, tuple[list[str], list[str]]]:
        """The tables that are no longer as they were: before, now. What was taken back is no change."""
        now = {table: rows_of(table) for table in self.before}
        return {table: (rows, now[table]) for table, rows in self.before.items() if rows != now[table]}


@contextmanager
def written(apart: Iterable[type[Model]] = ()) -> Iterator[Ecrits]:
    """See what is written inside."""
    seen = Ecrits(apart)
    with connection.execute_wrapper(seen):
        yield seen


def rows_of(table: str) -> list[str]:
    """The rows of a table as the database keeps them, in an order of theirs."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table that Django named
        return sorted(map(repr, cursor.fetchall()))
