"""What the tests of a module share: made once, seen by each of them, rolled back after the last.

A fixture that makes a contract or people for every test costs more than most tests. In a module where all of them need
it:

    @pytest.fixture(scope="module")
    def _made(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, Personne]]:
        with shared(django_db_blocker, make_people) as made:
            yield made

    @pytest.fixture
    def people(_made: dict[str, Personne], db: None) -> dict[str, Personne]:
        return deepcopy(_made)

Each test still has a transaction of its own inside, so that what it changes is undone; the copy is for what it changes
in memory. Not for a module that commits (`transactional_db`, `live_server`), nor for one that counts on empty tables:
the order of tests is drawn by lot.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

from django.db import transaction

T = TypeVar("T")


class Blocker(Protocol):
    """What pytest-django keeps between the tests and the database."""

    def unblock(self) -> AbstractContextManager[None]: ...


following: set[str] = set()
"""What the tests of the next file ask for, as the last of a file ends (`tests/conftest.py` says it)."""
kept: dict[str, tuple[transaction.Atomic, Any]] = {}
"""What a module made and left to the next, by its name."""


@contextmanager
def shared(blocker: Blocker, make: Callable[[], T], *, lent: str = "") -> Iterator[T]:
    """Give what `make` made, in a transaction around the tests that run inside.

    `lent`: the fixture of several modules under whose name it is left to the next, when that one asks for it at once.
    """
    around, made = kept.pop(lent, None) or _opened(blocker, make)
    try:
        yield made
    finally:
        if lent in following:
            kept[lent] = around, made
        else:
            _taken_back(blocker, around)


def _opened(blocker: Blocker, make: Callable[[], T]) -> tuple[transaction.Atomic, T]:
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
        try:
            return around, make()
        except BaseException:
            _taken_back(blocker, around)
            raise


def _taken_back(blocker: Blocker, around: transaction.Atomic) -> None:
    with blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
