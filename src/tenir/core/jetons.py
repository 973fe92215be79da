"""The secret of a link: made of a number, of a chance kept in the base, and of the secret of the site, which is not.

The base alone opens nothing. A new secret of the site makes new links and opens those of the former ones, as long as
these are kept; without them, links already sent are dead, and rooms say how many (`Piece(links=…)`).
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from tenir.core.piece import by_name

SHAPE = re.compile(r"^(\d{1,12})-([0-9a-f]{64})$")
Row = TypeVar("Row", bound=Model)
OF_THE_SECRET = "tenir.core.secret"  # noqa: S105 (a purpose, no secret)


class LienNonDeclare(LookupError):
    """The code makes a link of a kind that no room counts."""


def make(salt: str, number: int, told: str) -> str:
    """The secret part of an address. `salt`: the one purpose of the link; `told`: what it is made of.

    Raises:
        LienNonDeclare: no room says how many of them are open.
    """
    if salt not in by_name("links"):
        raise LienNonDeclare(salt)
    return _made(salt, number, told, settings.SECRET_KEY)


def number_of(jeton: str) -> int | None:
    """The number that a secret says it is of; none for what no secret looks like."""
    shape = SHAPE.match(jeton)
    return int(shape[1]) if shape else None


def is_true(jeton: str, salt: str, number: int, told: str) -> bool:
    """Whether a secret is the one made of this, with the secret of the site or a former one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(_made(salt, number, told, key), jeton) for key in keys)


def find(jeton: str, salt: str, rows: QuerySet[Row], told: Callable[[Row], str]) -> Row | None:
    """The row that a secret is of, whatever became of it; one query, or none for what no secret looks like.

    `told`: what the secret of a row is made of, as for `make`.
    """
    number = number_of(jeton)
    found = rows.filter(pk=number).first() if number is not None else None
    return found if found is not None and is_true(jeton, salt, found.pk, told(found)) else None


def open_links(now: datetime) -> int:
    """How many links already given open something now."""
    return sum(count(now) for count in by_name("links").values())


def fingerprint(key: str) -> str:
    """What tells one secret of the site from another, and nothing of it: it is long, and drawn at random."""
    return salted_hmac(OF_THE_SECRET, "", secret=key, algorithm="sha256").hexdigest()


def fingerprints() -> list[str]:
    """Those of the secret of this site and of the former ones it keeps."""
    return [fingerprint(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _made(salt: str, number: int, told: str, key: str) -> str:
    return f"{number}-{salted_hmac(salt, f'{number}/{told}', secret=key, algorithm='sha256').hexdigest()}"
