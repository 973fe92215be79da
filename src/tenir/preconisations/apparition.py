"""What of the room has a page on the public site."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.preconisations.models import Preconisation


def is_published(espace: EspaceDeContrat, numero: int) -> bool:
    """Whether a préconisation was published."""
    return Preconisation.objects.filter(espace=espace, numero=numero).public().exists()
