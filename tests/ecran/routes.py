"""What the routes of every screen state (`tests/routes.py`): the last gestures, their undo, named views, long works."""

from django.core.files.base import ContentFile

from tenir.core import horloge
from tenir.core.models import Travail
from tenir.core.travaux.demande import Demande
from tenir.ecran.models import Geste, VueNommee
from tenir.ecran.services.vues import create_vue, open_on
from tenir.ecran.travaux import ask
from tenir.fiches.ecrans.tableau.lecture import KIND
from tenir.fiches.services.fiche import update_fiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.personnes import acces
from tests.routes import DEMANDEUR, EQUIPE, FICHIER, GESTE, TOUS, Arguments, Route
from tests.vie import fiche

Pour = VueNommee.Pour
SUIVRE = "tests/ecran/test_navigateur_travaux.py::test_a_work_is_followed_to_its_result_without_a_gesture"
ARRETER = "tests/ecran/test_navigateur_travaux.py::test_a_work_is_cancelled_by_the_keyboard_once_confirmed"
ANNULER = (
    "tests/ecran/test_navigateur_annulation.py::test_of_a_bulk_change_she_sees_what_moved_before_she_undoes_the_rest"
)
NOMMER = "tests/ecran/test_navigateur_vues.py::test_a_view_is_kept_changed_and_removed_by_the_keyboard"


def arguments(espace: EspaceDeContrat | None) -> Arguments:
    """A gesture of someone of the team: whoever else undoes it is of the team too; named views of two lists."""
    assert espace is not None
    vues = of_the_views(espace)
    update_fiche(
        by=acces("Nour Geste", Role.EQUIPE, espace), fiche=fiche(espace, "O08-A08"), version=1, changes={"motif": "x"}
    )
    geste = Geste.objects.latest("pk").pk
    work = ask(acces("Omar Demandeur", Role.EQUIPE, espace), espace, Demande(KIND, "Lecture d’un classeur", "/"))
    ended = ask(acces("Paz Demandeuse", Role.EQUIPE, espace), espace, Demande(KIND, "Lecture d’un autre", "/"))
    ended.etat, ended.fin, ended.nom_du_fichier = Travail.Etat.FINI, horloge.now(), "lu.txt"
    ended.fichier.save("lu.txt", ContentFile(b"lu"))
    return vues | {"geste": [geste], "travail": [work.pk], "travail-annuler": [work.pk], "travail-fichier": [ended.pk]}


def of_the_views(espace: EspaceDeContrat) -> Arguments:
    """A shared view of the fiches, one that someone keeps for herself, one of the platform, which was undone or not."""
    lea, ada = acces("Léa Vue", Role.EQUIPE, espace), acces("Ada Vue", Role.ADMINISTRATION)
    asked = {"liste": "fiches", "adresse": "retard=oui"}
    shared = create_vue(by=lea, espace=espace, nom="Les retards", niveau=Pour.TOUS, **asked)
    own = create_vue(by=lea, espace=espace, nom="Le nom d’une vue de Léa", **(asked | {"adresse": "q=mot-de-lea"}))
    open_on(by=lea, vue=own, opens=True)
    of_all = create_vue(by=ada, espace=None, liste="trace", nom="Ce mois", adresse="q=x", niveau=Pour.TOUS)
    small = {f"vue-{name}": [shared.pk] for name in ("modifier", "actualiser", "ouverture", "supprimer")}
    twins = {f"plateforme-{name}": [of_all.pk] for name in small}
    saving = {"vue-enregistrer": ["fiches"], "plateforme-vue-enregistrer": ["trace"]}
    return small | twins | saving | {"plateforme-geste": [Geste.objects.get(espace=None).pk]}


ROUTES = {
    "gestes": Route(TOUS, ANNULER, 12, jumelle=True),
    "geste": Route(EQUIPE, ANNULER, 15, jumelle=True),
    "vue-enregistrer": Route(TOUS, NOMMER, 12, jumelle=True),
    "vue-modifier": Route(EQUIPE, NOMMER, 12, jumelle=True),
    "vue-actualiser": Route(EQUIPE, NOMMER, 12, jumelle=True),
    "vue-ouverture": Route(TOUS, GESTE, None, jumelle=True),
    "vue-supprimer": Route(EQUIPE, NOMMER, 12, jumelle=True),
    "travail": Route(DEMANDEUR, SUIVRE, 8),
    "travail-annuler": Route(DEMANDEUR, ARRETER, 8),
    "travail-fichier": Route(DEMANDEUR, FICHIER, 6),
}
