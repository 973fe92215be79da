"""What the routes of the register state (`tests/routes.py`)."""

from decimal import Decimal

from tenir.activite.models import Entree
from tenir.activite.services.entree import Saisie, record_entree
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.activite.registre import LE
from tests.personnes import acces, body
from tests.routes import FICHIER, TOUS, Arguments, Route

PAGES = "tests/activite/test_navigateur_activite.py::test_the_pages_are_sound_and_accessible_for_each"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One entry of the body of the partner."""
    numero = made(espace).numero
    return {"entree": [numero]}


def made(espace: EspaceDeContrat) -> Entree:
    """A session, with a part of its number."""
    by = acces("Ali Plume", Role.EQUIPE, espace)
    numbers = {("presents", ""): Decimal(12), ("presents", "sexe:f"): Decimal(7)}
    saisie = Saisie({"debut": LE, "fin": LE, "organisme": body("ccas")}, numbers)
    return record_entree(by=by, espace=espace, nature="atelier", saisie=saisie, exact=True)


ROUTES = {
    "activite": Route(TOUS, PAGES, 22),
    "activite-export": Route(TOUS, FICHIER, 17),
    "entree": Route(TOUS, PAGES, 12),
}
