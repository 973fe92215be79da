"""Booking slots of a room, and giving them back. One slot is held once: the base refuses the second."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tenir.acteurs.models import Organisation
from tenir.activite.calendrier import Rythme, days
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.seuils import in_force
from tenir.core.trace import Fait
from tenir.core.typographie import clock_fr, date_fr, pluriel, typo
from tenir.ecran.annulation.annuler import ChangeDepuis, Objet
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.reservations.creneaux import (
    Creneau,
    Quart,
    day_fr,
    hours_fr,
    hours_of,
    is_past,
    nearest,
    taken,
    why_closed,
)
from tenir.reservations.enums import GenreDeReservation, Retour
from tenir.reservations.models import QuartDHeure, Reservation, Salle
from tenir.reservations.services.salles import locked
from tenir.reservations.seuils import AVANCE, PROCHES

GENRE = "réservation"
"""The kind of these facts in the trace; their object is the number of the booking."""
RIGHT = "reservation.update"
TOLD = ("salle", "genre", "titre", "debut", "fin", "semaines", "jours")
LEFT_OUT = "sauf_pris"
"""The field that says to leave out the days on which some of it is taken."""


@dataclass(frozen=True, slots=True)
class Demande:
    """What someone asks of a room: some hours of a day, once or until a day, and what for.

    `sauf_pris`: leave out the days on which some of it is taken already, rather than refuse it all.
    """

    jour: date
    debut: time
    fin: time
    genre: GenreDeReservation = GenreDeReservation.CONFIDENTIEL
    titre: str = ""
    semaines: int = Retour.UNE_FOIS
    au: date | None = None
    sauf_pris: bool = False

    @property
    def creneau(self) -> Creneau:
        """Its first hours."""
        return Creneau(self.jour, self.debut, self.fin)


def about(reservation: Reservation) -> Chose:
    """A booking as what is done to it is told, and undone; its words are those that anyone of the contract may read."""
    told_of = f"{reservation.salle}, {hours_fr(reservation.debut, reservation.fin)}"
    return Chose(reservation, GENRE, reservation.code, told_of, RIGHT)


@transaction.atomic
def book(*, by: Acces, salle: Salle, organisme: Organisation, demande: Demande) -> Reservation:
    """Hold slots of a room for a body.

    Raises:
        Refus: she may not, for this body.
        ValidationError: hours that the room does not offer, or past, too far; taken already (by what, and what is free
            nearest); a permanence without a title, a confidential one with words.
    """
    made = _asked(salle, organisme, demande)
    require(by, RIGHT, salle.espace, made)
    held = made.salle = locked(salle)
    _refuse_hours(held, demande)
    made.jours = [one.isoformat() for one in _free_days(held, demande)]
    made.numero = next_number(Reservation, held.espace)
    made.full_clean()
    with geste(by, about(made), f"réservée ({_days_fr(made.days)})") as g:
        g.keep(made)
        made.save()
        _hold(made, demande)
        said = {name: told(name, getattr(made, name), Reservation) for name in TOLD}
        g.tell([Fait(GENRE, made.code, label(name, Reservation), "", value) for name, value in said.items() if value])
    return made


@transaction.atomic
def cancel(
    *, by: Acces, reservation: Reservation, jour: date, suivants: bool = False, lu: Lu | None = None
) -> Reservation:
    """Give back one day of a booking, or that day and all that follow: others may have them.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it does not hold that day any more, or that day is over.
    """
    require(by, RIGHT, reservation.espace, reservation)
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("espace", "salle__espace", "organisme")
    found = still(rows, reservation)
    refuse_unread(lu, shown(found))
    held = found.days
    if jour not in held:
        raise ValidationError(f"Le {day_fr(jour)} n’est plus réservé.")
    if is_past(found.salle, jour, found.fin, horloge.now()):
        raise ValidationError(f"Le {day_fr(jour)} est passé : ce qui a eu lieu reste compté.")
    gone = [one for one in held if one == jour or (suivants and one > jour)]
    kept = [one for one in held if one not in gone]
    with geste(by, about(found), f"annulée ({_days_fr(gone)})") as g:
        g.keep(found)
        before, found.jours = told("jours", found.jours, Reservation), [one.isoformat() for one in kept]
        found.version += 1
        found.save()
        found.quarts.filter(jour__in=gone).delete()
        after = told("jours", found.jours, Reservation)
        g.tell([Fait(GENRE, found.code, label("jours", Reservation), before, after)])
    return found


def shown(reservation: Reservation) -> Lu:
    """What a page shows of a booking that it acts on."""
    return {
        "salle": str(reservation.salle),
        "heures": hours_fr(reservation.debut, reservation.fin),
        "jours": told("jours", reservation.jours, Reservation),
    }


@contextmanager
def kept_right(espace: EspaceDeContrat, states: Iterable[Mapping[str, Any]]) -> Iterator[None]:
    """Hold the rooms while bookings are put back, then hold their quarters of an hour again.

    `states`: values of bookings, as a gesture keeps them.

    Raises:
        ChangeDepuis: someone else booked meanwhile what would be taken again.
    """
    told_of = list(states)
    rooms = Salle.objects.select_for_update(of=("self",)).filter(pk__in={one["salle_id"] for one in told_of})
    list(rooms.order_by("pk"))  # held, in one order
    yield
    for one in Reservation.objects.of(espace).filter(pk__in={one["id"] for one in told_of}).order_by("pk"):
        one.quarts.all().delete()
        try:
            with transaction.atomic():
                _write_quarters(one)
        except IntegrityError as error:
            said = typo("pris entre-temps par quelqu’un d’autre")
            raise ChangeDepuis([Objet(GENRE, one.code, about(one).titre, [], said)]) from error


def _asked(salle: Salle, organisme: Organisation, demande: Demande) -> Reservation:
    return Reservation(
        espace=salle.espace,
        salle=salle,
        organisme=organisme,
        genre=demande.genre,
        titre=demande.titre.strip(),
        debut=demande.debut,
        fin=demande.fin,
        semaines=demande.semaines,
    )


def _refuse_hours(salle: Salle, demande: Demande) -> None:
    """Let through whole slots of an open day, that are to come and not too far."""
    if why := why_closed(salle, demande.jour):
        raise ValidationError({"jour": f"Cette salle {why}."})
    offered = hours_of(salle, demande.jour)
    if demande.fin <= demande.debut:
        raise ValidationError({"fin": "L’heure de fin vient avant celle du début."})
    if demande.debut not in {one.debut for one in offered} or demande.fin not in {one.fin for one in offered}:
        hours = hours_fr(salle.ouvre, salle.ferme)
        said = f"Cette salle se réserve {hours}, par créneaux de {salle.pas} minutes : choisissez parmi ces heures."
        raise ValidationError({"debut": said})
    if is_past(salle, demande.jour, demande.debut, horloge.now()):
        raise ValidationError({"debut": "Ce créneau est passé : choisissez-en un à venir."})
    _refuse_far(salle, demande)


def _refuse_far(salle: Salle, demande: Demande) -> None:
    today = horloge.today(salle.espace)
    most = today + timedelta(days=in_force(AVANCE, today))
    if demande.semaines and demande.au is None:
        raise ValidationError({"au": "Dites jusqu’à quel jour cela revient."})
    if demande.semaines and demande.au and demande.au < demande.jour:
        raise ValidationError({"au": "Le dernier jour vient avant le premier."})
    last, name = (demande.au, "au") if demande.semaines and demande.au else (demande.jour, "jour")
    if last > most:
        raise ValidationError({name: f"Une salle se réserve un an à l’avance au plus : jusqu’au {date_fr(most)}."})


def _days_asked(salle: Salle, demande: Demande) -> list[date]:
    """The days on which it comes back and the room is open."""
    if not demande.semaines:
        return [demande.jour]
    rythme = Rythme((demande.jour.weekday(),), demande.jour, demande.au, demande.semaines, sauf_feries=False)
    found = [one.le for one in days(rythme, demande.jour, demande.au or demande.jour)]
    return [one for one in found if not why_closed(salle, one)]


def _free_days(salle: Salle, demande: Demande) -> list[date]:
    """The days that are booked: all of those asked, or those that are free when she says so."""
    asked = _days_asked(salle, demande)
    held = taken(salle, asked[0], asked[-1])
    clashes = {day: found for day in asked if (found := _clash(held, demande, day))}
    if not clashes:
        return asked
    left = [one for one in asked if one not in clashes]
    if demande.sauf_pris and left:
        return left
    raise _refused(salle, demande, clashes, left)


def _clash(held: Mapping[Quart, int], demande: Demande, day: date) -> tuple[time, int] | None:
    """The first quarter of an hour that is taken on a day, and the booking that holds it."""
    quarts = replace(demande, jour=day).creneau.quarts()
    return next(((hour, held[day, hour]) for _, hour in quarts if (day, hour) in held), None)


def _refused(
    salle: Salle, demande: Demande, clashes: Mapping[date, tuple[time, int]], left: list[date]
) -> ValidationError:
    """What is there already, what is free nearest, and how to have the other days."""
    first = min(clashes)
    hour, pk = clashes[first]
    there = Reservation.objects.select_related("organisme").get(pk=pk)
    said = f"Le {day_fr(first)} à {clock_fr(hour)} est déjà pris{_by_whom(there)}."
    if len(clashes) > 1:
        said += f" {pluriel(len(clashes) - 1, 'autre jour l’est', 'autres jours le sont')} aussi."
    asked = replace(demande, jour=first).creneau
    near = nearest(salle, asked, in_force(PROCHES, first))
    free_near = f"Libre au plus près : {' ; '.join(str(one) for one in near)}." if near else "Rien n’est libre autour."
    said += f" {free_near}"
    faults = {"debut": said}
    if left:
        faults[LEFT_OUT] = "Cochez cette case pour réserver les autres jours."
    return ValidationError(faults)


def _by_whom(there: Reservation) -> str:
    """« par la permanence « Droits » (CCAS) »; nothing of a confidential one."""
    return f" : permanence « {there.titre} » ({there.organisme})" if there.is_permanence else ""


def _hold(made: Reservation, demande: Demande) -> None:
    """Write the quarters of an hour of a booking; whoever comes second is told what came first."""
    try:
        with transaction.atomic():
            _write_quarters(made)
    except IntegrityError as error:
        _free_days(made.salle, replace(demande, sauf_pris=False))
        raise ValidationError({"debut": "Ce créneau vient d’être pris : choisissez-en un autre."}) from error


def _write_quarters(made: Reservation) -> None:
    hours = [Creneau(day, made.debut, made.fin).quarts() for day in made.days]
    rows = [QuartDHeure(reservation=made, salle=made.salle, jour=day, debut=hour) for one in hours for day, hour in one]
    QuartDHeure.objects.bulk_create(rows, batch_size=500)


def _days_fr(found: list[date]) -> str:
    """« le 12 mars 2026 », « 40 jours du 12 mars 2026 au 4 février 2027 »."""
    if len(found) == 1:
        return f"le {date_fr(found[0])}"
    return f"{len(found)} jours du {date_fr(found[0])} au {date_fr(found[-1])}"
