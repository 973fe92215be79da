"""What the routes of the money state (`tests/routes.py`)."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.financement.argent import financeurs, imprimees, line, then
from tests.personnes import acces
from tests.routes import COMMUN, FICHIER, PARTENAIRES, TOUS, Arguments, Route

OF_A_LINE = ("financement", "financement-dire")


def arguments(espace: EspaceDeContrat) -> Arguments:
    """The lines that the contract prints; one of « ccas », which its partner writes too, asked then voted."""
    by = acces("Olga Comptable", Role.EQUIPE, espace)
    imprimees(espace)
    financeurs(espace)
    found = then(by, line(by, espace, etat="demande"), "vote", "3500")
    return {name: [found.code] for name in OF_A_LINE}


ROUTES = {
    "financements": Route(TOUS, COMMUN, 14),
    "financements-export": Route(TOUS, FICHIER, 8),
    "financement-nouveau": Route(PARTENAIRES, COMMUN, 9),
    "financement": Route(TOUS, COMMUN, 12),
    "financement-dire": Route(PARTENAIRES, COMMUN, 6),
}
