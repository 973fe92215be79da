"""A request runs in one piece of the stack of Python, where going from one to the next made pages slow by luck.

CPython 3.11 to 3.13 keeps the frames of a thread in chunks of 16 kB (`push_chunk`, Python/pystate.c): a call that does
not fit asks the system for a chunk, and gives it back when it returns. A loop that happens to stand at the end of one
(a cell of a list, deep under templates) does so at each turn: 50 rows took 16 ms instead of 3. A first frame that asks
for more than a chunk gets one of its own size, twice over: all that it calls then fits. It takes addresses, not memory.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse

F = TypeVar("F", bound=Callable[..., Any])
ROOM = 2**16
"""Words (of 8 bytes) that the first frame asks for; as many are left to what it calls, some 1,500 calls deep."""


def in_one_piece(function: F) -> F:
    """Make of a function one below which no call leaves its chunk of the stack."""
    plain = cast(FunctionType, function)
    plain.__code__ = plain.__code__.replace(co_stacksize=ROOM)
    return function


class PileMiddleware:
    """The first of all: everything that answers a request is called by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @in_one_piece
    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)
