"""The messages about dossiers (`tests/test_messages.py`)."""

from datetime import timedelta

from tenir.acteurs.models import Organisation
from tenir.appels.services.comptes_rendus import ask_again
from tenir.appels.services.dossiers import withdraw
from tenir.appels.services.instruction import decide
from tenir.appels.services.lecture import ask_reading
from tenir.appels.services.messages import DATES, DECISION, INSTRUCTION, LIEN, RAPPEL, RECU, REPRISE
from tenir.appels.services.rappels import remind
from tenir.appels.services.suites import answer_dates, ask_dates
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.appels.appels import publie
from tests.appels.dossiers import accorde, depose, ended, ouvert, rendu
from tests.lettres import Parts, leave
from tests.personnes import acces, body, person, referent


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


def moved(espace: EspaceDeContrat) -> None:
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    dossier = accorde(depose(publie(by, espace)), by).dossier
    day = horloge.today(espace) + timedelta(days=90)
    asked = ask_dates(by=None, dossier=dossier, debut=day, fin=day, raison="Le lieu ferme.")
    answer_dates(by=by, report=asked, etat="refuse", reponse="L’exercice est clos.")
    leave(days=1)


def due(espace: EspaceDeContrat) -> None:
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    ended(accorde(depose(publie(by, espace)), by).dossier)
    remind(horloge.now())
    leave()


def again(espace: EspaceDeContrat) -> None:
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    report = rendu(ended(accorde(depose(publie(by, espace)), by).dossier))
    ask_again(by=by, report=report, reprise="Précisez les dates.")
    leave(days=1)


def reading(espace: EspaceDeContrat) -> None:
    by = acces("Basile Fictif", Role.EQUIPE, espace)
    one = publie(by, espace)
    referent(person("Ida Financeuse"), espace)
    Organisation.objects.update(nom="CCAS de Songe")
    until = horloge.today(espace) + timedelta(days=9)
    ask_reading(by=by, appel=one, financeurs=[body("ccas")], close_le=until)
    leave()


MESSAGES = {
    LIEN: Parts(asked),
    RECU: Parts(sent, withdrawn),
    DECISION: Parts(refused),
    INSTRUCTION: Parts(reading),
    DATES: Parts(moved),
    RAPPEL: Parts(due),
    REPRISE: Parts(again),
}
