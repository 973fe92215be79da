"""The messages about dossiers (`tests/test_messages.py`)."""

from tenir.appels.services.dossiers import withdraw
from tenir.appels.services.messages import LIEN, RECU
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.appels.appels import publie
from tests.appels.dossiers import depose, ouvert
from tests.lettres import Parts, leave
from tests.personnes import acces


def asked(espace: EspaceDeContrat) -> None:
    ouvert(publie(acces("Basile Fictif", Role.EQUIPE, espace), espace))
    leave()


def sent(espace: EspaceDeContrat) -> None:
    depose(publie(acces("Basile Fictif", Role.EQUIPE, espace), espace))
    leave()


def withdrawn(espace: EspaceDeContrat) -> None:
    withdraw(by=None, dossier=depose(publie(acces("Basile Fictif", Role.EQUIPE, espace), espace)))
    leave()


MESSAGES = {LIEN: Parts(asked), RECU: Parts(sent, withdrawn)}
