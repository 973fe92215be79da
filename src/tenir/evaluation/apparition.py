"""What of the room has a page on the public site."""

from tenir.evaluation.models import Evaluation
from tenir.habilitations.models import EspaceDeContrat


def is_published(espace: EspaceDeContrat, numero: int) -> bool:
    """Whether an évaluation was published."""
    return Evaluation.objects.filter(espace=espace, numero=numero).public().exists()
