"""The secret of a link: made of a number, of a chance kept in the base, and of the secret of the site, which is not.

The base alone opens nothing; changing the secret of the site closes every link.
"""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

SHAPE = re.compile(r"^(\d{1,12})-([0-9a-f]{64})$")


def make(salt: str, number: int, told: str) -> str:
    """The secret part of an address. `salt`: the one purpose of the link; `told`: what it is made of."""
    return f"{number}-{_signature(salt, number, told)}"


def number_of(jeton: str) -> int | None:
    """The number that a secret says it is of; none for what no secret looks like."""
    shape = SHAPE.match(jeton)
    return int(shape[1]) if shape else None


def is_true(jeton: str, salt: str, number: int, told: str) -> bool:
    """Whether a secret is the one made of this."""
    return constant_time_compare(make(salt, number, told), jeton)


def _signature(salt: str, number: int, told: str) -> str:
    return salted_hmac(salt, f"{number}/{told}", algorithm="sha256").hexdigest()
