"""What the routes of préconisations state (`tests/routes.py`)."""

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tenir.preconisations.services.liens import answer_token, follow_token
from tests.personnes import acces
from tests.preconisations.preconisations import answered, asked, sent
from tests.routes import COMMUN, EQUIPE, FICHIER, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route

PARCOURS = "tests/preconisations/test_navigateur_preconisations.py::test_answered_late_then_reopened"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One that « ccas » must answer, one that it answered, one that a resident sent."""
    by = acces("Olga Préconisée", Role.EQUIPE, espace)
    one, closed, unread = asked(by, espace), answered(by, espace), sent(espace)
    given: Arguments = {f"preconisation-{name}": [one.numero] for name in ("modifier", "repondre", "inscrire")}
    given |= {f"preconisation-{name}": [unread.numero] for name in ("publier", "ecarter")}
    given |= {"preconisation": [one.numero], "preconisation-rouvrir": [closed.numero]}
    given |= {"preconisation-reponse": [answer_token(one)], "preconisation-suivie": [follow_token(closed)]}
    given |= {"preconisation-reponse-abime": [f"{answer_token(one)}&data=x"]}
    return given | {"preconisation-suivie-abime": [f"{follow_token(closed)}&data=x"]}


ROUTES = {
    "preconisations": Route(TOUS, COMMUN, 14),
    "preconisations-export": Route(TOUS, FICHIER, 8),
    "preconisation": Route(TOUS, PARCOURS, 14),
    "preconisation-nouvelle": Route(EQUIPE, COMMUN, 8),
    "preconisation-publier": Route(EQUIPE, COMMUN, 8),
    "preconisation-ecarter": Route(EQUIPE, COMMUN, 8),
    "preconisation-modifier": Route(EQUIPE, COMMUN, 10),
    "preconisation-repondre": Route(PARTENAIRES, COMMUN, 8),
    "preconisation-rouvrir": Route(EQUIPE, PARCOURS, 8),
    "preconisation-inscrire": Route(EQUIPE, COMMUN, 8),
    "preconisation-reponse": Route(LIEN, PARCOURS, 5),
    "preconisation-reponse-abime": Route(LIEN, RENVOI, 1),
    "preconisation-suivie": Route(LIEN, PARCOURS, 5),
    "preconisation-suivie-abime": Route(LIEN, RENVOI, 1),
}
