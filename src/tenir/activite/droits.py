"""Whose an entry is."""

from tenir.activite.models import Entree
from tenir.habilitations.models import Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import speaks_for


def owns_entree(held: Habilitation, entree: Entree) -> bool:
    """Whether the body someone acts for did it, or is above the service that did, and may read it."""
    return entree.niveau < Niveau.EQUIPE and speaks_for(held, entree.organisme)
