"""Who answered a point d'étape, in one picture: a bar of squares for each body that was asked."""

from collections.abc import Iterable
from itertools import groupby

from tenir.core.alphabet import alphabetical
from tenir.core.carres import Carre, Rang, Rangs, picture, ranked
from tenir.ecran.navigation import address
from tenir.points.models import PointDEtape, Question
from tenir.points.signes import DE_L_ETAT, ORDRE
from tenir.points.titres import title_of_question

NO_BODY = "Sans organisme"


def by_body(point: PointDEtape) -> Rangs:
    """The questions of a point d'étape by the body that answers, each where it stands; the queries do not grow."""
    rows = Question.objects.with_things().filter(destinataire__point=point)
    asked = rows.order_by(alphabetical("destinataire__organisation__nom"), "ordre", "pk")
    held = groupby(asked, key=lambda one: str(one.destinataire.organisation or NO_BODY))
    return picture((_row(point, name, questions) for name, questions in held), ORDRE)


def _row(point: PointDEtape, name: str, questions: Iterable[Question]) -> Rang:
    return Rang(name, ranked((_square(point, one) for one in questions), ORDRE), ordre=ORDRE)


def _square(point: PointDEtape, question: Question) -> Carre:
    """A question leads to its answer, once there is one."""
    answered = question.etat != Question.Etat.POSEE
    url = address("point-lire", point.espace, point.pk, question.pk) if answered else ""
    return Carre(DE_L_ETAT[question.etat], title_of_question(question), url)
