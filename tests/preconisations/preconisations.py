"""Préconisations in the states that tests need."""

from datetime import timedelta
from typing import Any

from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.recevoir import publish, receive, write_down
from tenir.preconisations.services.repondre import answer
from tests.personnes import body

ASKED = "Remettre un banc devant l’école."


def sent(espace: EspaceDeContrat, texte: str = ASKED, **given: Any) -> Preconisation:
    """One that a resident sent without an account."""
    return receive(espace=espace, texte=texte, **given)


def asked(by: Acces, espace: EspaceDeContrat, texte: str = ASKED, **given: Any) -> Preconisation:
    """One of the council, to which « ccas » answers."""
    held = {"texte": texte, "origine": "conseil", "organisme": body("ccas"), **given}
    return write_down(by=by, espace=espace, given=held)


def published(by: Acces, espace: EspaceDeContrat, **given: Any) -> Preconisation:
    """One of a resident, read and published."""
    found = sent(espace, **given)
    due = horloge.today(espace) + timedelta(days=60)
    return publish(by=by, preconisation=found, texte=found.texte, organisme=body("ccas"), echeance=due)


def answered(by: Acces, espace: EspaceDeContrat, reponse: str = "refusee", **given: Any) -> Preconisation:
    """One of the council, answered by « ccas » through its link."""
    found = asked(by, espace, **given)
    answer(by=None, preconisation=found, reponse=reponse, raison="Le trottoir est trop étroit.")
    found.refresh_from_db()
    return found


def overdue(preconisation: Preconisation, days: int = 1) -> Preconisation:
    """The same, that should have been answered so many days ago."""
    due = horloge.today(preconisation.espace) - timedelta(days=days)
    rows = Preconisation.objects.filter(pk=preconisation.pk)
    rows.update(echeance=due, promise_pour=due, recue_le=due - timedelta(days=60))
    preconisation.refresh_from_db()
    return preconisation
