"""The summary of one's contracts, and the messages of who changes her address (`tests/test_messages.py`)."""

import re
from datetime import date

from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tenir.bureau.models import Resume
from tenir.core.courriels import enqueue
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.formulaires import Lectrice
from tests.lettres import Parts, leave
from tests.personnes import member
from tests.vie import fiche, jalon


def summary(espace: EspaceDeContrat) -> None:
    """Someone in charge of an action that is late."""
    hers = member("Basile Fictif", Role.EQUIPE, espace)
    jalon(fiche(espace, statut="en-cours"), date(2026, 1, 15), "Signer le bail")
    Resume.objects.create(personne=hers)
    enqueue(cle="resume/essai", genre="resume", cible=f"{hers.pk}/2026-10")
    leave()


def code(espace: EspaceDeContrat) -> Client:
    """Someone gives a new address for herself."""
    cache.clear()  # no code was asked for yet
    client = Lectrice()
    client.force_login(member("Basile Fictif", Role.EQUIPE, espace).utilisateur)
    given = {"nom": "Basile Fictif", "email": "nouvelle@exemple.test"}
    client.post(reverse("mes-coordonnees"), given)
    return client


def changed(espace: EspaceDeContrat) -> None:
    """She gives the code that she received there."""
    client = code(espace)
    received = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert received
    client.post(reverse("mes-coordonnees"), {"code": received[0]})


MESSAGES = {
    "resume": Parts(summary),
    "nouvelle-adresse": Parts(code, of_the_site=True),
    "adresse-changee": Parts(changed, of_the_site=True),
}
