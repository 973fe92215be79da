"""What the routes of calls for projects and of dossiers state (`tests/routes.py`)."""

from tenir.appels.models import AppelAProjets
from tenir.appels.services.dossiers import withdraw
from tenir.appels.services.liens import token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.appels import dossiers as d
from tests.appels.appels import appel, piece, publie
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, LIEN, RENVOI, TOUS, Arguments, Route

PARCOURS = "tests/appels/test_navigateur_dossier.py::test_an_association_applies_on_a_phone"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """A call that is published, with a file; a draft."""
    by = acces("Olga Appelante", Role.EQUIPE, espace)
    one, draft = publie(by, espace), appel(by, espace)
    file = [one.numero, piece(by, one).pk]
    names = ("modifier", "reprendre", "clore", "financeur", "financeur-retirer", "piece-nouvelle")
    given: Arguments = {f"appel-a-projets-{name}": [one.numero] for name in names}
    given |= {"appel-a-projets": [one.numero], "appel-a-projets-publier": [draft.numero]}
    given |= {"appel-a-projets-dossier": [one.numero]}
    return (
        given
        | {"appel-a-projets-piece": file, "appel-a-projets-piece-retirer": file}
        | of_dossiers(one, publie(by, espace))
    )


def of_dossiers(one: AppelAProjets, other: AppelAProjets) -> Arguments:
    """A dossier in which nothing is missing, one that is sent, one that was taken back; a call open beside."""
    whole, sent = d.rempli(one), d.depose(one)
    withdraw(by=None, dossier=d.depose(one))
    part = sent.parts.get().pk
    file, token, closed = whole.pieces.get().pk, token_of(whole), token_of(sent)
    team: Arguments = {
        "": [whole.numero], "-section": [whole.numero, "organisme"], "-deposer": [whole.numero],
        "-retirer": [sent.numero], "-instruire": [sent.numero, part], "-decider": [sent.numero, part],
        "-piece": [whole.numero, file], "-piece-retirer": [whole.numero, file], "-document": [sent.numero, "docx"],
    }  # fmt: skip
    link: Arguments = {
        "": [token], "-section": [token, "organisme"], "-deposer": [token], "-retirer": [closed],
        "-reprendre": [closed, other.numero], "-piece": [token, file], "-piece-retirer": [token, file],
        "-abime": [f"{token}&data=x"],
    }  # fmt: skip
    given = {f"dossier-de-demande{name}": args for name, args in team.items()}
    return given | {f"dossier{name}": args for name, args in link.items()}


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
    "appel-a-projets-dossier": Route(EQUIPE, COMMUN, 8),
    "dossiers-de-demande": Route(EQUIPE, COMMUN, 11),
    "dossiers-de-demande-export": Route(EQUIPE, FICHIER, 8),
    "dossier-de-demande": Route(EQUIPE, COMMUN, 22),
    "dossier-de-demande-document": Route(EQUIPE, FICHIER, 12),
    "dossier-de-demande-section": Route(EQUIPE, COMMUN, 9),
    "dossier-de-demande-deposer": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-retirer": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-instruire": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-decider": Route(EQUIPE, COMMUN, 8),
    "dossier-de-demande-piece": Route(EQUIPE, FICHIER, 7),
    "dossier-de-demande-piece-retirer": Route(EQUIPE, COMMUN, 8),
    "dossier": Route(LIEN, PARCOURS, 16),
    "dossier-section": Route(LIEN, PARCOURS, 6),
    "dossier-deposer": Route(LIEN, PARCOURS, 5),
    "dossier-retirer": Route(LIEN, COMMUN, 5),
    "dossier-reprendre": Route(LIEN, COMMUN, 5),
    "dossier-piece": Route(LIEN, FICHIER, 4),
    "dossier-piece-retirer": Route(LIEN, COMMUN, 6),
    "dossier-abime": Route(LIEN, RENVOI, 1),
}
