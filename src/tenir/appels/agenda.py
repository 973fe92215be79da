"""The days of calls for projects as calendar programs read them (RFC 5545): when one opens, closes, is answered.

Dated of the day, not of the second: the same is said twice the same way.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tenir.appels.models import AppelAProjets
from tenir.core import horloge
from tenir.core.lettre import host
from tenir.core.typographie import typo
from tenir.gouvernance.agenda import FICTIF
from tenir.habilitations.models import EspaceDeContrat

PRODID = "-//Tenir//Appels à projets//FR"
NOON = time(12)
SAID = {
    "ouvre_le": "Ouverture",
    "ferme_le": "Dernier jour pour déposer",
    "comite_le": "Comité des financeurs",
    "reponse_le": "Réponse attendue",
}
"""What is said of each day."""


def days_of(appel: AppelAProjets) -> Iterator[tuple[str, str, date]]:
    """Each day of a call that is said: its field, its words, the day."""
    for name, words in SAID.items():
        day: date | None = getattr(appel, name)
        if day is not None:
            yield name, words, day


def write(espace: EspaceDeContrat, appels: Iterable[AppelAProjets], nom: str) -> bytes:
    """The feed of the days of some calls of a contract."""
    from icalendar import Calendar  # slow to start, for who opens no feed

    calendar = Calendar()
    for name, value in (("prodid", PRODID), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", typo(nom))):
        calendar.add(name, value)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(horloge.today(espace), NOON, tzinfo=UTC)
    for appel in appels:
        for name, words, day in days_of(appel):
            calendar.add_component(_event(espace, appel, name, words, day, stamp))
    written: bytes = calendar.to_ical()
    return written


def _event(espace: EspaceDeContrat, appel: AppelAProjets, name: str, words: str, day: date, stamp: datetime) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"appel-{appel.pk}-{name.removesuffix('_le')}@{host()}")
    event.add("dtstamp", stamp)
    event.add("sequence", appel.version)
    event.add("summary", typo(f"{words} : {appel.titre}{' (fictif)' if espace.fictif else ''}"))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("description", typo(f"{espace.titre}{f'. {FICTIF}' if espace.fictif else ''}"))
    event.add("transp", "TRANSPARENT")
    return event
