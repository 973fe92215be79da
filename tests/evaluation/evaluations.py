"""Évaluations in the states that tests need."""

from datetime import date
from typing import Any

from tenir.contrat.models import Orientation
from tenir.evaluation.models import Contribution, DonneeDeBesoin, Evaluation, Instantane, QuestionDEvaluation
from tenir.evaluation.services.appreciations import add_figure, judge, judged_of
from tenir.evaluation.services.contributions import ask_bodies
from tenir.evaluation.services.evaluations import PROPOSEES, ask_question, publish, share, write_down
from tenir.evaluation.services.instantanes import freeze
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body
from tests.vie import orientation

DEPART = date(2024, 1, 1)
"""The start of every contract of the tests."""


def evaluation(by: Acces, espace: EspaceDeContrat, *, of: str = "ccas", **given: Any) -> Evaluation:
    """One that « ccas » leads, not frozen yet."""
    held = {"titre": "Mi-parcours", "depart": DEPART, "questions": PROPOSEES[:1], **given}
    return write_down(by=by, espace=espace, conduite_par=body(of), **held)


def figee(by: Acces, espace: EspaceDeContrat, **given: Any) -> Evaluation:
    """One whose contract has an orientation, frozen today."""
    orientation(espace)
    made = evaluation(by, espace, **given)
    freeze(by=by, evaluation=made)
    made.refresh_from_db()
    return made


def partagee(by: Acces, espace: EspaceDeContrat, **given: Any) -> Evaluation:
    """One that those of the contract read."""
    return share(by=by, evaluation=figee(by, espace, **given))


def publiee(by: Acces, espace: EspaceDeContrat, **given: Any) -> Evaluation:
    """One that anyone reads."""
    return publish(by=by, evaluation=figee(by, espace, **given))


def instantane(made: Evaluation) -> Instantane:
    """Its last snapshot."""
    return made.instantanes.order_by("-numero")[0]


def question(by: Acces, made: Evaluation, texte: str = "Qu’est-ce qui a changé ?") -> QuestionDEvaluation:
    """A question of it."""
    return ask_question(by=by, evaluation=made, texte=texte)


def appreciee(by: Acces, made: Evaluation, one: Orientation, **changes: Any) -> None:
    """An orientation of it, judged."""
    judged = judged_of(made, one)
    said = {"pertinence": "oui", "raisons": "Les faits le disent.", "recommandation": "maintenir", **changes}
    judge(by=by, appreciation=judged, version=judged.version, changes=said)


def chiffre(by: Acces, made: Evaluation, one: Orientation, **given: Any) -> DonneeDeBesoin:
    """A figure of an orientation of it, that nobody gave yet."""
    held = {"libelle": "Demandeurs d’emploi", "annee": 2026, "source": "observatoire", "orientation": one, **given}
    return add_figure(by=by, evaluation=made, given=held)


def sollicitee(by: Acces, made: Evaluation, of: str = "ccas") -> Contribution:
    """A body that is asked its two questions."""
    return ask_bodies(by=by, evaluation=made, organismes=[body(of)])[0]
