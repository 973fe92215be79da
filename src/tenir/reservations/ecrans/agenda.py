"""The permanences of a room as a file that calendar programs read (RFC 5545); nothing of what is confidential."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tenir.core import horloge
from tenir.core.typographie import typo
from tenir.reservations.models import Reservation, Salle

PRODID = "-//Tenir//Salles//FR"
FICTIF = "Contrat fictif : rien de cela n’a lieu."

Fait = tuple[Salle, date, Reservation]


def write(salle: Salle, faits: Sequence[Fait]) -> bytes:
    """The file: an event for each day of each permanence."""
    from icalendar import Calendar, Event  # slow to start, for who takes no file

    calendar = Calendar()
    name = typo(f"{salle}, {salle.ou}{' (fictif)' if salle.espace.fictif else ''}")
    for key, value in (("prodid", PRODID), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", name)):
        calendar.add(key, value)
    zone, now = ZoneInfo(salle.espace.fuseau), horloge.now().astimezone(UTC)
    for _, day, one in faits:
        event = Event()
        event.add("uid", f"salle-{salle.pk}-reservation-{one.pk}-{day.isoformat()}@tenir")
        event.add("dtstamp", now)
        event.add("summary", f"{one.titre}{' (fictif)' if salle.espace.fictif else ''}")
        event.add("dtstart", datetime.combine(day, one.debut, zone))
        event.add("dtend", datetime.combine(day, one.fin, zone))
        event.add("location", name)
        told = [typo(f"Organisme : {one.organisme}"), *([typo(FICTIF)] if salle.espace.fictif else [])]
        event.add("description", "\n".join(told))
        calendar.add_component(event)
    if faits:
        first, last = faits[0][1].year, faits[-1][1].year
        calendar.add_missing_timezones(first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1))
    written: bytes = calendar.to_ical()
    return written
