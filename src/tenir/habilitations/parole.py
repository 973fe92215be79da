"""Who said something, when the team writes it down for her."""

from dataclasses import dataclass

from tenir.acteurs.models import Organisation, Personne
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces


@dataclass(frozen=True, slots=True)
class Parole:
    """Someone who speaks, for a body maybe."""

    personne: Personne
    organisation: Organisation | None = None


def own(by: Acces, espace: EspaceDeContrat) -> Parole:
    """She who acts speaks for herself and for the body she acts for."""
    return Parole(by.personne, by.organisation(espace))
