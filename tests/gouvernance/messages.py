"""The convocation to a meeting (`tests/test_messages.py`)."""

from tenir.acteurs.models import Organisation
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.reunions import CONVOCATION, call_off, change
from tenir.gouvernance.services.sondages import MESSAGE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import comites, convoquee, sondage
from tests.lettres import Parts, leave
from tests.personnes import acces, body


def convened(espace: EspaceDeContrat) -> tuple[Acces, Reunion]:
    body("ccas")
    Organisation.objects.update(nom="CCAS de Songe")
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    found = convoquee(by, comites(espace).technique)
    leave()
    return by, found


def changed(espace: EspaceDeContrat) -> None:
    by, found = convened(espace)
    change(by=by, reunion=found, version=found.version, changes={"lieu": "Mairie"})
    leave()


def called_off(espace: EspaceDeContrat) -> None:
    by, found = convened(espace)
    call_off(by=by, reunion=found, motif="Neige.")
    leave()


def polled(espace: EspaceDeContrat) -> None:
    body("ccas")
    Organisation.objects.update(nom="CCAS de Songe")
    sondage(acces("Basile Fictif", Role.EQUIPE, espace), comites(espace).technique)
    leave()


MESSAGES = {MESSAGE: Parts(polled), CONVOCATION: Parts(convened, changed, called_off)}
