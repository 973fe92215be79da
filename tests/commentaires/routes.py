"""What the routes of comments state (`tests/routes.py`)."""

from tenir.commentaires.services.commentaires import correct, withdraw
from tenir.commentaires.services.liens import answer, token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.commentaires.paroles import asked, citee, commentaire
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, GESTE, LIEN, PARTENAIRES, RENVOI, Arguments, Route
from tests.vie import fiche

LIEN_LU = "tests/commentaires/test_navigateur_commentaires.py::test_someone_told_answers_without_an_account"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """An action with a comment that tells a contact, who answered; one withdrawn; one on an answer."""
    by = acces("Olga Bavarde", Role.EQUIPE, espace)
    found = fiche(espace, "O06-A07", pilots=("caf",))
    correct(by=by, commentaire=commentaire(by, found, "Qui oubre ?"), texte="Qui ouvre ?")
    told = citee(by, found)
    answer(citee=told, texte="C’est moi.")
    withdraw(by=by, commentaire=commentaire(by, found, "De trop."), motif="Hors sujet.")
    commentaire(by, asked(by, found), "À relire.")
    numbers = [told.commentaire_id]
    given: Arguments = {"commentaire-nouveau": ["action", found.code]}
    given |= {"commentaire-corriger": numbers, "commentaire-retirer": numbers}
    token = token_of(told)
    return given | {
        "commentaire": [token],
        "commentaire-reprendre": [token],
        "commentaire-abime": [f"{token}&data=x"],
    }


ROUTES = {
    "commentaire-nouveau": Route(PARTENAIRES, COMMUN, 15),
    "commentaire-corriger": Route(PARTENAIRES, COMMUN, 9),
    "commentaire-retirer": Route(EQUIPE, COMMUN, 9),
    "commentaire": Route(LIEN, LIEN_LU, 14),
    "commentaire-reprendre": Route(LIEN, GESTE, None),
    "commentaire-abime": Route(LIEN, RENVOI, 1),
}
