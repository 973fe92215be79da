"""What the routes of calls for projects state (`tests/routes.py`)."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.appels.appels import appel, piece, publie
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, TOUS, Arguments, Route


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A call that is published, with a file; a draft."""
    by = acces("Olga Appelante", Role.EQUIPE, espace)
    one, draft = publie(by, espace), appel(by, espace)
    file = [one.numero, piece(by, one).pk]
    names = ("modifier", "reprendre", "clore", "financeur", "financeur-retirer", "piece-nouvelle")
    given: Arguments = {f"appel-a-projets-{name}": [one.numero] for name in names}
    given |= {"appel-a-projets": [one.numero], "appel-a-projets-publier": [draft.numero]}
    return given | {"appel-a-projets-piece": file, "appel-a-projets-piece-retirer": file}


ROUTES = {
    "appels-a-projets": Route(TOUS, COMMUN, 10),
    "appels-a-projets-export": Route(TOUS, FICHIER, 8),
    "appel-a-projets": Route(TOUS, COMMUN, 16),
    "appel-a-projets-nouveau": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-modifier": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-reprendre": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-publier": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-clore": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-financeur": Route(EQUIPE, COMMUN, 9),
    "appel-a-projets-financeur-retirer": Route(EQUIPE, COMMUN, 9),
    "appel-a-projets-piece-nouvelle": Route(EQUIPE, COMMUN, 8),
    "appel-a-projets-piece": Route(TOUS, FICHIER, 6),
    "appel-a-projets-piece-retirer": Route(EQUIPE, COMMUN, 8),
}
