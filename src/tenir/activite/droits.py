"""Whose an entry is, and who reads it."""

from tenir.activite.models import Entree, Serie
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import speaks_for
from tenir.habilitations.rights import Acces, may


def owns_entree(held: Habilitation, entree: Entree | Serie) -> bool:
    """Whether the body someone acts for did it, or is above the service that did, and may read it; so of a series."""
    return entree.niveau < Niveau.EQUIPE and speaks_for(held, entree.organisme)


def niveau_of(acces: Acces, espace: EspaceDeContrat) -> Niveau:
    """Up to which level someone reads the register: whoever judges entries reads all of them."""
    return Niveau.EQUIPE if may(acces, "entree.judge", espace) else Niveau.PARTENAIRES
