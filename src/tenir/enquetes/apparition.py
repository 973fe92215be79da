"""Whether a survey has a public page."""

from tenir.core import horloge
from tenir.enquetes.models import Enquete
from tenir.habilitations.models import EspaceDeContrat


def is_public(espace: EspaceDeContrat, numero: int) -> bool:
    """Whether anyone answers it today, or reads its results."""
    found = Enquete.objects.of(espace).filter(numero=numero).first()
    return bool(found and (found.publiee_le or found.is_open(horloge.today(espace))))
