"""The zone that a file names: that of the world’s table, that of Windows, or one that only its maker knows.

What a file says of its own zones (VTIMEZONE) is not read: a rule in it could run for ever. A zone that nobody knows is
read at the hour of the contract, and said.
"""

from datetime import tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones


@lru_cache(maxsize=256)
def zone_of(tzid: str) -> tzinfo | None:
    """The zone of a name: « Europe/Paris », « Romance Standard Time », « /mozilla.org/2005/Europe/Paris »."""
    name = tzid.strip().strip('"')
    tail = "/".join(name.strip("/").split("/")[-2:])
    known = next((one for one in (name, _windows().get(name, ""), tail) if one in _known()), "")
    return ZoneInfo(known) if known else None


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # slow to start

    return dict(WINDOWS_TO_OLSON)
