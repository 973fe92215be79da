"""The one link of someone asked: made of a chance kept in the base and of the secret of the site, which is not."""

import re

from django.utils.crypto import constant_time_compare, salted_hmac

from tenir.suivi.models import Destinataire

SHAPE = re.compile(r"^(\d{1,12})-([0-9a-f]{64})$")
SALT = "tenir.suivi.point-d-etape"


def token_of(destinataire: Destinataire) -> str:
    """The secret part of the address: one purpose, one person, one point d'étape."""
    return f"{destinataire.pk}-{_signature(destinataire)}"


def find(jeton: str) -> Destinataire | None:
    """Whom a secret belongs to, whatever became of the link; one query, or none for what no link looks like."""
    shape = SHAPE.match(jeton)
    if shape is None:
        return None
    rows = Destinataire.objects.select_related("point__espace", "personne", "organisation", "transmis_a__personne")
    found = rows.filter(pk=int(shape[1])).first()
    return found if found and constant_time_compare(_signature(found), shape[2]) else None


def _signature(destinataire: Destinataire) -> str:
    told = f"{destinataire.pk}/{destinataire.point_id}/{destinataire.alea}"
    return salted_hmac(SALT, told, algorithm="sha256").hexdigest()
