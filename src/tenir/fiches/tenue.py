"""What is compared with the trace: the written fields of each fiche."""

from collections.abc import Iterator

from tenir.core.tenue import Tenu
from tenir.ecran.versions import held_now
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE


def held() -> Iterator[Tenu]:
    """What every fiche holds now, in the words of the trace (`core.tenue`)."""
    rows = FicheAction.objects.select_related("espace", "action", "personne_en_charge")
    return held_now(GENRE, rows.order_by("pk").iterator(), NIVEAUX)
