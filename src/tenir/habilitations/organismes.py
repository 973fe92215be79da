"""For which bodies someone speaks, by the roles she holds."""

from tenir.acteurs.models import Organisation
from tenir.acteurs.rattachements import with_ancestors, with_services
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces


def speaks_for(held: Habilitation, body: Organisation) -> bool:
    """Whether the body someone acts for is that one, or is above the service that it is."""
    return held.organisation is not None and held.organisation.identifiant in with_ancestors(body.identifiant)


def bodies_of(acces: Acces, espace: EspaceDeContrat) -> set[str]:
    """The bodies someone acts for in a contract, with their services."""
    held = [one.organisation.identifiant for one in acces.on(espace) if one.organisation]
    return set().union(*(with_services(one) for one in held))
