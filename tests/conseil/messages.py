"""The request for an opinion (`tests/test_messages.py`)."""

from tenir.acteurs.models import Organisation
from tenir.conseil.services.messages import AVIS, bring
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.conseil.appels import avis
from tests.lettres import Parts, leave
from tests.personnes import acces, body, person, referent


def asked(espace: EspaceDeContrat) -> None:
    body("conseil")
    Organisation.objects.filter(identifiant="conseil").update(nom="Conseil citoyen de Songe", nature="conseil citoyen")
    referent(person("Nina Conseillère", signs_in=False), espace, of="conseil")
    bring(avis(acces("Basile Fictif", Role.EQUIPE, espace), espace))
    leave(days=1)


MESSAGES = {AVIS: Parts(asked)}
