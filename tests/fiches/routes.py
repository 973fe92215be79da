"""What the routes of fiches state (`tests/routes.py`)."""

from datetime import date

from django.core.files.base import ContentFile

from tenir.fiches.ecrans.tableau.colonnes import COLONNES
from tenir.fiches.models import ImportDeFiches
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import body, person
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, PARTENAIRES, TOUS, Arguments, Route
from tests.vie import fiche, jalon

PAGES = "tests/bureau/test_navigateur_aujourdhui.py::test_every_page_is_sound_and_accessible"
VUES = "tests/fiches/test_navigateur_tableau.py::test_each_view_is_accessible_and_holds_on_its_screen"
LOT = "tests/fiches/test_navigateur_tableau.py::test_many_fiches_change_at_once"
CLASSEUR = "tests/fiches/test_navigateur_tableau.py::test_a_spreadsheet_goes_out_and_comes_back"
GESTES = "tests/fiches/test_navigateur_page.py::test_every_gesture_is_sound_and_accessible"
PAGE = "tests/fiches/test_navigateur_page.py::test_a_fiche_is_sound_and_accessible_for_each"
A_DEUX = "tests/fiches/test_navigateur_page.py::test_two_people_edit_one_fiche"
EVERY_COLUMN = f"?colonnes={','.join(COLONNES)}"
EMPTY = {"feuilles": [], "origine": None, "ignorees": []}


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One fiche, which the body of the partner carries, with one thing of each kind around it, and an import."""
    carried = fiche(espace, "O91-A01", pilots=("ccas",))
    imported = ImportDeFiches.objects.create(espace=espace, par=person("Gil Déposant"), contenu=EMPTY)
    code, step = carried.code, jalon(carried, date(2030, 1, 1))
    helper = carried.partenaires.create(organisation=body("caf"))
    piece = carried.pieces.create(titre="Note", nom="note.txt", fichier=ContentFile(b"vu", "note.txt"))
    alone = (
        "",
        "-modifier",
        "-statut",
        "-nouvelle",
        "-jalon-nouveau",
        "-partenaire-nouveau",
        "-piece-nouvelle",
        "-prescripteurs",
    )
    numbered = {
        **dict.fromkeys(("jalon-modifier", "jalon-atteint", "jalon-abandonner", "jalon-retirer"), step.pk),
        **dict.fromkeys(("partenaire-modifier", "partenaire-retirer"), helper.pk),
        **dict.fromkeys(("piece", "piece-retirer"), piece.pk),
    }
    given: Arguments = {f"fiche{end}": [code] for end in alone} | {"fiches-import": [imported.pk]}
    given |= {f"fiche-{name}": [code] for name in ("atteint", "designer", "relancer")}
    given |= {"fiche-reporter": [code, 30]}
    return given | {f"fiche-{name}": [code, number] for name, number in numbered.items()}


ROUTES = {
    "frise": Route(TOUS, PAGES, 10),
    "frise-export": Route(TOUS, FICHIER, 9),
    "fiches": Route(TOUS, VUES, 12, aussi=(EVERY_COLUMN,)),
    "fiches-export": Route(TOUS, FICHIER, 9, aussi=(EVERY_COLUMN,)),
    "fiches-lot": Route(EQUIPE, LOT, 4),
    "fiches-classeur": Route(EQUIPE, FICHIER, 12),
    "fiches-deposer": Route(EQUIPE, CLASSEUR, 4),
    "fiches-imports": Route(EQUIPE, CLASSEUR, 7),
    "fiches-imports-export": Route(EQUIPE, FICHIER, 5),
    "fiches-import": Route(EQUIPE, CLASSEUR, 12),
    "fiche-qui-lit-quoi": Route(TOUS, GESTES, 4),
    "fiche-qui-lit-quoi-export": Route(TOUS, FICHIER, 4),
    "fiche": Route(TOUS, PAGE, 31),
    "fiche-modifier": Route(PARTENAIRES, A_DEUX, 11),
    "fiche-atteint": Route(PARTENAIRES, GESTE, None),
    "fiche-reporter": Route(PARTENAIRES, GESTE, None),
    "fiche-designer": Route(EQUIPE, GESTE, None),
    "fiche-relancer": Route(EQUIPE, GESTE, None),
    "fiche-statut": Route(PARTENAIRES, GESTES, 5),
    "fiche-nouvelle": Route(PARTENAIRES, GESTES, 5),
    "fiche-jalon-nouveau": Route(PARTENAIRES, GESTES, 5),
    "fiche-jalon-modifier": Route(PARTENAIRES, GESTES, 6),
    "fiche-jalon-atteint": Route(PARTENAIRES, GESTES, 6),
    "fiche-jalon-abandonner": Route(PARTENAIRES, GESTES, 6),
    "fiche-jalon-retirer": Route(PARTENAIRES, GESTES, 6),
    "fiche-partenaire-nouveau": Route(PARTENAIRES, GESTES, 6),
    "fiche-partenaire-modifier": Route(PARTENAIRES, GESTES, 6),
    "fiche-partenaire-retirer": Route(PARTENAIRES, GESTES, 6),
    "fiche-prescripteurs": Route(PARTENAIRES, COMMUN, 9),
    "fiche-piece-nouvelle": Route(PARTENAIRES, GESTES, 5),
    "fiche-piece": Route(TOUS, FICHIER, 6),
    "fiche-piece-retirer": Route(PARTENAIRES, GESTES, 6),
}
