"""The space of a contract, who is whom in it, and who may do what there."""

from tenir.habilitations.models.espace import EspaceDeContrat, PassageDEtat, contract_known, of_contract
from tenir.habilitations.models.habilitation import Habilitation, OrganismeRetenu, Referent
from tenir.habilitations.models.invitation import Invitation
from tenir.habilitations.models.mention import Mention

__all__ = [
    "EspaceDeContrat",
    "Habilitation",
    "Invitation",
    "Mention",
    "OrganismeRetenu",
    "PassageDEtat",
    "Referent",
    "contract_known",
    "of_contract",
]
