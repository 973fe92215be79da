"""What the routes of the council of residents state (`tests/routes.py`)."""

from tenir.conseil.models import Mandat
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.conseil.appels import appel, candidat, clos, fige, membre, tire
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, TOUS, Arguments, Route

TIRAGE = "tests/conseil/test_navigateur_conseil.py::test_from_a_call_to_a_draw_that_anyone_reads"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A call that is open with a candidate, one to freeze, one to draw, one drawn; a member whom no draw chose."""
    by = acces("Odile Conseil", Role.EQUIPE, espace)
    opened, over = appel(by, espace), appel(by, espace)
    person = candidat(opened)
    candidat(over)
    clos(over)
    frozen, drawn = fige(by, espace), tire(by, espace)
    membre(by, espace)
    given: Arguments = {name: [opened.numero] for name in ("appel-modifier", "candidature-nouvelle")}
    given |= {name: [person.numero] for name in ("candidature-corriger", "candidature-retirer")}
    seat = Mandat.objects.of(espace).filter(candidature__appel=drawn).order_by("pk")[0]
    return given | {
        "appel": [drawn.numero],
        "appel-figer": [over.numero],
        "appel-tirer": [frozen.numero],
        "mandat-finir": [seat.pk],
    }


ROUTES = {
    "conseil": Route(TOUS, TIRAGE, 11),
    "membre-nouveau": Route(EQUIPE, COMMUN, 5),
    "mandat-finir": Route(EQUIPE, COMMUN, 8),
    "appel-nouveau": Route(EQUIPE, TIRAGE, 5),
    "appel": Route(EQUIPE, TIRAGE, 12),
    "appel-modifier": Route(EQUIPE, COMMUN, 6),
    "appel-figer": Route(EQUIPE, TIRAGE, 7),
    "appel-tirer": Route(EQUIPE, TIRAGE, 7),
    "candidature-nouvelle": Route(EQUIPE, COMMUN, 6),
    "candidature-corriger": Route(EQUIPE, COMMUN, 6),
    "candidature-retirer": Route(EQUIPE, COMMUN, 6),
}
