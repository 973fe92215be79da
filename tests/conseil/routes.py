"""What the routes of the council of residents state (`tests/routes.py`)."""

from tenir.conseil.models import Mandat
from tenir.conseil.services.avis import token_of
from tenir.conseil.services.liens import token_of as candidate_token
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.conseil.appels import appel, avis, candidat, clos, fige, membre, moyen, piece, question, tire
from tests.gouvernance.reunions import comites, convoquee
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route

TIRAGE = "tests/conseil/test_navigateur_conseil.py::test_from_a_call_to_a_draw_that_anyone_reads"

AVIS = "tests/conseil/test_navigateur_conseil.py::test_an_opinion_is_asked_given_by_link_and_read_by_anyone"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A call that is open with a candidate, one to freeze, one to draw, one drawn; a member whom no draw chose."""
    by = acces("Odile Conseil", Role.EQUIPE, espace)
    opened, over = appel(by, espace), appel(by, espace)
    person = candidat(opened)
    candidat(over)
    clos(over)
    frozen, drawn = fige(by, espace), tire(by, espace)
    membre(by, espace)
    file = piece(by, espace)
    asked = avis(by, espace, piece=file)
    token = token_of(asked)
    given: Arguments = {name: [opened.numero] for name in ("appel-modifier", "candidature-nouvelle")}
    given |= {name: [person.numero] for name in ("candidature-corriger", "candidature-retirer")}
    seat = Mandat.objects.of(espace).filter(candidature__appel=drawn).order_by("pk")[0]
    return given | {
        "appel": [drawn.numero],
        "appel-figer": [over.numero],
        "appel-tirer": [frozen.numero],
        "mandat-finir": [seat.pk],
        "conseil-piece": [file.pk],
        "conseil-piece-retirer": [piece(by, espace).pk],
        "conseil-moyen-finir": [moyen(by, espace).pk],
        "avis-demande": [asked.numero],
        "avis-corriger": [asked.numero],
        "avis-envoyer": [asked.numero],
        "conseil-question-repondre": [question(by, espace).numero],
        "conseil-presences": [convoquee(by, comites(espace).technique, days=0).pk],
        "conseil-piece-partagee": [piece(by, espace, partagee=True).pk],
        "ma-candidature": [key := candidate_token(person)],
        "ma-candidature-abime": [f"{key}&data=x"],
        "avis": [token],
        "avis-document": [token],
        "avis-abime": [f"{token}&data=x"],
    }


ROUTES = {
    "conseil": Route(TOUS, TIRAGE, 19),
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
    "conseil-piece-nouvelle": Route(EQUIPE, COMMUN, 6),
    "conseil-piece": Route(TOUS, FICHIER, 5),
    "conseil-piece-retirer": Route(EQUIPE, COMMUN, 6),
    "conseil-moyen-nouveau": Route(EQUIPE, COMMUN, 6),
    "conseil-moyen-finir": Route(EQUIPE, COMMUN, 6),
    "avis-liste": Route(TOUS, AVIS, 9),
    "avis-export": Route(TOUS, FICHIER, 6),
    "avis-nouveau": Route(EQUIPE, AVIS, 6),
    "avis-demande": Route(TOUS, AVIS, 10),
    "avis-corriger": Route(EQUIPE, COMMUN, 6),
    "conseil-bibliotheque": Route(TOUS, COMMUN, 8),
    "conseil-piece-partagee": Route(TOUS, FICHIER, 5, commune=True),
    "conseil-question-nouvelle": Route(EQUIPE, COMMUN, 6),
    "conseil-question-repondre": Route(PARTENAIRES, COMMUN, 7),
    "conseil-presences": Route(EQUIPE, COMMUN, 9),
    "avis-envoyer": Route(EQUIPE, GESTE, None),
    "ma-candidature": Route(LIEN, COMMUN, 3),
    "ma-candidature-abime": Route(LIEN, RENVOI, 1),
    "avis": Route(LIEN, AVIS, 2),
    "avis-document": Route(LIEN, FICHIER, 2),
    "avis-abime": Route(LIEN, RENVOI, 1),
}
