"""What of the room has a page on the public site."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.marches.models import Marche


def is_published(espace: EspaceDeContrat, numero: int) -> bool:
    """Whether a walk was published."""
    return Marche.objects.filter(espace=espace, numero=numero).public().exists()
