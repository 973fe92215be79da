"""The pages behind a link. GET and HEAD change nothing, whoever opens them; only a POST answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tenir.core import horloge
from tenir.core.fichiers import to_be_kept
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.formulaires import refuse
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.publications import Genre, publishes
from tenir.indicateurs.services.indicateur import CONFIRMER
from tenir.points.ecrans.reponse.cartes import LONGEST, Carte, cards, form_of
from tenir.points.ecrans.reponse.fin import last_time, outcomes
from tenir.points.ecrans.reponse.formulaires import CollegueForm, ReponseForm
from tenir.points.ecrans.reponse.nombres import NombresForm
from tenir.points.models import Destinataire, Question
from tenir.points.services.liens import find
from tenir.points.services.reponses import (
    LienClos,
    Reponse,
    answer,
    finish,
    give_back,
    leave_alone,
    marks,
    nothing_new,
    transmit,
    why_closed,
)

GONE = 410
View = Callable[..., HttpResponse]


def behind_a_link(view: View) -> View:
    """Open to whoever holds the link, and kept by no browser; the view receives `(request, destinataire, jeton, …)`."""

    @wraps(view)
    def guarded(request: HttpRequest, jeton: str, **given: Any) -> HttpResponse:
        found = find(jeton)
        if found is None:
            return incomplete(request)
        if _is_shut(found):
            return private(_ended(request, why_closed(found), GONE, found))
        try:
            with horloge.zone(found.point.espace):
                return private(view(request, found, jeton, **given))
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return private(_back(jeton))

    return login_not_required(guarded)


@behind_a_link
@require_http_methods(["GET", "HEAD"])
def page(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """The questions of someone asked, with what she answered."""
    return _page(request, destinataire, jeton)


@behind_a_link
@require_POST
def repondre(request: HttpRequest, destinataire: Destinataire, jeton: str, numero: int) -> HttpResponse:
    """Answer one question: nothing new, or what is."""
    question = get_object_or_404(destinataire.questions.with_things(), pk=numero)
    form = form_of(question, request.POST, request.FILES)
    if form.is_valid():
        try:
            answer(destinataire=destinataire, question=question, reponse=form.reponse(), lu=read_mark(request))
            return _back(jeton, _next(destinataire, question))
        except ValidationError as error:
            tell(form, error)
    return _page(request, destinataire, jeton, failed=form)


@behind_a_link
@require_http_methods(["GET", "HEAD"])
def fichier(request: HttpRequest, destinataire: Destinataire, jeton: str, numero: int) -> HttpResponse:
    """The file that she gave with an answer."""
    found = get_object_or_404(destinataire.questions, pk=numero)
    return to_be_kept(found.fichier, found.nom)


@behind_a_link
@require_POST
def rien_de_nouveau(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """Answer « rien de nouveau » to one question, or to all that wait."""
    asked, lu = request.POST.get("question", ""), read_mark(request)
    if not asked.isdecimal():
        nothing_new(destinataire=destinataire, questions=destinataire.questions.waiting(), lus=lu)
        return _back(jeton, _next(destinataire, None))
    question = get_object_or_404(destinataire.questions.with_things(), pk=asked)
    answer(destinataire=destinataire, question=question, reponse=Reponse(sans_changement=True), lu=lu)
    return _back(jeton, _next(destinataire, question))


@behind_a_link
@require_POST
def terminer(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """Say that one has finished: a receipt leaves."""
    finish(destinataire=destinataire)
    return HttpResponseRedirect(reverse("point-fin", args=[jeton]))


@behind_a_link
@require_http_methods(["GET", "HEAD"])
def fin(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """The end: what she has just answered, who reads it, and what became of her answers of the last time."""
    given = {
        **_frame(destinataire, jeton),
        "fini": destinataire.termine_le is not None,
        "reponses": outcomes(destinataire),
        "avant": last_time(destinataire),
        "adresse": destinataire.personne.email,
    }
    return render(request, "points/reponse/fin.html", given)


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def transmettre(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """Hand the questions over to a colleague."""
    form = CollegueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            other = transmit(destinataire=destinataire, **form.cleaned_data)
            messages.success(request, typo(f"Un lien part à {other.personne.email}."))
            return _back(jeton)
        except ValidationError as error:
            tell(form, error)
    given = {**_frame(destinataire, jeton), "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "points/reponse/transmettre.html", given, status=status)


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def ne_plus(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """Ask not to be asked any more, once confirmed."""
    if request.method == "POST":
        leave_alone(destinataire=destinataire)
        messages.success(request, "C’est noté : vous ne serez plus sollicité·e pour ce contrat.")
        return _back(jeton)
    return render(request, "points/reponse/ne_plus.html", _frame(destinataire, jeton))


@behind_a_link
@require_http_methods(["GET", "HEAD", "POST"])
def pas_moi(request: HttpRequest, destinataire: Destinataire, jeton: str) -> HttpResponse:
    """Give back questions that a colleague handed over, once confirmed."""
    if request.method == "POST":
        give_back(destinataire=destinataire)
        return _back(jeton)
    giver = destinataire.recu_de.select_related("personne").first()
    return render(request, "points/reponse/pas_moi.html", {**_frame(destinataire, jeton), "de_qui": giver})


def _page(
    request: HttpRequest, destinataire: Destinataire, jeton: str, *, failed: ReponseForm | NombresForm | None = None
) -> HttpResponse:
    closed = why_closed(destinataire)
    found = cards(destinataire, failed=failed, open_=not closed)
    waiting = [card for card in found if card.question.etat in (Question.Etat.POSEE, Question.Etat.RENVOYEE)]
    given = {
        **_frame(destinataire, jeton),
        "cartes": found,
        "lus": marks(card.question for card in found),
        "titre": _title(found),
        "ferme": typo(closed),
        "restent": len(waiting),
        "simples": any(not card.question.mots_id for card in waiting),
        "nombres": any(card.question.mots_id for card in found),
        "repondues": len(found) - len(waiting),
        "reste": typo(_left(len(waiting))),
        "erreur": failed,
        "mot_replie": len(destinataire.point.mot) > LONGEST,
        "paraitra": publishes(destinataire.point.espace, Genre.NOUVELLES),
    }
    return render(request, "points/reponse/page.html", given, status=UNPROCESSABLE if failed else 200)


def _frame(destinataire: Destinataire, jeton: str) -> dict[str, Any]:
    point = destinataire.point
    contact = typo(whom_to_write(point.espace))
    return {"point": point, "espace": point.espace, "destinataire": destinataire, "jeton": jeton, "contact": contact}


def _title(found: list[Carte]) -> str:
    """« Bonjour. Cinq questions, deux minutes. »"""
    count = pluriel(len(found), "question", genre="f", lettres=True)
    minutes = "une minute" if len(found) < 3 else "deux minutes" if len(found) < 8 else "quelques minutes"
    return f"Bonjour. {count[:1].upper()}{count[1:]}, {minutes}."


def _left(count: int) -> str:
    if not count:
        return "Vous avez répondu à tout : vous pouvez terminer, ou corriger une réponse."
    return f"{capital(pluriel(count, 'question', genre='f', lettres=True))} sans réponse."


def _next(destinataire: Destinataire, after: Question | None) -> str:
    """Where to go once a question is answered: the next one that waits, else the end of the page."""
    waiting = destinataire.questions.waiting().order_by("ordre", "pk")
    further = waiting.filter(ordre__gt=after.ordre) if after else waiting
    found = further.first() or waiting.first()
    return f"q{found.pk}" if found else "fin"


def _back(jeton: str, anchor: str = "") -> HttpResponseRedirect:
    url = reverse("point-reponse", args=[jeton])
    return HttpResponseRedirect(f"{url}#{anchor}" if anchor else url)


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what a service refused where the field is, or at the top; of what it doubts, ask whether it is exact."""
    if isinstance(form, NombresForm):
        form.refuse(error)
        return
    if CONFIRMER in getattr(error, "error_dict", ()) and isinstance(form, ReponseForm):
        form.doubt()
    refuse(form, error)


def _is_shut(destinataire: Destinataire) -> bool:
    """Whether the link opens nothing any more; handed over or closed, it still reads."""
    return bool(why_closed(destinataire)) and not (destinataire.transmis_a_id or destinataire.point.clos_le)


def _ended(request: HttpRequest, sentence: str, status: int, destinataire: Destinataire) -> HttpResponse:
    """A page that ends there: why, and whom to write to."""
    espace = destinataire.point.espace
    given = {"phrase": typo(sentence), "espace": espace, "contact": typo(whom_to_write(espace))}
    return render(request, "points/reponse/close.html", given, status=status)
