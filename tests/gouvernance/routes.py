"""What the routes of bodies, meetings and what follows state (`tests/routes.py`)."""

from datetime import timedelta

from tenir.core import horloge
from tenir.gouvernance.models import InstanceSuivie, RegleDeGouvernance, Reunion
from tenir.gouvernance.services import agendas, portes, sondages
from tenir.gouvernance.services.dossiers import freeze
from tenir.gouvernance.services.liens import token_of
from tenir.gouvernance.services.registre import count_as
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, convoquee, decision, point, proposition, reunion, sondage
from tests.personnes import acces, body
from tests.routes import COMMUN, EQUIPE, FICHIER, GESTE, LIEN, PARTENAIRES, RENVOI, TOUS, Arguments, Route

SONDAGE = "tests/gouvernance/test_navigateur_reunions.py::test_a_date_is_found_by_links"
ANNEE = "tests/gouvernance/test_navigateur_reunions.py::test_from_a_convocation_to_its_minutes"
PORTE = "tests/gouvernance/test_navigateur_reunions.py::test_a_body_says_at_the_door_that_it_is_there"
OF_A_BODY = (
    "instance-suivie",
    "instance-compter",
    "siege-nouveau",
    "sieges-reprendre",
    "regle-nouvelle",
    "reglement-adopter",
)
OF_A_MEETING = (
    "reunion",
    "reunion-modifier",
    "reunion-convoquer",
    "reunion-annuler",
    "reunion-presences",
    "reunion-presences-compter",
    "reunion-tenir",
    "reunion-publier",
    "reunion-agenda",
    "reunion-point-nouveau",
    "reunion-decision-nouvelle",
    "reunion-proposition-nouvelle",
    "reunion-reponse-d-agenda",
    "reunion-dossier",
    "reunion-porte",
    "reunion-construire",
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
    given |= minutes(by, bodies.technique)
    count_as(by=by, instance=bodies.technique, nature="reunion-de-reseau")
    given |= {"reunion-compter": given["reunion-diffuser"]}
    made = freeze(by=by, reunion=found)
    given |= {"reunion-dossier-fichier": [found.pk, made.numero]}
    token = token_of(found.convocations.get(organisation__identifiant="ccas"))
    given |= {"convocation-dossier": [token]}
    given |= {"mon-agenda-ics": [(key := agendas.token_of(agendas.give(by=by, espace=espace)))]}
    given |= {"mon-agenda-ics-abime": [f"{key}&data=x"]}
    door = portes.token_of(portes.open_door(by=by, reunion=found))
    given |= {"porte": [door], "porte-abime": [f"{door}&data=x"]}
    poll = sondage(by, bodies.technique)
    key = sondages.token_of(poll.sondes.get(organisation__identifiant="ccas"))
    given |= {name: [poll.pk] for name in ("sondage", "sondage-clore", "sondage-relancer")}
    given |= {"sondage-nouveau": [bodies.technique.code], "sondage-choisir": [poll.pk, poll.dates.all()[0].pk]}
    given |= {"sondage-reponse": [key], "sondage-reponse-abime": [f"{key}&data=x"]}
    given |= {"convocation": [token], "convocation-agenda": [token], "convocation-abime": [f"{token}&data=x"]}
    return given


def minutes(by: Acces, instance: InstanceSuivie) -> Arguments:
    """Minutes that were circulated, corrected, and are to be approved by a meeting of today."""
    before = convoquee(by, instance)
    rows = Reunion.objects.filter(pk=before.pk)
    rows.update(etat="tenue", jour=horloge.today() - timedelta(days=9), diffuse_le=horloge.now())
    before.refresh_from_db()
    asked = before.corrections.create(organisation=body("ccas"), texte="Le mardi.", recue_le=horloge.today())
    after = reunion(by, instance, days=0)
    token = token_of(before.convocations.get(organisation__identifiant="ccas"))
    given: Arguments = {name: [before.pk] for name in ("reunion-diffuser", "reunion-correction-nouvelle")}
    given |= {"reunion-correction": [before.pk, asked.pk], "reunion-point-approuver": [after.pk, after.points.get().pk]}
    return given | {"convocation-correction": [token], "convocation-compte-rendu": [token]}


ROUTES = {
    "instances": Route(TOUS, COMMUN, 11),
    "instance-nouvelle": Route(EQUIPE, COMMUN, 5),
    "instance-suivie": Route(TOUS, COMMUN, 20),
    "instance-compter": Route(EQUIPE, COMMUN, 7),
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
    "reunion-annuler": Route(EQUIPE, COMMUN, 7),
    "reunion-presences": Route(EQUIPE, ANNEE, 13),
    "reunion-presences-compter": Route(EQUIPE, GESTE, 13),
    "reunion-tenir": Route(EQUIPE, COMMUN, 15),
    "reunion-publier": Route(EQUIPE, COMMUN, 7),
    "reunion-agenda": Route(TOUS, FICHIER, 5),
    "reunion-compte-rendu": Route(TOUS, FICHIER, 18),
    "reunion-construire": Route(EQUIPE, COMMUN, 25),
    "reunion-porte": Route(EQUIPE, PORTE, 8),
    "reunion-dossier": Route(EQUIPE, COMMUN, 30),
    "reunion-dossier-fichier": Route(TOUS, FICHIER, 5),
    "reunion-point-nouveau": Route(EQUIPE, COMMUN, 6),
    "reunion-point": Route(EQUIPE, ANNEE, 6),
    "reunion-point-retirer": Route(EQUIPE, COMMUN, 6),
    "reunion-reponse-d-agenda": Route(EQUIPE, COMMUN, 8),
    "reunion-diffuser": Route(EQUIPE, COMMUN, 12),
    "reunion-compter": Route(EQUIPE, COMMUN, 12),
    "reunion-correction-nouvelle": Route(EQUIPE, COMMUN, 7),
    "reunion-correction": Route(EQUIPE, COMMUN, 7),
    "reunion-point-approuver": Route(EQUIPE, COMMUN, 12),
    "reunion-decision-nouvelle": Route(EQUIPE, COMMUN, 10),
    "reunion-proposition-nouvelle": Route(EQUIPE, COMMUN, 8),
    "decisions": Route(TOUS, COMMUN, 13),
    "decisions-export": Route(TOUS, FICHIER, 8),
    "decision": Route(TOUS, COMMUN, 16),
    "decision-corriger": Route(EQUIPE, COMMUN, 10),
    "decision-dire": Route(PARTENAIRES, COMMUN, 6),
    "propositions": Route(TOUS, COMMUN, 10),
    "propositions-export": Route(TOUS, FICHIER, 8),
    "proposition": Route(TOUS, COMMUN, 12),
    "proposition-inscrire": Route(EQUIPE, COMMUN, 6),
    "proposition-ecarter": Route(EQUIPE, COMMUN, 6),
    "sondage-nouveau": Route(EQUIPE, SONDAGE, 9),
    "sondage": Route(TOUS, SONDAGE, 18),
    "sondage-choisir": Route(EQUIPE, SONDAGE, 11),
    "sondage-clore": Route(EQUIPE, COMMUN, 9),
    "sondage-relancer": Route(EQUIPE, GESTE, None),
    "sondage-reponse": Route(LIEN, SONDAGE, 5),
    "sondage-reponse-abime": Route(LIEN, RENVOI, 1),
    "mon-agenda": Route(TOUS, COMMUN, 7),
    "mon-agenda-ics": Route(LIEN, FICHIER, 7),
    "mon-agenda-ics-abime": Route(LIEN, RENVOI, 1),
    "porte": Route(LIEN, PORTE, 4),
    "porte-abime": Route(LIEN, RENVOI, 1),
    "convocation": Route(LIEN, ANNEE, 5),
    "convocation-agenda": Route(LIEN, FICHIER, 2),
    "convocation-dossier": Route(LIEN, FICHIER, 3),
    "convocation-correction": Route(LIEN, COMMUN, 6),
    "convocation-compte-rendu": Route(LIEN, FICHIER, 14),
    "convocation-abime": Route(LIEN, RENVOI, 1),
}
