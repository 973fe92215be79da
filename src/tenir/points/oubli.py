"""What points d’étape keep of people: their links, the messages sent to them; where what names someone is changed."""

from django.db.models import Q

from tenir.acteurs.models import Personne
from tenir.core import courriels, horloge
from tenir.core.documents import digest, recall, values
from tenir.core.models import Courriel
from tenir.core.oubli import Marques
from tenir.core.piece import Answer
from tenir.core.trace import Auteur, Fait, record
from tenir.ecran.navigation import address
from tenir.habilitations.services import trace_of
from tenir.points.models import Destinataire, Dispense, PointDEtape, Question
from tenir.points.services.envoi import GENRE, RETOUR, TO_PEOPLE


def forget(personne: Personne, marques: Marques) -> None:
    """End her links, call off what waits for her, and take her address off what was sent, shared or not."""
    asked = Destinataire.objects.filter(personne=personne)
    asked.filter(revoque_le=None).update(revoque_le=horloge.now())
    numbers = [str(pk) for pk in asked.values_list("pk", flat=True)]
    questions = Question.objects.filter(destinataire__personne=personne).values_list("pk", flat=True)
    hers = Q(genre__in=TO_PEOPLE, cible__in=numbers) | Q(genre=RETOUR, cible__in=[str(pk) for pk in questions])
    sent = Courriel.objects.filter(hers)
    courriels.cancel(sent)
    sent.update(adresse="")


def freeze_again(point: PointDEtape) -> None:
    """A frozen synthesis that lost a name has a new digest, which the trace tells."""
    if not point.synthese:
        return
    document = recall(point.synthese)
    point.synthese, before, point.synthese_sha256 = values(document), point.synthese_sha256, digest(document)
    point.save(update_fields=["synthese", "synthese_sha256"])
    fact = Fait(GENRE, str(point.pk), "synthèse", f"figée, empreinte {before}", f"figée, empreinte {digest(document)}")
    record(trace_of(point.espace), Auteur(), [fact], motif="une mention retirée")


def _point(point: PointDEtape) -> str:
    return address("point", point.espace, point.pk)


def _waiver(dispense: Dispense) -> str:
    return _point(dispense.point)


def _answer(question: Question) -> str:
    point = question.destinataire.point
    return address("point-lire", point.espace, point.pk, question.pk)


WHERE: dict[str, Answer] = {
    PointDEtape._meta.label: _point,
    Dispense._meta.label: _waiver,
    Question._meta.label: _answer,
}
STRUCK: dict[str, Answer] = {PointDEtape._meta.label: freeze_again}
