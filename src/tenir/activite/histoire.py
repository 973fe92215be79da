"""The history of an entry, as far as someone may read it."""

from tenir.activite.models import Entree
from tenir.activite.services.entree import GENRE
from tenir.ecran.histoire import Passage, in_words
from tenir.habilitations.niveaux import Niveau, level_of
from tenir.habilitations.traces import entries_of


def history_of(entree: Entree, niveau: Niveau) -> list[Passage]:
    """Every change of an entry that a level may read, the latest first; two queries."""
    columns = Entree._meta.concrete_fields
    hidden = [str(one.verbose_name) for one in columns if level_of(entree, one.name) > niveau]
    return in_words(entries_of(entree.espace).filter(genre=GENRE, objet=entree.code).exclude(champ__in=hidden))
