"""What the routes of tariffs state (`tests/routes.py`)."""

from decimal import Decimal

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, PARTENAIRES, TOUS, Arguments, Route
from tests.tarifs.tarifs import grille, scenario, service, tenu

PARCOURS = "tests/tarifs/test_navigateur_tarifs.py::test_a_scenario_is_tried_then_retained"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A service that « ccas » runs, its grid, its attendance, a scenario; one without a grid, one with a bare one."""
    by = acces("Olga Tarifée", Role.EQUIPE, espace)
    one, grid = tenu(by, espace, cout=Decimal("8.40"), cout_source="régie")
    tried = scenario(by, one)
    empty, bare = service(by, espace, "La piscine"), service(by, espace, "L’atelier")
    lone = grille(by, bare)
    on_service = ("tarif", "tarif-modifier", "grille-tarifaire-nouvelle", "frequentation-importer",
                  "scenarios-tarifaires", "scenario-tarifaire-nouveau")  # fmt: skip
    given: Arguments = {name: [one.numero] for name in on_service}
    given["tarif-retirer"] = [empty.numero]
    given["frequentation-a-remplir"] = [one.numero, "csv"]
    given["grille-tarifaire-modifier"] = [one.numero, grid.numero]
    given["grille-tarifaire-retirer"] = [bare.numero, lone.numero]
    given["frequentation"] = [one.numero, grid.numero, 2025]
    of_scenario = ("", "-feuille", "-modifier", "-proposer", "-retenir", "-retirer")
    given |= {f"scenario-tarifaire{name}": [one.numero, tried.numero] for name in of_scenario}
    return given | {"scenario-tarifaire-fichier": [one.numero, tried.numero, "csv"]}


ROUTES = {
    "tarifs": Route(TOUS, COMMUN, 15),
    "tarifs-export": Route(TOUS, FICHIER, 10),
    "tarif": Route(TOUS, PARCOURS, 20),
    "tarif-nouveau": Route(EQUIPE, COMMUN, 15),
    "tarif-modifier": Route(EQUIPE, COMMUN, 15),
    "tarif-retirer": Route(EQUIPE, COMMUN, 15),
    "grille-tarifaire-nouvelle": Route(EQUIPE, COMMUN, 7),
    "grille-tarifaire-modifier": Route(EQUIPE, COMMUN, 7),
    "grille-tarifaire-retirer": Route(EQUIPE, COMMUN, 7),
    "frequentation": Route(PARTENAIRES, PARCOURS, 9),
    "frequentation-importer": Route(PARTENAIRES, COMMUN, 5),
    "frequentation-a-remplir": Route(PARTENAIRES, FICHIER, 8),
    "scenarios-tarifaires": Route(EQUIPE, PARCOURS, 10),
    "scenario-tarifaire-nouveau": Route(EQUIPE, PARCOURS, 8),
    "scenario-tarifaire": Route(EQUIPE, PARCOURS, 13),
    "scenario-tarifaire-fichier": Route(EQUIPE, FICHIER, 10),
    "scenario-tarifaire-feuille": Route(EQUIPE, COMMUN, 10),
    "scenario-tarifaire-modifier": Route(EQUIPE, COMMUN, 8),
    "scenario-tarifaire-proposer": Route(EQUIPE, COMMUN, 8),
    "scenario-tarifaire-retenir": Route(EQUIPE, PARCOURS, 7),
    "scenario-tarifaire-retirer": Route(EQUIPE, COMMUN, 7),
}
