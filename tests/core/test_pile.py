"""A call costs the same however deep it is made: no request stands where the stack of Python changes chunks."""

import resource
import sys
from collections.abc import Callable

import pytest
from django.conf import settings

from tenir.core.pile import in_one_piece

CALLS = 100
DEPTHS = range(300)


def cell() -> int:
    return 0


def faults() -> int:
    """The pages of memory that the system had to give since this process began: a new chunk always asks for some."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def loop() -> int:
    """The pages asked for by a loop of calls that keep nothing."""
    before = faults()
    for _ in range(CALLS):
        cell()
    return faults() - before


def dig(depth: int) -> list[int]:
    """What the loop asks for at each depth down to this one, the deepest first."""
    below = dig(depth - 1) if depth else []
    return [*below, loop()]


def worst(dug: Callable[[int], list[int]]) -> int:
    return max(dug(len(DEPTHS)))


def test_below_the_first_middleware_no_depth_is_slow() -> None:
    assert settings.MIDDLEWARE[0] == "tenir.core.pile.PileMiddleware"

    @in_one_piece
    def within(depth: int) -> list[int]:
        return dig(depth)

    assert worst(within) < CALLS / 2


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="what later versions do is not ours to hold")
def test_without_it_a_loop_at_the_end_of_a_chunk_asks_the_system_at_each_call() -> None:
    assert worst(dig) >= CALLS


def test_a_function_made_roomy_answers_as_before() -> None:
    @in_one_piece
    def added(one: int, *, other: int = 2) -> int:
        return one + other

    assert added(1) == 3
    assert added(1, other=5) == 6
