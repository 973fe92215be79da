"""The message of an invitation (`tests/test_messages.py`)."""

from django.test import Client
from django.urls import reverse

from tenir.equipe.services.relances import remind
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.lettres import Parts, leave
from tests.personnes import body, member, person, referent
from tests.vie import fiche


def invite(espace: EspaceDeContrat) -> None:
    """The team invites a partner for a body that the contract names."""
    by, client = member("Basile Fictif", Role.EQUIPE, espace), Client()
    fiche(espace, pilots=("commune-fictive",))
    client.force_login(by.utilisateur)
    given = {"email": "gil@exemple.test", "role": "partenaire", "organisation": body("commune-fictive").pk}
    client.post(reverse("invitation-nouvelle", args=[espace.slug]), given)


def remind_of_an_action(espace: EspaceDeContrat) -> None:
    """The team asks a body where an action stands."""
    by = acces_of(member("Basile Fictif", Role.EQUIPE, espace))
    carried = fiche(espace, pilots=("commune-fictive",))
    contact = referent(person("Ida Fictive", signs_in=False), espace, of="commune-fictive")
    remind(by=by, espace=espace, chose=carried.action, organisations=[contact.organisation])
    leave()


MESSAGES = {"invitation": Parts(invite), "relance": Parts(remind_of_an_action)}
