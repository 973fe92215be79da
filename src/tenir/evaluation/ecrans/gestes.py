"""The small pages of an évaluation: its questions, sharing it, publishing it, taking it back."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.evaluation.ecrans.commun import about, evaluation_or_404
from tenir.evaluation.ecrans.evaluation import hers_or_refused
from tenir.evaluation.ecrans.formulaires import QuestionForm, QuestionSuivieForm
from tenir.evaluation.models import QuestionDEvaluation
from tenir.evaluation.services import evaluations as services
from tenir.evaluation.services.commun import PUBLISH, RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
DEMANDER = Ecran("Ajouter une question", "Ajouter la question", "La question est ajoutée.")
REPONDRE = Ecran("La question et sa réponse", "Enregistrer", "C’est enregistré.")
OTER = Ecran("Retirer cette question ?", "Retirer", "La question est retirée.", "Sa réponse part avec elle.")
PARTAGER = Ecran(
    "Partager cette évaluation ?", "Partager", "L’évaluation est partagée.",
    "Qui a un rôle dans le contrat lira ce qui est figé, apprécié et demandé.",
)  # fmt: skip
PUBLIER = Ecran(
    "Publier cette évaluation ?", "Publier", "L’évaluation est publiée.",
    "Chacun lira ce qui a bougé et ce que l’on ne peut pas dire, d’après le dernier instantané. "
    "Ni valeur d’indicateur, ni appréciation, ni contribution n’y figure.",
)  # fmt: skip
RETIRER = Ecran(
    "Revenir en arrière ?", "Retirer", "L’évaluation est retirée.",
    "Publiée, elle reste partagée ; partagée, seuls ceux qui la conduisent la lisent.",
)  # fmt: skip


def _asked(acces: Acces, espace: EspaceDeContrat, numero: int, question: int) -> QuestionDEvaluation:
    found = hers_or_refused(acces, espace, numero)
    rows = QuestionDEvaluation.objects.filter(evaluation=found).select_related(
        "orientation", "evaluation__espace", "evaluation__conduite_par"
    )
    return get_object_or_404(rows, pk=question)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def question_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Add a question."""
    found = hers_or_refused(acces, espace, numero)
    form = QuestionForm(espace, posted(request))

    def write() -> None:
        services.ask_question(by=acces, evaluation=found, **form.cleaned_data)

    return answer(request, acces, about(found), form, DEMANDER, write)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def question(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, question: int) -> HttpResponse:
    """Answer a question, or change it."""
    asked = _asked(acces, espace, numero, question)
    form = QuestionSuivieForm(asked, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_question(by=acces, question=asked, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, about(asked.evaluation), form, REPONDRE, write, chose=asked)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def question_retirer(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, question: int
) -> HttpResponse:
    """Take a question out."""
    asked = _asked(acces, espace, numero, question)
    write = partial(services.remove_question, by=acces, question=asked, lu=read_mark(request))
    form, lu = Formulaire(posted(request)), services.shown_question(asked)
    return answer(request, acces, about(asked.evaluation), form, OTER, write, lu=lu)


@require_http_methods(BOTH)
@needs(PUBLISH)
def partager(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Let those of the contract read it."""
    found = evaluation_or_404(acces, espace, numero)
    write = partial(services.share, by=acces, evaluation=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, about(found), form, PARTAGER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(PUBLISH)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Let anyone read what its last snapshot holds."""
    found = evaluation_or_404(acces, espace, numero)
    write = partial(services.publish, by=acces, evaluation=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, about(found), form, PUBLIER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(PUBLISH)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One step back: off the public site, then to those who make it."""
    found = evaluation_or_404(acces, espace, numero)
    write = partial(services.take_back, by=acces, evaluation=found, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, about(found), form, RETIRER, write, lu=services.shown(found))
