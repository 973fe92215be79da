"""A feed as calendar programs read it (RFC 5545): folding, escaping and zones are those of `icalendar`."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from tenir.activite.models import FluxDAgenda
from tenir.activite.services.evenements import Evenement
from tenir.core.typographie import typo

if TYPE_CHECKING:
    from icalendar import Event

PRODID = "-//Tenir//Registre//FR"
EVERY = timedelta(hours=6)
"""How often a program is asked to read a feed again."""
FICTIF = "Contrat fictif : rien de cela n’a lieu."
FORMAT = 1
"""Changed with what this module writes, so that no program keeps what a former version said."""


def empreinte(flux: FluxDAgenda, evenements: Sequence[Evenement]) -> str:
    """What tells a feed from what it was, without writing it."""
    said = (FORMAT, _name(flux), flux.espace.fuseau, flux.espace.fictif, *evenements)
    return f'"{hashlib.sha256(repr(said).encode()).hexdigest()}"'


def write(flux: FluxDAgenda, evenements: Sequence[Evenement]) -> bytes:
    """The file of a feed."""
    from icalendar import Calendar  # slow to start, for who opens no feed

    calendar = Calendar()
    add = calendar.add
    add("prodid", PRODID)
    add("version", "2.0")
    add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        add(name, _name(flux))
    add("x-wr-timezone", flux.espace.fuseau)
    add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    add("x-published-ttl", "PT6H")
    for one in evenements:
        calendar.add_component(_event(flux, one))
    if evenements:
        first, last = evenements[0].le.year, evenements[-1].le.year
        calendar.add_missing_timezones(first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1))
    written: bytes = calendar.to_ical()
    return written


def _name(flux: FluxDAgenda) -> str:
    """« Maison des habitants, Contrat de ville de Vallon »."""
    return typo(f"{flux}, {flux.espace}{' (fictif)' if flux.espace.fictif else ''}")


def _event(flux: FluxDAgenda, one: Evenement) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.change_le.astimezone(UTC))
    event.add("last-modified", one.change_le.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("summary", f"{one.titre}{' (fictif)' if flux.espace.fictif else ''}")
    event.add("dtstart", one.debut)
    event.add("dtend", one.fin)
    event.add("description", "\n".join(_told(flux, one)))
    if one.ou:
        event.add("location", one.ou)
    event.add("status", "CANCELLED" if one.annule else "CONFIRMED")
    event.add("transp", "OPAQUE" if isinstance(one.debut, datetime) else "TRANSPARENT")
    return event


def _told(flux: FluxDAgenda, one: Evenement) -> list[str]:
    kind = [] if one.nature == one.titre else [one.nature]
    return [typo(f"Organisme : {one.organisme}"), *kind, *([typo(FICTIF)] if flux.espace.fictif else [])]
