"""What the routes of indicators state (`tests/routes.py`)."""

from tenir.habilitations.models import EspaceDeContrat
from tests.mesures import cible, releve
from tests.personnes import body
from tests.routes import EQUIPE, FICHIER, PARTENAIRES, TOUS, Arguments, Route
from tests.vie import indicateur

PAGES = "tests/indicateurs/test_navigateur_indicateurs.py::test_the_pages_are_sound_and_accessible_for_each"
GESTES = "tests/indicateurs/test_navigateur_indicateurs.py::test_every_gesture_is_sound_and_accessible"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One indicator, which the body of the partner answers for, with a reading and a target."""
    owned = indicateur(espace, "I91", organisme=body("ccas"))
    code, read, wanted = owned.code, releve(owned).pk, cible(owned).pk
    given: Arguments = {f"suivi-indicateur{end}": [code] for end in ("", "-definir", "-cible-nouvelle", "-relever")}
    given |= {f"suivi-indicateur-cible-{end}": [code, wanted] for end in ("modifier", "retirer")}
    return given | {f"suivi-indicateur-releve-{end}": [code, read] for end in ("corriger", "valider", "contester")}


ROUTES = {
    "suivi-indicateurs": Route(TOUS, PAGES, 21),
    "suivi-indicateurs-export": Route(TOUS, FICHIER, 14),
    "suivi-indicateur": Route(TOUS, PAGES, 15),
    "suivi-indicateur-definir": Route(EQUIPE, GESTES, 13),
    "suivi-indicateur-cible-nouvelle": Route(EQUIPE, GESTES, 9),
    "suivi-indicateur-cible-modifier": Route(EQUIPE, GESTES, 10),
    "suivi-indicateur-cible-retirer": Route(EQUIPE, GESTES, 10),
    "suivi-indicateur-relever": Route(PARTENAIRES, GESTES, 9),
    "suivi-indicateur-releve-corriger": Route(PARTENAIRES, GESTES, 11),
    "suivi-indicateur-releve-valider": Route(EQUIPE, GESTES, 11),
    "suivi-indicateur-releve-contester": Route(EQUIPE, GESTES, 11),
}
