"""Who was asked, what she received, what she answered: what the page of a point d'étape shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from tenir.core.composants import Chiffre, Tampon, Ton
from tenir.core.courriels import must_be_seen, waits_for_a_person
from tenir.core.models import Courriel
from tenir.core.typographie import nombre, typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.envoi import INVITATION, RETOUR, TO_PEOPLE, written

Etat = Courriel.Etat
TONS = {
    Etat.A_ENVOYER: Ton.NEUTRE,
    Etat.EN_ENVOI: Ton.NEUTRE,
    Etat.ENVOYE: Ton.FAIT,
    Etat.INCERTAIN: Ton.ATTENTION,
    Etat.REFUSE: Ton.RETARD,
    Etat.REVENU: Ton.RETARD,
    Etat.RETENU: Ton.RETARD,
    Etat.ANNULE: Ton.ATTENTION,
}


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
    """Each person asked, by body then name; the same queries whatever their number."""
    asked = point.destinataires.select_related("personne", "organisation", "transmis_a__personne")
    people = sorted(asked.prefetch_related("questions"), key=_by_body)
    by_person: dict[str, list[Courriel]] = {}
    for courriel in Courriel.objects.filter(genre__in=TO_PEOPLE, cible__in=[str(one.pk) for one in people]):
        by_person.setdefault(courriel.cible, []).append(courriel)
    return [_followed(one, by_person.get(str(one.pk), [])) for one in people]


def to_decide(espace: EspaceDeContrat) -> list[tuple[int, Courriel]]:
    """The messages that a person must see, with the number of whom each is for: of open points, links not revoked.

    Of those called off, only one that asks: a reminder that had nothing left to remind has done its work.
    """
    asked = Destinataire.objects.filter(point__espace=espace, point__clos_le=None, revoque_le=None, transmis_a=None)
    asking = Question.objects.filter(destinataire__in=asked).exclude(retour="")
    mine = Q(genre__in=TO_PEOPLE, cible__in=written(asked)) | Q(genre=RETOUR, cible__in=written(asking))
    rows = Courriel.objects.filter(mine, waits_for_a_person(timezone.now())).order_by("pk")
    stuck = list(rows.exclude(Q(etat=Etat.ANNULE) & ~Q(genre=INVITATION)))
    back = [int(one.cible) for one in stuck if one.genre == RETOUR]
    holders = dict(Question.objects.filter(pk__in=back).values_list("pk", "destinataire_id")) if back else {}
    return [(holders[int(one.cible)] if one.genre == RETOUR else int(one.cible), one) for one in stuck]


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


def state_of(courriel: Courriel | None) -> tuple[Etat, str]:
    """Where a message stands, and its word: one that was tried and has not left does not pass for one that waits."""
    state = Etat(courriel.etat) if courriel else Etat.A_ENVOYER
    failing = courriel is not None and state == Etat.A_ENVOYER and bool(courriel.erreur)
    return state, "pas encore parti" if failing else str(state.label)


def _followed(asked: Destinataire, sent: list[Courriel]) -> Suivi:
    courriel = next((one for one in sent if one.genre == INVITATION), None)
    state, word = state_of(courriel)
    total = len(asked.questions.all())
    answered = total - _waiting(asked)
    told = f"{answered} sur {total}" if total else "transmises"
    handed = str(asked.transmis_a.personne) if asked.transmis_a else ""
    tone = Ton.ATTENTION if word != state.label else TONS[state]
    decide = not asked.revoque_le and not handed and any(_stuck(one) for one in sent)
    return Suivi(asked, courriel, Tampon(word, tone), typo(told), decide, handed)


def _stuck(courriel: Courriel) -> bool:
    """Whether a person must see it; of those called off, only one that asks."""
    if courriel.etat == Etat.ANNULE and courriel.genre != INVITATION:
        return False
    return must_be_seen(courriel, timezone.now())


def _waiting(asked: Destinataire) -> int:
    return sum(one.etat in (Question.Etat.POSEE, Question.Etat.RENVOYEE) for one in asked.questions.all())


def _by_body(asked: Destinataire) -> tuple[str, str]:
    return (str(asked.organisation or ""), asked.personne.nom)
