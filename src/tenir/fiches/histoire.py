"""The history of a fiche, as far as someone may read it."""

from tenir.ecran.champs import label
from tenir.ecran.histoire import Passage, in_words
from tenir.fiches.champs import NIVEAUX
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE
from tenir.fiches.services.pieces import RESERVEE
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.traces import entries_of


def history_of(fiche: FicheAction, niveau: Niveau) -> list[Passage]:
    """Every change of a fiche that a level may read, the latest first; two queries."""
    hidden = [label(name, FicheAction) for name, needed in NIVEAUX.items() if needed > niveau]
    found = entries_of(fiche.espace).filter(genre=GENRE, objet=fiche.code).exclude(champ__in=hidden)
    return in_words(found if niveau == Niveau.EQUIPE else found.exclude(champ__startswith=RESERVEE))
