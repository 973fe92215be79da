"""Meetings as calendar programs read them (RFC 5545): a file beside a message, the feeds of the public site.

A file beside a message invites its one address, when the contract says where what a calendar answers is received: the
team reads it on the page of the meeting (ADR 0058). Any other is published, not requested. The same `UID` and a greater
`SEQUENCE` change or call off what a calendar holds already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tenir.core import horloge
from tenir.core.lettre import host
from tenir.core.typographie import typo
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat

PRODID = "-//Tenir//Réunions//FR"
TYPE = "text/calendar; charset=utf-8"
FICTIF = "Contrat fictif : rien de cela n’a lieu."
MIDDAY = time(12)
LASTS = timedelta(hours=2)
"""How long a meeting lasts when nobody said when it ends."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who invites by a file, which address, and where what her calendar answers is received."""

    de: str
    nom: str
    a: str


@dataclass(frozen=True, slots=True)
class Rappel:
    """A day that a feed recalls beside meetings: what it is called there, the day, a title, where it is read."""

    uid: str
    jour: date
    titre: str
    url: str


def uid_of(reunion: Reunion) -> str:
    """What calendars call a meeting."""
    return f"reunion-{reunion.pk}@{host()}"


def write(
    espace: EspaceDeContrat,
    reunions: Sequence[Reunion],
    nom: str = "",
    invitation: Invitation | None = None,
    *,
    page: Callable[[Reunion], str] | None = None,
    rappels: Sequence[Rappel] = (),
) -> bytes:
    """The file of some meetings of a contract; `nom`: what a calendar calls it, when it is a feed.

    `page`: where a meeting is read, for whoever signs in; `rappels`: days recalled beside them.

    A feed is dated of the day, not of the second: it is not sent again while it says the same.
    """
    from icalendar import Calendar  # slow to start, for who opens no feed

    calendar = Calendar()
    for name, value in (("prodid", PRODID), ("version", "2.0"), ("method", _method(reunions, invitation))):
        calendar.add(name, value)
    if nom:
        calendar.add("x-wr-calname", typo(nom))
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(horloge.today(espace), MIDDAY, tzinfo=UTC) if nom else horloge.now().astimezone(UTC)
    for one in reunions:
        event = _event(espace, one, stamp, invitation)
        if page:
            event.add("url", page(one))
        calendar.add_component(event)
    for each in rappels:
        calendar.add_component(_day(espace, each, stamp))
    timed = [one.jour.year for one in reunions if one.debut]
    if timed:
        calendar.add_missing_timezones(first_date=date(min(timed), 1, 1), last_date=date(max(timed) + 1, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def title_of(reunion: Reunion) -> str:
    """« Comité de pilotage : bilan de l’année »."""
    return typo(f"{reunion.instance.nom} : {reunion.objet}" if reunion.objet else reunion.instance.nom)


def _method(reunions: Sequence[Reunion], invitation: Invitation | None) -> str:
    if invitation is None:
        return "PUBLISH"
    return "CANCEL" if any(one.etat == EtatDeReunion.ANNULEE for one in reunions) else "REQUEST"


def _invite(event: Any, invitation: Invitation) -> None:
    """Who invites whom; a calendar then answers (RFC 5546)."""
    from icalendar import vCalAddress

    who = vCalAddress(f"mailto:{invitation.de}")
    who.params["CN"] = invitation.nom
    event.add("organizer", who)
    guest = vCalAddress(f"mailto:{invitation.a}")
    guest.params |= {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    event.add("attendee", guest, encode=False)


def _event(espace: EspaceDeContrat, reunion: Reunion, stamp: datetime, invitation: Invitation | None) -> Any:
    from icalendar import Event

    event = Event()
    start, end = _span(espace, reunion)
    event.add("uid", uid_of(reunion))
    if invitation:
        _invite(event, invitation)
    event.add("dtstamp", stamp)
    event.add("sequence", reunion.sequence)
    event.add("summary", f"{title_of(reunion)}{' (fictif)' if espace.fictif else ''}")
    event.add("dtstart", start)
    event.add("dtend", end)
    if reunion.lieu:
        event.add("location", reunion.lieu)
    event.add("description", typo(f"{espace.titre}{f'. {FICTIF}' if espace.fictif else ''}"))
    event.add("status", "CANCELLED" if reunion.etat == EtatDeReunion.ANNULEE else "CONFIRMED")
    event.add("transp", "OPAQUE" if reunion.debut else "TRANSPARENT")
    return event


def _day(espace: EspaceDeContrat, rappel: Rappel, stamp: datetime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{rappel.uid}@{host()}")
    event.add("dtstamp", stamp)
    event.add("summary", f"{typo(rappel.titre)}{' (fictif)' if espace.fictif else ''}")
    event.add("dtstart", rappel.jour)
    event.add("dtend", rappel.jour + timedelta(days=1))
    event.add("url", rappel.url)
    event.add("transp", "TRANSPARENT")
    return event


def _span(espace: EspaceDeContrat, reunion: Reunion) -> tuple[date | datetime, date | datetime]:
    if reunion.debut is None:
        return reunion.jour, reunion.jour + timedelta(days=1)
    start = _at(espace, reunion.jour, reunion.debut)
    return start, _at(espace, reunion.jour, reunion.fin) if reunion.fin else start + LASTS


def _at(espace: EspaceDeContrat, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(espace.fuseau))
