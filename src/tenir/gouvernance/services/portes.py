"""Attendance at the door: the link of the day, renewed at will, and a body that says by it that it is there."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge, jetons
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.gouvernance.enums import TO_COME, EtatDeReunion, Reponse
from tenir.gouvernance.models import Convocation, PorteDeReunion, Reunion
from tenir.gouvernance.services.commun import REUNION
from tenir.gouvernance.services.liens import LienClos
from tenir.gouvernance.services.reunions import locked, told_presence
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

RIGHT = "reunion.update"
SALT = "tenir.gouvernance.porte"


@transaction.atomic
def open_door(*, by: Acces, reunion: Reunion) -> PorteDeReunion:
    """Make the link of the door of a meeting; asked again, another secret: the code printed before is dead.

    Raises:
        Refus: she may not.
        ValidationError: the meeting is over.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    if not found.is_to_come:
        raise ValidationError("Cette réunion est tenue, ou annulée : il n’y a plus de porte à ouvrir.")
    fresh = {"alea": secrets.token_urlsafe(), "ouverte_par": by.personne, "ouverte_le": horloge.now()}
    door, made = PorteDeReunion.objects.update_or_create(reunion=found, defaults=fresh)
    fact = Fait(REUNION, found.code, "porte", "" if made else "ouverte", "ouverte" if made else "lien changé")
    record(trace_of(found.espace), by.auteur(found.espace), [fact])
    return door


def token_of(door: PorteDeReunion) -> str:
    """The secret part of the address: one purpose, one meeting."""
    return jetons.make(SALT, door.pk, _told(door))


def find(jeton: str) -> PorteDeReunion | None:
    """The door that a secret opens, whatever became of it; one query, or none for what no link looks like."""
    rows = PorteDeReunion.objects.select_related("reunion__espace", "reunion__instance__instance")
    return jetons.find(jeton, SALT, rows, _told)


def open_links(now: datetime) -> int:
    """How many doors open on a meeting to come."""
    day = horloge.day_of(now)
    return PorteDeReunion.objects.filter(reunion__etat__in=TO_COME, reunion__jour__gte=day).count()


def why_closed(door: PorteDeReunion) -> str:
    """Why a door receives nobody, in a sentence; empty on the day of the meeting."""
    reunion, today = door.reunion, horloge.today(door.reunion.espace)
    if reunion.etat == EtatDeReunion.ANNULEE:
        return f"Cette réunion est annulée : {reunion.motif}"
    if reunion.etat == EtatDeReunion.TENUE or reunion.jour < today:
        return "Cette réunion s’est tenue : ce code ne sert plus."
    if reunion.jour > today:
        return f"On dit sa présence le jour de la réunion, le {date_fr(reunion.jour)}."
    return ""


@transaction.atomic
def check_in(*, door: PorteDeReunion, convocation: Convocation) -> bool:
    """Note that a body is there; said twice, it is noted once. Return whether it was not noted yet.

    Raises:
        LienClos: it is not the day, or the meeting is over.
        ValidationError: the body is not invited to this meeting.
    """
    reunion = locked(door.reunion)
    fresh = still(PorteDeReunion.objects.select_related("reunion__espace"), door)
    sentence = why_closed(fresh)
    if not sentence and fresh.alea != door.alea:
        sentence = "Ce code a été changé : photographiez celui qui est affiché."
    if sentence:
        raise LienClos(sentence)
    if convocation.reunion_id != reunion.pk:
        raise ValidationError({"organisme": "Choisissez un organisme convoqué à cette réunion."})
    found = still(Convocation.objects.select_for_update(of=("self",)).select_related("organisation"), convocation)
    if found.presence == Reponse.PRESENT:
        return False
    before, found.presence, found.represente_par = told_presence(found), Reponse.PRESENT, None
    found.a_la_porte = True
    found.full_clean()
    found.save(update_fields=["presence", "represente_par", "a_la_porte"])
    fact = Fait(REUNION, reunion.code, f"présence {de(found.organisation)}", before, told_presence(found))
    by = Auteur(pour=found.organisation.nom, commande="code à la porte")
    record(trace_of(reunion.espace), by, [fact])
    return True


def _told(door: PorteDeReunion) -> str:
    return f"{door.reunion_id}/{door.alea}"
