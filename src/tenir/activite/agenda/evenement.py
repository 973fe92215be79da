"""One event of a file, read: when, how long, what comes back, what it is called. Or why it is left."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from tenir.activite.agenda.fuseaux import zone_of
from tenir.activite.agenda.texte import Brut
from tenir.core import horloge

TITRE, LIEU = 200, 200
"""The most characters of what is read of a title, and of a place."""
DAY = timedelta(days=1)
COUPE = "il s’arrête au milieu : le fichier est sans doute coupé"
SANS_DATE = "sa date ne se lit pas"
LONG = "il dure plusieurs jours : une séance a un jour"
ZONE = "X-TENIR-ZONE"
"""What the zone of a moment is called while `icalendar` reads it: it would open the file of that name."""
_TZID = re.compile(r"^([A-Z-]+(?:;[^:;\"]*)*);TZID=", re.IGNORECASE)
PRIVATE = frozenset({"PRIVATE", "CONFIDENTIAL"})


class Ecarte(Exception):
    """An event that is left; the message says why, after « est laissé car »."""


@dataclass(frozen=True, slots=True)
class Lu:
    """An event. `debut` is a day, or the hour that clocks show in `zone`; `pour`: the day of the series that it moves.

    `minutes`: none for a whole day. `sauf`, `plus`: the days that its rule leaves out, and adds.
    """

    uid: str
    titre: str
    lieu: str
    debut: date
    zone: tzinfo
    minutes: int | None
    regle: Any
    sauf: frozenset[date]
    plus: tuple[date, ...]
    pour: date | None
    rang: int
    annule: bool
    prive: bool
    fuseau_inconnu: str

    @property
    def timed(self) -> bool:
        """Whether it has an hour."""
        return isinstance(self.debut, datetime)


def title_of(brut: Brut) -> str:
    """What an event is called, as far as it can be read."""
    said = next((one for one in brut.lignes if one[:7].upper() == "SUMMARY"), "")
    return clean(said.partition(":")[2].replace("\\n", " ").replace("\\", ""), TITRE)


def parse(brut: Brut, here: tzinfo, default: tzinfo) -> Lu:
    """An event read by `icalendar`. `here`: the zone of the contract; `default`: that of hours that say none.

    Raises:
        Ecarte: it cannot be.
    """
    if not brut.entier:
        raise Ecarte(COUPE)
    try:
        return _read(_event(brut), here, default)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, IndexError) as error:
        raise Ecarte(SANS_DATE) from error


def _event(brut: Brut) -> Any:
    from icalendar import Event  # slow to start

    lines = [_TZID.sub(rf"\1;{ZONE}=", one) for one in brut.lignes]
    return Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]))


def _read(event: Any, here: tzinfo, default: tzinfo) -> Lu:
    uid = clean(str(event.get("UID", "")), 1_000)
    if not uid:
        raise Ecarte("il n’a pas d’identifiant (UID)")
    begin = event["DTSTART"]
    debut, zone, unknown = _moment(begin.dt, _tzid(begin), here, default)
    return Lu(
        uid=uid,
        titre=clean(str(event.get("SUMMARY", "")), TITRE),
        lieu=clean(str(event.get("LOCATION", "")), LIEU),
        debut=debut,
        zone=zone,
        minutes=_minutes(event, debut, zone),
        regle=_rule(event),
        sauf=frozenset(_day(one, zone) for one in _listed(event, "EXDATE")),
        plus=tuple(_there(one, zone) for one in _listed(event, "RDATE")),
        pour=_day(event["RECURRENCE-ID"].dt, zone) if "RECURRENCE-ID" in event else None,
        rang=int(event.get("SEQUENCE", 0)),
        annule=str(event.get("STATUS", "")).upper() == "CANCELLED",
        prive=str(event.get("CLASS", "")).upper() in PRIVATE,
        fuseau_inconnu=unknown,
    )


def clean(text: str, most: int) -> str:
    """A text on one line, without signs that do not show."""
    shown = "".join(
        one if unicodedata.category(one) not in ("Cc", "Cs", "Zl", "Zp") else " " for one in text[: most * 4]
    )
    return " ".join(shown.split())[:most].strip()


def _tzid(prop: Any) -> str:
    return str(prop.params.get(ZONE, ""))


def _moment(given: date, tzid: str, here: tzinfo, default: tzinfo) -> tuple[date, tzinfo, str]:
    """A day, or the hour that clocks show; in which zone; the name of that zone when nobody knows it."""
    if not isinstance(given, datetime):
        return given, here, ""
    if tzid:
        zone = zone_of(tzid)
        return given.replace(tzinfo=None), zone or here, "" if zone else clean(tzid, 60)
    if given.tzinfo is not None:
        return given.astimezone(here).replace(tzinfo=None), here, ""
    return given, default, ""


def _there(given: date, zone: tzinfo) -> date:
    """A moment as clocks show it in a zone; what says no zone is there already."""
    if isinstance(given, datetime) and given.tzinfo is not None:
        return given.astimezone(zone).replace(tzinfo=None)
    return given


def _day(given: date, zone: tzinfo) -> date:
    there = _there(given, zone)
    return horloge.day_written(there) if isinstance(there, datetime) else there


def _listed(event: Any, name: str) -> Iterable[date]:
    """The moments of a property that may stand on several lines; periods begin where they begin."""
    held = event.get(name, [])
    for line in held if isinstance(held, list) else [held]:
        for one in line.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _rule(event: Any) -> Any:
    held = event.get("RRULE")
    if isinstance(held, list):
        raise Ecarte("il a plusieurs rythmes")
    return held


def _minutes(event: Any, debut: date, zone: tzinfo) -> int | None:
    """How long it lasts; nothing for a whole day, or when it does not say."""
    lasts = _lasts(event, debut, zone)
    if lasts > DAY:
        raise Ecarte(LONG)
    minutes = round(lasts.total_seconds() / 60)
    return minutes if minutes > 0 and isinstance(debut, datetime) else None


def _lasts(event: Any, debut: date, zone: tzinfo) -> timedelta:
    if "DURATION" in event:
        found: timedelta = event["DURATION"].dt
        return found
    if "DTEND" not in event:
        return timedelta()
    end, there, _ = _moment(event["DTEND"].dt, _tzid(event["DTEND"]), zone, zone)
    if isinstance(end, datetime) and isinstance(debut, datetime):
        return end.replace(tzinfo=there).astimezone(UTC) - debut.replace(tzinfo=zone).astimezone(UTC)
    return end - debut
