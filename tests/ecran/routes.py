"""What the routes of every screen state (`tests/routes.py`): the last gestures, the undo of one, long works."""

from django.core.files.base import ContentFile

from tenir.core import horloge
from tenir.core.models import Travail
from tenir.core.travaux.demande import Demande
from tenir.ecran.models import Geste
from tenir.ecran.travaux import ask
from tenir.fiches.ecrans.tableau.lecture import KIND
from tenir.fiches.services.fiche import update_fiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.personnes import acces
from tests.routes import DEMANDEUR, EQUIPE, FICHIER, TOUS, Arguments, Route
from tests.vie import fiche

SUIVRE = "tests/ecran/test_navigateur_travaux.py::test_a_work_is_followed_to_its_result_without_a_gesture"
ARRETER = "tests/ecran/test_navigateur_travaux.py::test_a_work_is_cancelled_by_the_keyboard_once_confirmed"
ANNULER = (
    "tests/ecran/test_navigateur_annulation.py::test_of_a_bulk_change_she_sees_what_moved_before_she_undoes_the_rest"
)


def arguments(espace: EspaceDeContrat | None) -> Arguments:
    """A gesture of someone of the team: whoever else undoes it is of the team too."""
    assert espace is not None
    update_fiche(
        by=acces("Nour Geste", Role.EQUIPE, espace), fiche=fiche(espace, "O08-A08"), version=1, changes={"motif": "x"}
    )
    geste = Geste.objects.latest("pk").pk
    work = ask(acces("Omar Demandeur", Role.EQUIPE, espace), espace, Demande(KIND, "Lecture d’un classeur", "/"))
    ended = ask(acces("Paz Demandeuse", Role.EQUIPE, espace), espace, Demande(KIND, "Lecture d’un autre", "/"))
    ended.etat, ended.fin, ended.nom_du_fichier = Travail.Etat.FINI, horloge.now(), "lu.txt"
    ended.fichier.save("lu.txt", ContentFile(b"lu"))
    return {"geste": [geste], "travail": [work.pk], "travail-annuler": [work.pk], "travail-fichier": [ended.pk]}


ROUTES = {
    "gestes": Route(TOUS, ANNULER, 12),
    "geste": Route(EQUIPE, ANNULER, 14),
    "travail": Route(DEMANDEUR, SUIVRE, 8),
    "travail-annuler": Route(DEMANDEUR, ARRETER, 8),
    "travail-fichier": Route(DEMANDEUR, FICHIER, 6),
}
