"""The one link of someone asked, made of a chance kept in the base and of the secret of the site."""

from datetime import datetime

from tenir.core import jetons
from tenir.points.models import Destinataire

SALT = "tenir.points.lien"


def token_of(destinataire: Destinataire) -> str:
    """The secret part of the address: one purpose, one person, one point d'étape."""
    return jetons.make(SALT, destinataire.pk, _told(destinataire))


def find(jeton: str) -> Destinataire | None:
    """Whom a secret belongs to, whatever became of the link; one query, or none for what no link looks like."""
    rows = Destinataire.objects.select_related("point__espace", "personne", "organisation", "transmis_a__personne")
    return jetons.find(jeton, SALT, rows, _told)


def open_links(now: datetime) -> int:
    """How many links open a point d'étape that goes on."""
    going = Destinataire.objects.filter(point__envoye_le__isnull=False, point__clos_le=None)
    return going.filter(revoque_le=None, expire_le__gt=now).count()


def _told(destinataire: Destinataire) -> str:
    return f"{destinataire.point_id}/{destinataire.alea}"
