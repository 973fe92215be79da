"""What the routes of every screen state (`tests/routes.py`): the last gestures, and the undo of one."""

from tenir.ecran.models import Geste
from tenir.fiches.services.fiche import update_fiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.personnes import acces
from tests.routes import EQUIPE, TOUS, Arguments, Route
from tests.vie import fiche

ANNULER = (
    "tests/ecran/test_navigateur_annulation.py::test_of_a_bulk_change_she_sees_what_moved_before_she_undoes_the_rest"
)


def arguments(espace: EspaceDeContrat | None) -> Arguments:
    """A gesture of someone of the team: whoever else undoes it is of the team too."""
    assert espace is not None
    update_fiche(by=acces("Gil Sujet", Role.EQUIPE, espace), fiche=fiche(espace), version=1, changes={"motif": "x"})
    return {"geste": [Geste.objects.latest("pk").pk]}


ROUTES = {
    "gestes": Route(TOUS, ANNULER, 12),
    "geste": Route(EQUIPE, ANNULER, 14),
}
