"""The messages about dossiers (`tests/test_messages.py`)."""

from tenir.acteurs.models import Organisation
from tenir.appels.services.dossiers import withdraw
from tenir.appels.services.instruction import decide
from tenir.appels.services.messages import DECISION, LIEN, RECU
from tenir.core import horloge
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


def refused(espace: EspaceDeContrat) -> None:
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    part = depose(publie(by, espace)).parts.get()
    Organisation.objects.update(nom="CCAS de Songe")
    given = {"le": horloge.today(espace), "source": "Délibération fictive", "motif": "Hors du quartier."}
    decide(by=by, part=part, suite="refuse", **given)
    leave(days=1)


MESSAGES = {LIEN: Parts(asked), RECU: Parts(sent, withdrawn), DECISION: Parts(refused)}
