"""Whose an entry, a series or a thing is, and who reads it."""

from tenir.activite.models import Entree, Objet, Serie
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.organismes import speaks_for
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.roles import Role


def owns_entree(held: Habilitation, entree: Entree | Serie | Objet) -> bool:
    """Whether the body someone acts for did it, or is above the service that did, and may read it.

    A carnet writes blind what the team alone reads: it shows none of it (`services.registres_par_carnet`).
    """
    readable = entree.niveau < Niveau.EQUIPE or held.role == Role.CARNET
    return readable and speaks_for(held, entree.organisme)


def niveau_of(acces: Acces, espace: EspaceDeContrat) -> Niveau:
    """Up to which level someone reads the register: whoever judges entries reads all of them."""
    return Niveau.EQUIPE if may(acces, "entree.judge", espace) else Niveau.PARTENAIRES
