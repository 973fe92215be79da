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
from typing import Protocol, TypeVar

from django.db import transaction

T = TypeVar("T")


class Blocker(Protocol):
    """What pytest-django keeps between the tests and the database."""

    def unblock(self) -> AbstractContextManager[None]: ...


@contextmanager
def shared(blocker: Blocker, make: Callable[[], T]) -> Iterator[T]:
    """Give what `make` made, in a transaction around the tests that run inside."""
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    try:
        with blocker.unblock():
            made = make()
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
