"""Who was asked, what she received, what she answered: what the page of a point d'étape shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from tenir.core.composants import Chiffre, Tampon, Ton
from tenir.core.models import Courriel
from tenir.core.typographie import nombre, typo
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.envoi import INVITATION

Etat = Courriel.Etat
TONS = {
    Etat.A_ENVOYER: Ton.NEUTRE,
    Etat.EN_ENVOI: Ton.NEUTRE,
    Etat.ENVOYE: Ton.FAIT,
    Etat.INCERTAIN: Ton.ATTENTION,
    Etat.REFUSE: Ton.RETARD,
    Etat.REVENU: Ton.RETARD,
    Etat.ANNULE: Ton.MUET,
}
TO_DECIDE = (Etat.INCERTAIN, Etat.REFUSE, Etat.REVENU)
"""The states of a message that wait for a person."""


@dataclass(frozen=True, slots=True)
class Suivi:
    """One person asked: her message, her answers, what may be done about her link."""

    destinataire: Destinataire
    courriel: Courriel | None
    tampon: Tampon
    reponses: str
    a_decider: bool
    transmis_a: str


def follow(point: PointDEtape) -> list[Suivi]:
    """Each person asked, by body then name; three queries whatever their number."""
    asked = point.destinataires.select_related("personne", "organisation", "transmis_a__personne")
    people = sorted(asked.prefetch_related("questions"), key=_by_body)
    sent = Courriel.objects.filter(genre=INVITATION, cible__in=[str(one.pk) for one in people])
    by_target = {one.cible: one for one in sent}
    return [_followed(one, by_target.get(str(one.pk))) for one in people]


def figures(followed: Iterable[Suivi]) -> list[Chiffre]:
    """In figures: people, those who answered everything, answers to read, messages in doubt."""
    found = list(followed)
    questions = [question for one in found for question in one.destinataire.questions.all()]
    answered = [one for one in found if not _waiting(one.destinataire) and one.destinataire.questions.all()]
    to_read = sum(question.etat == Question.Etat.REPONDUE for question in questions)
    return [
        Chiffre("Personnes sollicitées", nombre(len(found))),
        Chiffre("Ont répondu à tout", nombre(len(answered))),
        Chiffre("Réponses à lire", nombre(to_read)),
        Chiffre("Questions sans réponse", nombre(sum(_waiting(one.destinataire) for one in found))),
        Chiffre("Messages à décider", nombre(sum(one.a_decider for one in found))),
    ]


def _followed(asked: Destinataire, courriel: Courriel | None) -> Suivi:
    state = Etat(courriel.etat) if courriel else Etat.A_ENVOYER
    total = len(asked.questions.all())
    answered = total - _waiting(asked)
    told = f"{answered} sur {total}" if total else "transmises"
    handed = str(asked.transmis_a.personne) if asked.transmis_a else ""
    return Suivi(asked, courriel, Tampon(state.label, TONS[state]), typo(told), state in TO_DECIDE, handed)


def _waiting(asked: Destinataire) -> int:
    return sum(one.etat in (Question.Etat.POSEE, Question.Etat.RENVOYEE) for one in asked.questions.all())


def _by_body(asked: Destinataire) -> tuple[str, str]:
    return (str(asked.organisation or ""), asked.personne.nom)
