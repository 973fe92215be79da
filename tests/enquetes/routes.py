"""What the routes of surveys state (`tests/routes.py`)."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.enquetes.enquetes import enquete, fermee, ouverte, publiee
from tests.personnes import acces, person, referent
from tests.routes import COMMUN, EQUIPE, FICHIER, TOUS, Arguments, Route

PARCOURS = "tests/enquetes/test_navigateur_enquetes.py::test_from_the_core_to_the_published_results"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A survey that is over, one that is open, one in preparation, one that is public."""
    by = acces("Olga Enquête", Role.EQUIPE, espace)
    referent(person("Nina Enquête", signs_in=False), espace, of="ccas")
    public = publiee(by, espace, titre="La première")
    over, going = fermee(by, espace, titre="La deuxième"), ouverte(by, espace, titre="La troisième")
    new = enquete(by, espace, titre="La quatrième")
    asked = new.questions.get(code="vecu").pk
    given: Arguments = {"enquete": [public.numero], "enquete-resultats": [public.numero, "csv"]}
    given |= {"enquete-publier": [over.numero], "enquete-retirer": [public.numero]}
    given |= {f"enquete-{name}": [going.numero] for name in ("papiers", "affiche")}
    given |= {f"enquete-{name}": [new.numero] for name in ("modifier", "ouvrir", "question-nouvelle")}
    return given | {f"enquete-question-{name}": [new.numero, asked] for name in ("modifier", "retirer")}


ROUTES = {
    "enquetes": Route(TOUS, PARCOURS, 8),
    "enquete": Route(TOUS, PARCOURS, 16),
    "enquete-resultats": Route(TOUS, FICHIER, 14),
    "enquete-nouvelle": Route(EQUIPE, COMMUN, 12),
    "enquete-modifier": Route(EQUIPE, COMMUN, 12),
    "enquete-ouvrir": Route(EQUIPE, COMMUN, 12),
    "enquete-affiche": Route(TOUS, COMMUN, 9),
    "enquete-papiers": Route(EQUIPE, COMMUN, 12),
    "enquete-publier": Route(EQUIPE, COMMUN, 12),
    "enquete-retirer": Route(EQUIPE, COMMUN, 12),
    "enquete-question-nouvelle": Route(EQUIPE, COMMUN, 12),
    "enquete-question-modifier": Route(EQUIPE, COMMUN, 12),
    "enquete-question-retirer": Route(EQUIPE, COMMUN, 12),
}
