"""Asking for a work, and asking it to stop: each leaves its trace."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction

from tenir.core import horloge
from tenir.core.models import Travail
from tenir.core.trace import Auteur, Fait, record
from tenir.core.travaux.chantier import declared
from tenir.core.travaux.fichiers import drop_files

GENRE = "travail"
"""How the trace names a work."""
CANCELLED = "Annulé avant de commencer."


class ChantierInconnu(LookupError):
    """The code asks for a kind of work that no room brings."""


@dataclass(frozen=True, slots=True)
class Demande:
    """What is asked. `retour`: the page one comes back to; `cle`: no second one while the first is not over."""

    genre: str
    titre: str
    retour: str
    argument: dict[str, Any] = field(default_factory=dict)
    depose: "bytes | File[Any]" = b""
    nom_depose: str = ""
    cle: str = ""


def ask_for_work(demande: Demande, *, chaine: str, auteur: Auteur) -> Travail:
    """Put a work in the queue, told in a trace; the one that is there already when it has the same key.

    The caller has checked the right of its kind, in the contract of that trace.

    Raises:
        ChantierInconnu: no room brings that kind.
        ValueError: nobody asks.
    """
    if demande.genre not in declared():
        raise ChantierInconnu(demande.genre)
    if auteur.acteur is None:
        raise ValueError("A work is asked for by a person.")
    if found := _open_one(demande.cle):
        return found
    try:
        return _create(demande, chaine, auteur, auteur.acteur)
    except IntegrityError:  # someone else asked at the same moment
        if found := _open_one(demande.cle):
            return found
        raise


def ask_to_stop(travail: Travail, *, auteur: Auteur, now: datetime | None = None) -> bool:
    """Cancel what has not begun; ask what is under way to stop at its next step. False: it is over, or was asked."""
    now = now or horloge.now()
    with transaction.atomic():
        waiting = Travail.objects.filter(pk=travail.pk, etat=Travail.Etat.EN_ATTENTE)
        cancelled = waiting.update(etat=Travail.Etat.ANNULE, fin=now, arret_le=now, phrase=CANCELLED)
        running = Travail.objects.filter(pk=travail.pk, etat=Travail.Etat.EN_COURS, arret_le=None)
        if not cancelled and not running.update(arret_le=now):
            return False
        record(travail.chaine, auteur, [Fait(GENRE, str(travail.pk), "arrêt", "", travail.titre)])
    travail.refresh_from_db()
    if cancelled:
        drop_files(travail)
    return True


def _open_one(cle: str) -> Travail | None:
    return Travail.objects.filter(cle=cle, etat__in=Travail.OUVERTS).first() if cle else None


def _create(demande: Demande, chaine: str, auteur: Auteur, acteur: int) -> Travail:
    travail = Travail(
        genre=demande.genre,
        titre=demande.titre,
        cle=demande.cle,
        argument=demande.argument,
        acteur=acteur,
        pour=auteur.pour,
        chaine=chaine,
        retour=demande.retour,
        demande_le=horloge.now(),
    )
    if demande.depose:
        given = ContentFile(demande.depose) if isinstance(demande.depose, bytes) else demande.depose
        travail.depose.save(demande.nom_depose, given, save=False)
    try:
        with transaction.atomic():
            travail.save()
            record(chaine, auteur, [Fait(GENRE, str(travail.pk), "demande", "", travail.titre)])
    except BaseException:
        drop_files(travail, row=False)
        raise
    return travail
