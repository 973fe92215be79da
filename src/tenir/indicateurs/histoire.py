"""The history of an indicator."""

from tenir.ecran.histoire import Passage, in_words
from tenir.habilitations.traces import entries_of
from tenir.indicateurs.models import SuiviDIndicateur
from tenir.indicateurs.services.indicateur import GENRE


def history_of(suivi: SuiviDIndicateur) -> list[Passage]:
    """Every change of the life of an indicator, the latest first; two queries."""
    return in_words(entries_of(suivi.espace).filter(genre=GENRE, objet=suivi.code))
