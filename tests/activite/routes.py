"""What the routes of the register state (`tests/routes.py`)."""

from decimal import Decimal

from tenir.activite.models import Entree
from tenir.activite.services.entree import Saisie, record_entree
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.activite.registre import LE, kinds
from tests.personnes import acces, body
from tests.routes import COMMUN, EQUIPE, FICHIER, TOUS, Arguments, Route
from tests.vie import action, indicateur

PAGES = "tests/activite/test_navigateur_activite.py::test_the_pages_are_sound_and_accessible_for_each"

BUS = """nature: bus-en-plus
est: atelier
libelle: Bus en +
themes: [mobilité]
actions: [O88-A01]
mesures:
  - {code: titres, libelle: Titres de transport, unite: titres, vraisemblable: [0, 60]}
alimente:
  - {indicateur: I88, calcul: somme, mesure: presents}
"""
"""A kind of one contract, that says all that it may."""
NAVIGATEUR = "tests/activite/test_navigateur_natures.py::test_{}"
NATURES = NAVIGATEUR.format("the_pages_of_kinds_are_sound_and_accessible")


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One entry of the body of the partner; a kind of the contract."""
    return {"entree": [made(espace).numero], **natures(espace)}


def natures(espace: EspaceDeContrat) -> Arguments:
    """A kind of the contract, with the indicator and the action that it names."""
    action(espace, "O88-A01")
    indicateur(espace, "I88")
    kinds(espace, BUS)
    return {f"nature{end}": ["bus-en-plus"] for end in ("", "-changer", "-retirer", "-reprendre", "-fichier")}


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
    "natures": Route(EQUIPE, NATURES, 8),
    "natures-export": Route(EQUIPE, FICHIER, 7),
    "natures-fichier": Route(EQUIPE, FICHIER, 5),
    "natures-importer": Route(EQUIPE, NATURES, 4),
    "nature-nouvelle": Route(EQUIPE, NATURES, 7, aussi=("?de=atelier", "?de=-")),
    "nature": Route(EQUIPE, NATURES, 12),
    "nature-changer": Route(EQUIPE, NATURES, 7),
    "nature-retirer": Route(EQUIPE, NATURES, 6),
    "nature-reprendre": Route(EQUIPE, COMMUN, 6),
    "nature-fichier": Route(EQUIPE, FICHIER, 5),
}
