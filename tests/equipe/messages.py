"""The message of an invitation (`tests/test_messages.py`)."""

from django.test import Client
from django.urls import reverse

from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.lettres import Parts
from tests.personnes import body, member
from tests.vie import fiche


def invite(espace: EspaceDeContrat) -> None:
    """The team invites a partner for a body that the contract names."""
    by, client = member("Basile Fictif", Role.EQUIPE, espace), Client()
    fiche(espace, pilots=("commune-fictive",))
    client.force_login(by.utilisateur)
    given = {"email": "gil@exemple.test", "role": "partenaire", "organisation": body("commune-fictive").pk}
    client.post(reverse("invitation-nouvelle", args=[espace.slug]), given)


MESSAGES = {"invitation": Parts(invite)}
