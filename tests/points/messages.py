"""The messages of a point d’étape (`tests/test_messages.py`)."""

from datetime import timedelta

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, acces_of
from tenir.habilitations.roles import Role
from tenir.points.models import Destinataire, Question
from tenir.points.services.envoi import save_point, send_point
from tenir.points.services.etats import send_statements
from tenir.points.services.lecture import send_back
from tenir.points.services.reponses import finish, give_back, nothing_new, transmit
from tests.lettres import Parts, leave
from tests.personnes import body, member, person, referent
from tests.vie import engagement, fiche

GREETED = "Bonjour à toutes et à tous,\n\nMerci de vos réponses."


def ask(espace: EspaceDeContrat) -> tuple[Acces, Destinataire]:
    """Someone of a commune is asked about its action, by a word that greets already."""
    body("commune-fictive")
    Organisation.objects.update(nom="Commune de Songe")
    by = acces_of(member("Basile Fictif", Role.EQUIPE, espace))
    referent(person("Ida Fictive", signs_in=False), espace, of="commune-fictive")
    fiche(espace, pilots=("commune-fictive",))
    today = horloge.today(espace)
    given = {"titre": "Automne", "mot": GREETED, "reponse_avant": today + timedelta(days=15)}
    point = save_point(by=by, espace=espace, given={**given, "rappel_1_le": today + timedelta(days=2)})
    send_point(by=by, point=point)
    leave()
    return by, Destinataire.objects.get(point=point)


def remind(espace: EspaceDeContrat) -> None:
    ask(espace)
    leave(days=3)


def receive(espace: EspaceDeContrat) -> None:
    _, asked = ask(espace)
    nothing_new(destinataire=asked, questions=asked.questions.all())
    finish(destinataire=asked)
    leave()


def ask_back(espace: EspaceDeContrat) -> None:
    by, asked = ask(espace)
    nothing_new(destinataire=asked, questions=asked.questions.all())
    send_back(by=by, question=Question.objects.get(), retour="Combien d’ateliers ?")
    leave()


def hand_over(espace: EspaceDeContrat) -> Destinataire:
    _, asked = ask(espace)
    other = transmit(destinataire=asked, nom="Prune Fictive", email="prune@exemple.test")
    leave()
    return other


def come_back(espace: EspaceDeContrat) -> None:
    give_back(destinataire=hand_over(espace))
    leave()


def give_statements(espace: EspaceDeContrat) -> None:
    by = acces_of(member("Basile Fictif", Role.EQUIPE, espace))
    engagement(espace, "S01-E01", of="commune-fictive")
    Signataire.objects.update(nom="Caisse fictive")
    referent(person("Ida Fictive", signs_in=False), espace, of="commune-fictive")
    send_statements(by=by, espace=espace, mot=GREETED)
    leave(days=1)


MESSAGES = {
    "etat-des-engagements": Parts(give_statements),
    "point-etape": Parts(ask, hand_over),
    "point-etape-rappel": Parts(remind),
    "point-etape-recu": Parts(receive),
    "point-etape-retour": Parts(ask_back),
    "point-etape-rendu": Parts(come_back),
}
