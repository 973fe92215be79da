"""What a funder is asked (`tests/test_messages.py`)."""

from datetime import timedelta

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.financement.services.demandes import GENRE, ask
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.financement.argent import ANNEE, financeurs
from tests.lettres import Parts, leave
from tests.personnes import acces, body


def asked(espace: EspaceDeContrat) -> None:
    body("ccas")
    Organisation.objects.update(nom="CCAS de Songe")
    financeurs(espace)
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    ask(by=by, espace=espace, annee=ANNEE, financeurs=[body("ccas")], close_le=horloge.today() + timedelta(days=9))
    leave()


MESSAGES = {GENRE: Parts(asked)}
