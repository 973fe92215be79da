"""The message of a carnet (`tests/test_messages.py`)."""

from datetime import timedelta

from tenir.acteurs.models import Organisation
from tenir.activite.models import LienDeCarnet
from tenir.activite.services.carnets import send_of_the_month
from tenir.activite.services.liens_de_carnet import COURRIEL
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.activite.carnets import carnet
from tests.activite.routes import daily
from tests.lettres import Parts, leave
from tests.personnes import acces, body


def open_one(espace: EspaceDeContrat) -> None:
    body("ccas")
    Organisation.objects.update(nom="CCAS de Songe")
    carnet(acces("Basile Fictif", Role.EQUIPE, espace), espace)
    leave()


def of_the_month(espace: EspaceDeContrat) -> None:
    open_one(espace)
    daily(espace)
    LienDeCarnet.objects.update(cree_le=horloge.now() - timedelta(days=33))
    send_of_the_month(horloge.now())
    leave()


MESSAGES = {COURRIEL: Parts(open_one, of_the_month)}
