"""The link of a dossier: whoever fills it reads and changes it, without an account."""

from datetime import datetime

from tenir.appels.enums import EtatDAppelAProjets
from tenir.appels.models import DossierDeDemande
from tenir.core import horloge, jetons

SALT = "tenir.appels.dossier"


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
    return DossierDeDemande.objects.filter(limite__gte=horloge.day_of(now)).count()


def why_closed(dossier: DossierDeDemande) -> str:
    """Why its link changes nothing any more, in a sentence; empty while it does."""
    if horloge.today(dossier.espace) > dossier.limite:
        return "Le dernier jour pour déposer est passé : ce dossier ne se change plus."
    if dossier.appel.etat != EtatDAppelAProjets.PUBLIE:
        return "Cet appel à projets est clos : ce dossier ne se change plus."
    return ""
