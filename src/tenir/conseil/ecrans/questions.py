"""The questions of the council: asking one, answering it; the attendance of its members at a meeting."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.conseil.ecrans.commun import BOTH, about_council
from tenir.conseil.ecrans.formulaires import PresencesDesMembresForm, QuestionForm, ReponseForm
from tenir.conseil.models import QuestionDuConseil
from tenir.conseil.services import presences as attendance
from tenir.conseil.services.commun import RIGHT
from tenir.conseil.services.espace import FILES
from tenir.conseil.services.questions import ANSWER, ask, shown
from tenir.conseil.services.questions import answer as give_answer
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.gouvernance.ecrans.commun import name_of, reunion_or_404
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.vues import needs

POSER = Ecran(
    "Poser une question", "Poser la question", "La question est posée.",
    "Le conseil demande, un organisme répond avant une date ; ceux du contrat lisent les deux. Sans nommer personne.",
)  # fmt: skip
REPONDRE = Ecran("Répondre au conseil citoyen", "Enregistrer la réponse", "La réponse est enregistrée.")


@require_http_methods(BOTH)
@needs(FILES, theirs=True)
def poser(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Ask a question."""
    require(acces, FILES, espace, espace)
    form = QuestionForm(espace, posted(request))
    return answer(
        request,
        acces,
        about_council(espace),
        form,
        POSER,
        lambda: ask(by=acces, espace=espace, given=form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs(ANSWER, theirs=True)
def repondre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Answer a question, for the body that is asked."""
    found = get_object_or_404(QuestionDuConseil.objects.of(espace), numero=numero)
    require(acces, ANSWER, espace, found)
    form = ReponseForm(posted(request), initial={"reponse": found.reponse})
    return answer(
        request,
        acces,
        about_council(espace),
        form,
        Ecran(REPONDRE.titre, REPONDRE.bouton, REPONDRE.fini, found.texte),
        lambda: give_answer(by=acces, question=found, reponse=form.cleaned_data["reponse"], lu=read_mark(request)),
        lu=shown(found),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def presences(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Who of the council came to a meeting."""
    found = reunion_or_404(espace, numero)
    mandats, seen = attendance.held_on(found), attendance.noted(found)
    names = may(acces, "conseil.name", espace, espace)
    form = PresencesDesMembresForm(mandats, seen, posted(request), names=names)
    made = attendance.count(mandats, seen)
    chapeau = made.phrase if made else "Parité et collèges se comptent à chaque enregistrement."
    return answer(
        request,
        acces,
        about_council(espace),
        form,
        Ecran(f"Membres présents, {name_of(found)}", "Enregistrer et compter", "Les présences sont notées.", chapeau),
        lambda: attendance.note(by=acces, reunion=found, presences=form.presences(), lu=read_mark(request)),
        lu=attendance.shown(found),
    )
