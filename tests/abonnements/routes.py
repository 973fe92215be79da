"""What the routes of subscriptions state (`tests/routes.py`)."""

from tenir.abonnements.services.abonnements import token_of
from tenir.habilitations.models import EspaceDeContrat
from tests.abonnements.suivis import abonnement
from tests.routes import LIEN, OUVERTE, RENVOI, Arguments, Route

SUIVRE = "tests/abonnements/test_navigateur_abonnements.py::test_one_follows_a_contract_and_stops"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """An address that follows the contract."""
    token = token_of(abonnement(espace))
    return {"suivi": [token], "suivi-abime": [f"{token}&data=x"]}


ROUTES = {
    "abonnement-nouveau": Route(OUVERTE, SUIVRE, 6, aussi=("?sur=O01",)),
    "suivi": Route(LIEN, SUIVRE, 5),
    "suivi-abime": Route(LIEN, RENVOI, 1),
}
