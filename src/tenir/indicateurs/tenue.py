"""What is compared with the trace: the written fields of each followed indicator."""

from collections.abc import Iterator

from tenir.core.tenue import Tenu
from tenir.ecran.versions import held_now
from tenir.indicateurs.champs import NIVEAUX
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import GENRE


def held() -> Iterator[Tenu]:
    """What every followed indicator holds now, in the words of the trace (`core.tenue`)."""
    rows = SuiviDIndicateur.objects.select_related("espace", "indicateur", "personne")
    return held_now(GENRE, rows.order_by("pk").iterator(), NIVEAUX)
