"""Meetings as calendar programs read them (RFC 5545): a file beside a message, the feeds of the public site.

A file beside a message is published, not requested: what one answers in a calendar would not be read, and what is asked
must count (ADR 0058). The same `UID` and a greater `SEQUENCE` change or call off what a calendar holds already.
"""

from collections.abc import Sequence
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


def write(espace: EspaceDeContrat, reunions: Sequence[Reunion], nom: str = "") -> bytes:
    """The file of some meetings of a contract; `nom`: what a calendar calls it, when it is a feed.

    A feed is dated of the day, not of the second: it is not sent again while it says the same.
    """
    from icalendar import Calendar  # slow to start, for who opens no feed

    calendar = Calendar()
    for name, value in (("prodid", PRODID), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    if nom:
        calendar.add("x-wr-calname", typo(nom))
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(horloge.today(espace), MIDDAY, tzinfo=UTC) if nom else horloge.now().astimezone(UTC)
    for one in reunions:
        calendar.add_component(_event(espace, one, stamp))
    timed = [one.jour.year for one in reunions if one.debut]
    if timed:
        calendar.add_missing_timezones(first_date=date(min(timed), 1, 1), last_date=date(max(timed) + 1, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def title_of(reunion: Reunion) -> str:
    """« Comité de pilotage : bilan de l’année »."""
    return typo(f"{reunion.instance.nom} : {reunion.objet}" if reunion.objet else reunion.instance.nom)


def _event(espace: EspaceDeContrat, reunion: Reunion, stamp: datetime) -> Any:
    from icalendar import Event

    event = Event()
    start, end = _span(espace, reunion)
    event.add("uid", f"reunion-{reunion.pk}@{host()}")
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


def _span(espace: EspaceDeContrat, reunion: Reunion) -> tuple[date | datetime, date | datetime]:
    if reunion.debut is None:
        return reunion.jour, reunion.jour + timedelta(days=1)
    start = _at(espace, reunion.jour, reunion.debut)
    return start, _at(espace, reunion.jour, reunion.fin) if reunion.fin else start + LASTS


def _at(espace: EspaceDeContrat, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(espace.fuseau))
