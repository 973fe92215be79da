"""Keeping rooms: open one, change it, offer it no more."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import clock_fr, date_fr, pluriel
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import label, nouns, told
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require
from tenir.reservations.champs import WRITTEN
from tenir.reservations.creneaux import QUART, day_fr, exists, why_closed
from tenir.reservations.models import QuartDHeure, Salle, minutes_of

GENRE = "salle"
"""The kind of these facts in the trace; their object is the number of the room."""
RIGHT = "salle.update"
OFF_THE_QUARTER = "Une salle s’ouvre et se ferme à un quart d’heure juste : 9 h, 9 h 15, 9 h 30, 9 h 45."


def about(salle: Salle) -> Chose:
    """A room as what is done to it is told, and undone."""
    return Chose(salle, GENRE, salle.code, f"salle {salle}", RIGHT)


@transaction.atomic
def create_salle(*, by: Acces, espace: EspaceDeContrat, values: Mapping[str, Any]) -> Salle:
    """Offer a room.

    Raises:
        Refus: she may not.
        ValidationError: a field that it cannot hold.
    """
    require(by, RIGHT, espace)
    made = Salle(espace=espace, ouverte_le=horloge.today(espace), **values)
    made.numero = next_number(Salle, espace)
    _check(made)
    with geste(by, about(made), "ajoutée") as g:
        g.keep(made)
        made.save()
        said = {name: told(name, getattr(made, name), Salle) for name in WRITTEN}
        g.tell([Fait(GENRE, made.code, label(name, Salle), "", value) for name, value in said.items() if value])
    return made


@transaction.atomic
def change_salle(*, by: Acces, salle: Salle, version: int, changes: Mapping[str, Any]) -> Salle:
    """Change a room. What is booked in it stays as it is: hours that would leave some of it out are refused.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a field that it cannot hold, or something booked that its new hours leave out.
    """
    require(by, RIGHT, salle.espace)
    found = locked(salle)
    changed = changed_fields(found, changes, WRITTEN)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, found.code, found, changed)
    with geste(by, about(found), f"changée ({nouns(changed, Salle)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        _check(found)
        _refuse_left_out(found)
        found.save()
        g.tell(facts)
    return found


@transaction.atomic
def close_salle(*, by: Acces, salle: Salle, lu: Lu | None = None) -> Salle:
    """Offer a room no more, from today; what was booked in it and is over stays counted.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is closed already, or something is still booked in it.
    """
    require(by, RIGHT, salle.espace)
    found = locked(salle)
    refuse_unread(lu, shown(found))
    if found.fermee_le:
        raise ValidationError("Cette salle n’est déjà plus proposée.")
    today = horloge.today(found.espace)
    if left := _to_come(found).values("reservation").distinct().count():
        many = pluriel(left, "réservation", genre="f")
        raise ValidationError(f"Il reste {many} à venir dans cette salle : annulez d’abord ce qui y est réservé.")
    with geste(by, about(found), "plus proposée") as g:
        g.keep(found)
        found.fermee_le = today
        found.version += 1
        found.save()
        g.tell([Fait(GENRE, found.code, label("fermee_le", Salle), "", date_fr(today))])
    return found


def shown(salle: Salle) -> Lu:
    """What a page shows of a room."""
    return {"salle": salle.nom, "où": salle.ou, "plus proposée depuis le": told("fermee_le", salle.fermee_le, Salle)}


def locked(salle: Salle) -> Salle:
    """A room, held until the end of the transaction: what is booked in it is booked one after the other."""
    return still(Salle.objects.select_for_update(of=("self",)).select_related("espace", "organisme"), salle)


def places_of(espace: EspaceDeContrat) -> Any:
    """The places that a room may be in: those that residents find in the directory."""
    from tenir.activite.annuaire import directories, found_by_residents  # the kinds are slow to start

    return found_by_residents(espace, directories(espace)).order_by(alphabetical("libelle"), "pk")


def _to_come(salle: Salle) -> "QuerySet[QuartDHeure]":
    """The quarters of an hour that are booked in a room and not over: this morning keeps nothing open."""
    today, now = horloge.today(salle.espace), horloge.local(horloge.now(), salle.espace).time()
    later = Q(jour__gt=today) | Q(jour=today, debut__gte=now)
    return QuartDHeure.objects.filter(later, salle=salle).order_by()


def _check(salle: Salle) -> None:
    place = salle.lieu_ouvert
    if place and (place.espace_id != salle.espace_id or place.lecture > 0):
        raise ValidationError({"lieu_ouvert": "Choisissez un lieu de l’annuaire de ce contrat."})
    if any(hour and minutes_of(hour) % QUART for hour in (salle.ouvre, salle.ferme)):
        raise ValidationError({"ouvre": OFF_THE_QUARTER})
    salle.full_clean()
    if minutes_of(salle.ferme) - minutes_of(salle.ouvre) < salle.pas:
        raise ValidationError({"ferme": "La salle ferme avant la fin d’un premier créneau."})


def _refuse_left_out(salle: Salle) -> None:
    """What is booked and to come stays within the hours of its room."""
    for jour, debut in _to_come(salle).order_by("jour", "debut").values_list("jour", "debut"):
        if why_closed(salle, jour) or not (salle.ouvre <= debut < salle.ferme and exists(salle, jour, debut)):
            told_of = f"Le {day_fr(jour)} à {clock_fr(debut)} est déjà pris : annulez-le d’abord, ou gardez ces heures."
            raise ValidationError({"ouvre": told_of})
