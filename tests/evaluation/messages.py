"""The message of évaluations (`tests/test_messages.py`)."""

from tenir.acteurs.models import Organisation
from tenir.evaluation.services.contributions import DEMANDE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.evaluation.evaluations import evaluation, sollicitee
from tests.lettres import Parts, leave
from tests.personnes import acces, body, person, referent


def asked(espace: EspaceDeContrat) -> None:
    body("ccas")
    Organisation.objects.update(nom="CCAS de Songe")
    referent(person("Nina Sollicitée", signs_in=False), espace, of="ccas")
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    sollicitee(by, evaluation(by, espace))
    leave(days=1)


MESSAGES = {DEMANDE: Parts(asked)}
