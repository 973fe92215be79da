"""What of the room has a page on the public site."""

from tenir.appels.models import AppelAProjets
from tenir.habilitations.models import EspaceDeContrat


def is_published(espace: EspaceDeContrat, numero: int) -> bool:
    """Whether a call was published."""
    return AppelAProjets.objects.filter(espace=espace, numero=numero).public().exists()
