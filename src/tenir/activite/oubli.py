"""Where the texts of the register that may name someone are changed (`habilitations.mentions`)."""

from tenir.activite.models import Entree
from tenir.core.piece import Answer
from tenir.ecran.navigation import address


def _entree(entree: Entree) -> str:
    return address("entree", entree.espace, entree.numero)


WHERE: dict[str, Answer] = {Entree._meta.label: _entree}
"""Labels and kinds are those of the model."""
