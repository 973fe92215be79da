"""What the routes of bodies, meetings and what follows state (`tests/routes.py`)."""

from datetime import timedelta

from tenir.core import horloge
from tenir.gouvernance.models import RegleDeGouvernance
from tenir.gouvernance.services.liens import token_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, convoquee, decision, point, proposition, reunion
from tests.personnes import acces
from tests.routes import COMMUN, EQUIPE, FICHIER, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route

ANNEE = "tests/gouvernance/test_navigateur_reunions.py::test_from_a_convocation_to_its_minutes"
OF_A_BODY = ("instance-suivie", "siege-nouveau", "sieges-reprendre", "regle-nouvelle", "reglement-adopter")
OF_A_MEETING = (
    "reunion",
    "reunion-modifier",
    "reunion-convoquer",
    "reunion-annuler",
    "reunion-presences",
    "reunion-tenir",
    "reunion-publier",
    "reunion-agenda",
    "reunion-point-nouveau",
    "reunion-decision-nouvelle",
    "reunion-proposition-nouvelle",
)


def arguments(espace: EspaceDeContrat) -> Arguments:
    """Two bodies, a meeting convened today with its agenda, a decision of « ccas » and a proposal, another to come."""
    by = acces("Olga Conviée", Role.EQUIPE, espace)
    bodies = comites(espace)
    rule = RegleDeGouvernance.objects.create(
        instance=bodies.technique, genre="quorum", titre="La moitié", nombre=50, nature="tenir", source="équipe",
        du=horloge.today() - timedelta(days=400),
    )  # fmt: skip
    found = convoquee(by, bodies.technique, days=0)
    reunion(by, bodies.pilotage, days=30)
    item, taken, proposed = point(by, found), decision(by, found), proposition(by, found)
    given: Arguments = {name: [bodies.technique.code] for name in OF_A_BODY}
    given |= {name: [found.pk] for name in OF_A_MEETING}
    given |= {"reunion-compte-rendu": [found.pk, "docx"], "regle-finir": [rule.pk]}
    given |= {"siege-finir": [bodies.technique.sieges.order_by("pk")[0].pk]}
    given |= {name: [found.pk, item.pk] for name in ("reunion-point", "reunion-point-retirer")}
    given |= {name: [taken.numero] for name in ("decision", "decision-corriger", "decision-dire")}
    given |= {name: [proposed.numero] for name in ("proposition", "proposition-inscrire", "proposition-ecarter")}
    token = token_of(found.convocations.get(organisation__identifiant="ccas"))
    given |= {"convocation": [token], "convocation-agenda": [token], "convocation-abime": [f"{token}&data=x"]}
    return given


ROUTES = {
    "instances": Route(TOUS, COMMUN, 11),
    "instance-nouvelle": Route(EQUIPE, COMMUN, 5),
    "instance-suivie": Route(TOUS, COMMUN, 20),
    "siege-nouveau": Route(EQUIPE, COMMUN, 7),
    "siege-finir": Route(EQUIPE, COMMUN, 6),
    "sieges-reprendre": Route(EQUIPE, COMMUN, 7),
    "regle-nouvelle": Route(EQUIPE, COMMUN, 7),
    "regle-finir": Route(EQUIPE, COMMUN, 6),
    "reglement-adopter": Route(EQUIPE, COMMUN, 6),
    "reunions": Route(TOUS, COMMUN, 12),
    "reunions-export": Route(TOUS, FICHIER, 8),
    "reunion-nouvelle": Route(EQUIPE, COMMUN, 6),
    "reunion": Route(TOUS, ANNEE, 30),
    "reunion-modifier": Route(EQUIPE, COMMUN, 6),
    "reunion-convoquer": Route(EQUIPE, ANNEE, 18),
    "reunion-annuler": Route(EQUIPE, COMMUN, 6),
    "reunion-presences": Route(EQUIPE, ANNEE, 13),
    "reunion-tenir": Route(EQUIPE, COMMUN, 15),
    "reunion-publier": Route(EQUIPE, COMMUN, 6),
    "reunion-agenda": Route(TOUS, FICHIER, 5),
    "reunion-compte-rendu": Route(TOUS, FICHIER, 18),
    "reunion-point-nouveau": Route(EQUIPE, COMMUN, 6),
    "reunion-point": Route(EQUIPE, ANNEE, 6),
    "reunion-point-retirer": Route(EQUIPE, COMMUN, 6),
    "reunion-decision-nouvelle": Route(EQUIPE, COMMUN, 9),
    "reunion-proposition-nouvelle": Route(EQUIPE, COMMUN, 8),
    "decisions": Route(TOUS, COMMUN, 13),
    "decisions-export": Route(TOUS, FICHIER, 8),
    "decision": Route(TOUS, COMMUN, 12),
    "decision-corriger": Route(EQUIPE, COMMUN, 9),
    "decision-dire": Route(PARTENAIRES, COMMUN, 6),
    "propositions": Route(TOUS, COMMUN, 10),
    "propositions-export": Route(TOUS, FICHIER, 8),
    "proposition": Route(TOUS, COMMUN, 12),
    "proposition-inscrire": Route(EQUIPE, COMMUN, 6),
    "proposition-ecarter": Route(EQUIPE, COMMUN, 6),
    "convocation": Route(LIEN, ANNEE, 5),
    "convocation-agenda": Route(LIEN, FICHIER, 2),
    "convocation-abime": Route(LIEN, RENVOI, 1),
}
