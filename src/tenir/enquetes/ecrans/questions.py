"""The small pages of the questions of a survey, before it opens."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.enquetes.ecrans.commun import about, enquete_or_404
from tenir.enquetes.ecrans.formulaires import QuestionForm
from tenir.enquetes.models import QuestionDEnquete
from tenir.enquetes.services import enquetes as services
from tenir.enquetes.services.commun import RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
LAST = ("", "")
AJOUTER = Ecran("Ajouter une question", "Ajouter", "La question est ajoutée.", annulable=LAST)
CHANGER = Ecran("Changer la question", "Enregistrer", "La question est changée.", annulable=LAST)
RETIRER = Ecran("Retirer cette question ?", "Retirer", "La question est retirée.", annulable=LAST)


@require_http_methods(BOTH)
@needs(RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Ask one more thing."""
    found = enquete_or_404(espace, numero)
    form = QuestionForm(QuestionDEnquete(enquete=found), posted(request))

    def write() -> None:
        services.add_question(by=acces, enquete=found, values=form.values())

    return answer(request, acces, about(found), form, AJOUTER, write)


def _question(espace: EspaceDeContrat, numero: int, question: int) -> QuestionDEnquete:
    rows = QuestionDEnquete.objects.filter(enquete__espace=espace, enquete__numero=numero)
    return get_object_or_404(rows.select_related("enquete__espace", "enquete__conduite_par"), pk=question)


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, question: int) -> HttpResponse:
    """Change a question."""
    found = _question(espace, numero, question)
    form = QuestionForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        services.change_question(by=acces, question=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about(found.enquete), form, CHANGER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, question: int) -> HttpResponse:
    """Ask something no more."""
    found = _question(espace, numero, question)
    write = partial(services.remove_question, by=acces, question=found, lu=read_mark(request))
    lu = services.shown_question(found)
    return answer(request, acces, about(found.enquete), Formulaire(posted(request)), RETIRER, write, lu=lu)
