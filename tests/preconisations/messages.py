"""The messages about préconisations (`tests/test_messages.py`)."""

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.messages import CONSEIL, DEMANDE, RAPPEL_DE_REPONSE, SUIVI, remind
from tenir.preconisations.services.repondre import answer
from tests.lettres import Parts, leave
from tests.personnes import acces, body, person, referent
from tests.preconisations.preconisations import asked as one_asked
from tests.preconisations.preconisations import overdue, sent


def _made(espace: EspaceDeContrat) -> tuple[Acces, Preconisation]:
    body("ccas")
    Organisation.objects.update(nom="CCAS de Songe")
    referent(person("Nina Sollicitée", signs_in=False), espace, of="ccas")
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    return by, one_asked(by, espace)


def asked(espace: EspaceDeContrat) -> None:
    _made(espace)
    leave(days=1)


def reminded(espace: EspaceDeContrat) -> None:
    overdue(_made(espace)[1])
    leave(days=1)
    remind(horloge.now())
    leave(days=1)


def received(espace: EspaceDeContrat) -> None:
    sent(espace, courriel="une.habitante@exemple.test")
    leave()


def answered(espace: EspaceDeContrat) -> None:
    by, found = _made(espace)
    Preconisation.objects.filter(pk=found.pk).update(courriel="une.habitante@exemple.test")
    answer(by=by, preconisation=found, reponse="en-partie", raison="Un banc sur deux est posé.")
    leave(days=1)


def told_to_council(espace: EspaceDeContrat) -> None:
    """The receipt, then the answer, which the council may reopen."""
    by, found = _made(espace)
    body("conseil")
    Organisation.objects.filter(identifiant="conseil").update(nature="conseil citoyen")
    referent(person("Ida Citoyenne", signs_in=False), espace, of="conseil")
    Preconisation.objects.filter(pk=found.pk).update(version=2)
    answer(by=by, preconisation=found, reponse="refusee", raison="Le trottoir est trop étroit.")
    leave(days=1)


MESSAGES = {
    CONSEIL: Parts(told_to_council),
    DEMANDE: Parts(asked),
    RAPPEL_DE_REPONSE: Parts(reminded),
    SUIVI: Parts(received, answered),
}
