"""The links of the room, without an account: that of whoever fills a dossier, that of a funder who reads it."""

from datetime import datetime

from django.db.models import Q

from tenir.appels.enums import EtatDAppelAProjets, Suite
from tenir.appels.models import DemandeDInstruction, DossierDeDemande
from tenir.core import horloge, jetons
from tenir.core.typographie import date_fr

SALT = "tenir.appels.dossier"
READING = "tenir.appels.instruction"


class LienClos(Exception):
    """The link changes nothing any more; the message is the French sentence to show."""


def token_of(dossier: DossierDeDemande) -> str:
    """The secret part of its address."""
    return jetons.make(SALT, dossier.pk, dossier.alea)


def find(jeton: str) -> DossierDeDemande | None:
    """The dossier that a link opens, whatever became of it."""
    rows = DossierDeDemande.objects.select_related("espace", "appel__espace")
    return jetons.find(jeton, SALT, rows, lambda row: row.alea)


def open_links(now: datetime) -> int:
    """How many links still change something."""
    moves = Q(limite__gte=horloge.day_of(now)) | Q(parts__suite=Suite.ACCORDE)
    return DossierDeDemande.objects.filter(moves).distinct().count()


def why_closed(dossier: DossierDeDemande) -> str:
    """Why its link changes nothing any more, in a sentence; empty while it does."""
    if horloge.today(dossier.espace) > dossier.limite:
        return "Le dernier jour pour déposer est passé : ce dossier ne se change plus."
    if dossier.appel.etat != EtatDAppelAProjets.PUBLIE:
        return "Cet appel à projets est clos : ce dossier ne se change plus."
    return ""


def token_of_reading(demande: DemandeDInstruction) -> str:
    """The secret part of the address of a funder who reads."""
    return jetons.make(READING, demande.pk, demande.alea)


def find_reading(jeton: str) -> DemandeDInstruction | None:
    """What a funder was asked to read, whatever became of it."""
    rows = DemandeDInstruction.objects.select_related("appel__espace", "financeur")
    return jetons.find(jeton, READING, rows, lambda row: row.alea)


def open_readings(now: datetime) -> int:
    """How many links still say something."""
    return DemandeDInstruction.objects.open(horloge.day_of(now)).count()


def why_not_read(demande: DemandeDInstruction) -> str:
    """Why a link says nothing any more, in a sentence; empty while it does."""
    if demande.arretee_le:
        return "L’équipe du contrat a arrêté ce lien : il ne sert plus."
    if demande.close_le < horloge.today(demande.espace):
        return f"Ce lien s’est clos le {date_fr(demande.close_le)}."
    return ""
