"""The same facts as programs read them: Atom for what happened, a calendar for what comes. Their names never change."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.feedgenerator import Atom1Feed

from tenir.contrat.adresses import address
from tenir.core import horloge
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.moment.faits import TITRES, FaitDuMoment, Sorte

if TYPE_CHECKING:
    from icalendar import Event

PRODID = "-//Tenir//En ce moment//FR"
EVERY = timedelta(hours=6)
FICTIF = "Contrat fictif : rien de cela n’a lieu."
MIDDAY = time(12)
"""The hour of what has a day and no hour: the same day everywhere."""


class Flux(Atom1Feed):
    """A feed without entries says the first day of its contract, never the moment it is asked: it is the same twice."""

    def latest_post_date(self) -> datetime:
        """When its last entry is of."""
        last: datetime = max((item["pubdate"] for item in self.items), default=self.feed["debut"])
        return last


def atom(espace: EspaceDeContrat, faits: Iterable[FaitDuMoment], here: str, page: str) -> str:
    """A feed of what began, was done, stopped or was told, the latest first."""
    told = sorted((one for one in faits if one.sorte != Sorte.VIENT), key=lambda one: (one.le, one.cle), reverse=True)
    feed = Flux(
        debut=datetime(espace.debut, 1, 1, 12, tzinfo=UTC),
        title=_name(espace),
        link=page,
        description=None,
        language="fr",
        feed_url=here,
        feed_guid=_guid(espace, here, ""),
        subtitle=typo(FICTIF) if espace.fictif else None,
    )
    for one in told:
        moment = datetime.combine(one.le, MIDDAY, tzinfo=UTC)
        feed.add_item(
            title=f"{one.titre}{_fictif(espace)} : {one.quoi}",
            link=_at(here, espace, one.code),
            description=one.detail or one.quoi,
            unique_id=_guid(espace, here, one.cle),
            pubdate=moment,
            updateddate=moment,
            categories=[TITRES[one.sorte]],
        )
    return feed.writeString("utf-8")


def calendar(espace: EspaceDeContrat, faits: Iterable[FaitDuMoment], here: str) -> bytes:
    """A calendar of what comes: each a whole day, that takes nobody's time."""
    from icalendar import Calendar  # slow to start, for who opens no feed

    found = Calendar()
    found.add("prodid", PRODID)
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        found.add(name, _name(espace))
    found.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT6H")
    for one in faits:
        if one.sorte == Sorte.VIENT:
            found.add_component(_event(espace, one, here))
    written: bytes = found.to_ical()
    return written


def _event(espace: EspaceDeContrat, one: FaitDuMoment, here: str) -> "Event":
    """Stamped by the day: the same facts give the same bytes until tomorrow."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{one.cle}@{espace.slug}.{urlsplit(here).hostname}")
    event.add("dtstamp", datetime.combine(horloge.today(espace), MIDDAY, tzinfo=UTC))
    event.add("summary", f"{one.quoi}{_fictif(espace)}")
    event.add("dtstart", one.le)
    event.add("dtend", one.le + timedelta(days=1))
    event.add("description", "\n".join([f"{one.code} {one.titre}", *([typo(FICTIF)] if espace.fictif else [])]))
    event.add("url", _at(here, espace, one.code))
    event.add("transp", "TRANSPARENT")
    return event


def _name(espace: EspaceDeContrat) -> str:
    return typo(f"En ce moment, {espace.titre}")


def _fictif(espace: EspaceDeContrat) -> str:
    return " (fictif)" if espace.fictif else ""


def _guid(espace: EspaceDeContrat, here: str, cle: str) -> str:
    """A name that never changes (RFC 4151), whatever the address of the page becomes."""
    return f"tag:{urlsplit(here).hostname},{espace.debut}:{espace.slug}/{cle}"


def _at(here: str, espace: EspaceDeContrat, code: str) -> str:
    parts = urlsplit(here)
    return f"{parts.scheme}://{parts.netloc}{address(espace.slug, code)}"
