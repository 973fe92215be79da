"""Opening the life of planned actions: each has its fiche, from the day its contract is loaded."""

from tenir.contrat.models import ActionPrevue
from tenir.contrat.ouverture import Sorte
from tenir.fiches.models import FicheAction

SORTE = Sorte(
    FicheAction,
    "action",
    "ouverte_le",
    lambda of: ActionPrevue.objects.of(of).principales(),
)
