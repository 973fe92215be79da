"""Opening the life of engagements; a heading that only groups others is not followed."""

from tenir.contrat.models import Engagement
from tenir.contrat.ouverture import Sorte
from tenir.engagements.models import SuiviDEngagement

SORTE = Sorte(
    SuiviDEngagement,
    "engagement",
    "ouvert_le",
    lambda of: Engagement.objects.of(of).comptes(),
    liens=("actions", "indicateurs"),
)
