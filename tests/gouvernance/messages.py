"""The convocation to a meeting (`tests/test_messages.py`)."""

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.comptes_rendus import COMPTE_RENDU, circulate
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


def minuted(espace: EspaceDeContrat) -> None:
    by, found = convened(espace)
    Reunion.objects.filter(pk=found.pk).update(etat="tenue", jour=horloge.today())
    circulate(by=by, reunion=found)
    leave()


MESSAGES = {MESSAGE: Parts(polled), COMPTE_RENDU: Parts(minuted), CONVOCATION: Parts(convened, changed, called_off)}
