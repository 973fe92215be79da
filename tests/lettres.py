"""How each kind of message is made to leave, for the walk of them all (`tests/test_messages.py`).

Each room says it in `tests/<room>/messages.py`: `MESSAGES`, by the name of the kind.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils import timezone

from tenir.core.courriels import send_due

Make = Callable[[Any], object]


class Parts:
    """The ways in which a kind of message leaves, each the last to leave when it is made in a contract."""

    def __init__(self, *makes: Make, of_the_site: bool = False) -> None:
        self.makes, self.of_the_site = makes, of_the_site


@cache
def examples() -> dict[str, Parts]:
    """Every kind that some room makes leave."""
    rooms = sorted(path.parent.name for path in Path(__file__).parent.glob("*/messages.py"))
    return {kind: parts for room in rooms for kind, parts in import_module(f"tests.{room}.messages").MESSAGES.items()}


def each_example() -> Iterator[tuple[str, Make, bool]]:
    """Each way in which each kind leaves, and whether it is of the site rather than of a contract."""
    for kind, parts in sorted(examples().items()):
        for make in parts.makes:
            yield kind, make, parts.of_the_site


def leave(days: int = 0) -> None:
    """What waits leaves, some days later."""
    send_due(timezone.now() + timedelta(days=days))
