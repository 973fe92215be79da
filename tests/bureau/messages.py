"""The summary of one's contracts (`tests/test_messages.py`)."""

from datetime import date

from tenir.bureau.models import Resume
from tenir.core.courriels import enqueue
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
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


MESSAGES = {"resume": Parts(summary)}
