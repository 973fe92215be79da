"""What of the room has a page on the public site."""

from tenir.contrat.models import InstanceDeGouvernance
from tenir.gouvernance.models import Reunion
from tenir.habilitations.models import EspaceDeContrat


def is_signed(espace: EspaceDeContrat, code: str) -> bool:
    """Whether a body is one of the contract: one that the team set up has no public page."""
    return InstanceDeGouvernance.objects.of(espace).filter(code=code).exists()


def is_published(espace: EspaceDeContrat, numero: int) -> bool:
    """Whether a meeting was published."""
    return Reunion.objects.of(espace).public().filter(pk=numero).exists()
