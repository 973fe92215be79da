"""The message that tells someone of a comment (`tests/test_messages.py`)."""

from tenir.commentaires.services.commentaires import CITATION
from tenir.commentaires.services.liens import answer
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.roles import Role
from tests.commentaires.paroles import citee, commentaire
from tests.lettres import Parts, leave
from tests.personnes import acces, member
from tests.vie import fiche


def someone_without_account(espace: EspaceDeContrat) -> None:
    citee(acces("Basile Fictif", Role.EQUIPE, espace), fiche(espace, pilots=("caf",)))
    leave()


def a_partner(espace: EspaceDeContrat) -> None:
    told = member("Cléo Citée", Role.PARTENAIRE, espace, of="ccas")
    commentaire(acces("Basile Fictif", Role.EQUIPE, espace), fiche(espace), "Qui ouvre la salle ?", told.pk)
    leave()


def answered(espace: EspaceDeContrat) -> None:
    told = citee(acces("Basile Fictif", Role.EQUIPE, espace), fiche(espace, pilots=("caf",)))
    answer(citee=told, texte="C’est nous.")
    leave()


MESSAGES = {CITATION: Parts(someone_without_account, a_partner, answered)}
