"""Booking through a carnet: for the body of the carnet, what its person may see, hold and give back."""

from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.rattachements import with_services
from tenir.activite.models import Carnet
from tenir.activite.services.par_carnet import acces_of
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.marques import Lu
from tenir.ecran.annulation.annuler import DejaAnnule, Irrevocable, mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.reservations.creneaux import is_past, slots
from tenir.reservations.models import Reservation, Salle, SalleQuerySet
from tenir.reservations.services.reservations import RIGHT, Demande, book, cancel

SHOWN = timedelta(days=60)
"""How far ahead a carnet shows what its body holds."""


def rooms_of(carnet: Carnet) -> SalleQuerySet:
    """The rooms that may be booked today, by name."""
    return Salle.objects.of(carnet.espace).going(horloge.today(carnet.espace)).order_by(alphabetical("nom"), "numero")


def bodies_of(carnet: Carnet) -> set[str]:
    """The bodies whose bookings are those of a carnet."""
    return set(with_services(carnet.organisme.identifiant))


def held_by(carnet: Carnet) -> list[tuple[Reservation, date]]:
    """What its body holds and is to come these two months, day by day; one query."""
    today, now = horloge.today(carnet.espace), horloge.now()
    rows = Reservation.objects.of(carnet.espace).filter(
        organisme__identifiant__in=bodies_of(carnet), quarts__jour__range=(today, today + SHOWN)
    )
    found = [
        (one, day)
        for one in rows.distinct()
        for day in one.days
        if day <= today + SHOWN and not is_past(one.salle, day, one.fin, now)
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].debut, pair[0].pk))


def book_slot(carnet: Carnet, salle: Salle, moment: str) -> Reservation:
    """Hold one confidential slot, by when it begins: « 2026-12-01T09:30 ».

    Raises:
        ValidationError: the room offers no such slot, or as for `book`.
    """
    day, _, hour = moment.partition("T")
    try:
        jour, debut = date.fromisoformat(day), time.fromisoformat(hour)
    except ValueError as error:
        raise ValidationError("Touchez un créneau libre.") from error
    found = next((one for one in slots(salle, jour) if one.debut == debut), None)
    if found is None:
        raise ValidationError("Cette salle n’a pas ce créneau : touchez-en un de la page.")
    return book_hours(carnet, salle, Demande(jour, found.debut, found.fin))


def book_hours(carnet: Carnet, salle: Salle, demande: Demande) -> Reservation:
    """Hold what is asked, for the body of a carnet.

    Raises:
        ValidationError: as for `book`.
    """
    return book(by=acces_of(carnet), salle=salle, organisme=carnet.organisme, demande=demande)


def give_back(
    carnet: Carnet, reservation: Reservation, *, jour: date, suivants: bool = False, lu: Lu | None = None
) -> Reservation:
    """Cancel what its body holds.

    Raises:
        Perime, ValidationError: as for `cancel`.
    """
    return cancel(by=acces_of(carnet), reservation=reservation, jour=jour, suivants=suivants, lu=lu)


def undoable(carnet: Carnet) -> list[Geste]:
    """The gestures of these minutes of the one whose carnet it is, on bookings of its body and nothing else."""
    rows = Geste.objects.undoable(horloge.now()).filter(espace=carnet.espace, par=carnet.personne)
    bodies = bodies_of(carnet)
    return [one for one in rows.prefetch_related("lignes") if _is_on(one, bodies)]


@transaction.atomic
def take_back(carnet: Carnet, numero: int) -> None:
    """Undo a booking, or a cancellation, made through a carnet.

    Raises:
        ChangeDepuis: someone else booked it since.
        DejaAnnule, Irrevocable: as for `annuler.undo`; it is none of `undoable`.
    """
    by = acces_of(carnet)
    found = next((one for one in undoable(carnet) if one.pk == numero), None)
    if found is None:
        done = Geste.objects.filter(pk=numero, espace=carnet.espace, par=carnet.personne, annule_le__isnull=False)
        raise DejaAnnule if done.exists() else Irrevocable("Cela ne se défait plus : annulez plutôt la réservation.")
    undo(by=by, geste=found, shown=mark_of(standing(found, by)))


def _is_on(geste: Geste, bodies: set[str]) -> bool:
    lines = geste.lignes.all()
    if not lines or any(line.droit != RIGHT or line.chose != Reservation._meta.label for line in lines):
        return False
    numbers = {line.numero_de_chose for line in lines}
    held = Reservation.objects.filter(pk__in=numbers, organisme__identifiant__in=bodies)
    return held.count() == len(numbers)
