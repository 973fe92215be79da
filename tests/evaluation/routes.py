"""What the routes of évaluations state (`tests/routes.py`)."""

from tenir.evaluation.services.liens import token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.evaluation.evaluations import appreciee, chiffre, evaluation, figee, partagee, publiee, question, sollicitee
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route
from tests.vie import orientation

PARCOURS = "tests/evaluation/test_navigateur_evaluation.py::test_an_evaluation_from_its_preparation_to_the_public_page"


def arguments(espace: EspaceDeContrat) -> Arguments:
    """One that is shared, with all that hangs on it; one to share, one to freeze, one that is published."""
    by = acces("Olga Évaluatrice", Role.EQUIPE, espace)
    one = orientation(espace)
    shared, frozen, shown = partagee(by, espace), figee(by, espace), publiee(by, espace)
    free = evaluation(by, espace)
    asked, figure, told = question(by, shared), chiffre(by, shared, one), sollicitee(by, shared)
    appreciee(by, shared, one)
    here = [shared.numero]
    given: Arguments = dict.fromkeys(("evaluation-comparaison", "evaluation-dossier"), here)
    given |= {"evaluation-comparaison-export": [*here, "csv"], "evaluation-fichier": [*here, "docx"]}
    given |= {"instantane": [*here, 1], "instantane-json": [*here, 1]}
    given |= {"evaluation-orientation": [*here, one.code], "evaluation-apprecier": [*here, one.code]}
    given |= {"evaluation-chiffre-nouveau": [*here, one.code], "evaluation-contributions": here}
    given |= {name: [*here, one.code, figure.pk] for name in ("evaluation-chiffre", "evaluation-chiffre-retirer")}
    given |= {name: [*here, asked.pk] for name in ("question-d-evaluation", "question-d-evaluation-retirer")}
    given |= {"question-d-evaluation-nouvelle": here, "evaluation-modifier": here, "evaluation-solliciter": here}
    given |= {"evaluation-contribution": [*here, told.pk], "evaluation-reponse": [token_of(told)]}
    given |= {"evaluation-reponse-abime": [f"{token_of(told)}&data=x"]}
    given |= {"evaluation-partager": [frozen.numero], "evaluation-publier": [frozen.numero]}
    return given | {
        "evaluation-figer": [free.numero],
        "evaluation-retirer": [shown.numero],
        "evaluation": [shown.numero],
    }


ROUTES = {
    "evaluations": Route(TOUS, PARCOURS, 5),
    "evaluation-nouvelle": Route(PARTENAIRES, PARCOURS, 5),
    "evaluation": Route(TOUS, PARCOURS, 11),
    "evaluation-modifier": Route(PARTENAIRES, COMMUN, 6),
    "evaluation-figer": Route(PARTENAIRES, PARCOURS, 26),
    "evaluation-partager": Route(EQUIPE, COMMUN, 6),
    "evaluation-publier": Route(EQUIPE, PARCOURS, 6),
    "evaluation-retirer": Route(EQUIPE, COMMUN, 6),
    "question-d-evaluation-nouvelle": Route(PARTENAIRES, COMMUN, 6),
    "question-d-evaluation": Route(PARTENAIRES, COMMUN, 7),
    "question-d-evaluation-retirer": Route(PARTENAIRES, COMMUN, 6),
    "instantane": Route(TOUS, PARCOURS, 6),
    "instantane-json": Route(TOUS, FICHIER, 6),
    "evaluation-comparaison": Route(TOUS, PARCOURS, 7),
    "evaluation-comparaison-export": Route(TOUS, FICHIER, 6),
    "evaluation-dossier": Route(TOUS, PARCOURS, 10),
    "evaluation-fichier": Route(TOUS, FICHIER, 10),
    "evaluation-orientation": Route(TOUS, PARCOURS, 16),
    "evaluation-apprecier": Route(PARTENAIRES, PARCOURS, 10),
    "evaluation-chiffre-nouveau": Route(PARTENAIRES, COMMUN, 8),
    "evaluation-chiffre": Route(PARTENAIRES, COMMUN, 8),
    "evaluation-chiffre-retirer": Route(PARTENAIRES, COMMUN, 7),
    "evaluation-contributions": Route(TOUS, COMMUN, 6),
    "evaluation-solliciter": Route(PARTENAIRES, COMMUN, 7),
    "evaluation-contribution": Route(PARTENAIRES, COMMUN, 6),
    "evaluation-reponse": Route(LIEN, PARCOURS, 5),
    "evaluation-reponse-abime": Route(LIEN, RENVOI, 1),
}
