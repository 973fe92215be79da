"""Opening the life of indicators; one that repeats another is not followed."""

from tenir.contrat.models import Indicateur
from tenir.contrat.ouverture import Sorte
from tenir.indicateurs.models import SuiviDIndicateur

SORTE = Sorte(
    SuiviDIndicateur,
    "indicateur",
    "ouvert_le",
    lambda of: Indicateur.objects.of(of).filter(repete=None),
)
