"""What is compared with the trace: the written fields of each followed promise."""

from collections.abc import Iterator

from tenir.core.tenue import Tenu
from tenir.ecran.versions import held_now
from tenir.engagements.champs import NIVEAUX
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.engagement import GENRE


def held() -> Iterator[Tenu]:
    """What every followed promise holds now, in the words of the trace (`core.tenue`)."""
    rows = SuiviDEngagement.objects.select_related("espace", "engagement")
    return held_now(GENRE, rows.order_by("pk").iterator(), NIVEAUX)
