"""What the site writes must be in a transaction that it opened itself: the one around a test is no part of it.

A service that leaves a trace, or keeps a gesture, outside a transaction of its own is refused in production. In a test,
which runs in one, nothing would tell: here only those count that were opened since the test, or its request, began.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class SinceNow:
    """The connection as code of the site finds it: in no transaction but those opened since `since_now`."""

    def __getattr__(self, name: str) -> object:
        return getattr(connection, name)

    @property
    def in_atomic_block(self) -> bool:
        """Whether one was opened since."""
        return _depth() > getattr(connection, "opened_before", 0)


@contextmanager
def since_now() -> Iterator[None]:
    """Count from here the transactions that the site opens; those of fixtures and of the test are not its own."""
    before = getattr(connection, "opened_before", 0)
    connection.opened_before = _depth()
    try:
        yield
    finally:
        connection.opened_before = before


def _depth() -> int:
    """How many transactions are open, one in another, in this thread."""
    return connection.in_atomic_block + len(connection.savepoint_ids)
