"""The history of an engagement, as far as someone may read it."""

from tenir.ecran.champs import label
from tenir.ecran.histoire import Passage, in_words
from tenir.engagements.champs import NIVEAUX
from tenir.engagements.models import SuiviDEngagement
from tenir.engagements.services.engagement import GENRE
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.traces import entries_of


def history_of(suivi: SuiviDEngagement, niveau: Niveau) -> list[Passage]:
    """Every change of the life of an engagement that a level may read, the latest first; two queries."""
    hidden = [label(name, SuiviDEngagement) for name, needed in NIVEAUX.items() if needed > niveau]
    entries = entries_of(suivi.espace).filter(genre=GENRE, objet=suivi.code)
    return in_words(entries.exclude(champ__in=hidden))
