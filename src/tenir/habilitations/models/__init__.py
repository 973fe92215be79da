"""The space of a contract, who is whom in it, and who may do what there."""

from tenir.habilitations.models.espace import EspaceDeContrat, PassageDEtat, of_contract
from tenir.habilitations.models.habilitation import Habilitation, Referent
from tenir.habilitations.models.invitation import Invitation

__all__ = ["EspaceDeContrat", "Habilitation", "Invitation", "PassageDEtat", "Referent", "of_contract"]
