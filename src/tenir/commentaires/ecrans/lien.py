"""The page behind the link of someone whom a comment tells: the comment, and her answer, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tenir.commentaires.ecrans.commun import lines, told_thing
from tenir.commentaires.ecrans.formulaires import ReponseForm
from tenir.commentaires.models import PersonneCitee
from tenir.commentaires.services.commentaires import is_fresh
from tenir.commentaires.services.liens import LienClos, answer, answers_of, find, shown, take_back, why_closed
from tenir.core import horloge
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import capital, typo
from tenir.ecran.edition import posted, read_mark
from tenir.habilitations.correspondance import whom_to_write


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def commentaire(request: HttpRequest, jeton: str) -> HttpResponse:
    """The comment, and what she answers; GET changes nothing, whoever opens it."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.commentaire.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, citee: PersonneCitee, jeton: str) -> HttpResponse:
    form = ReponseForm(posted(request))
    if not form.is_valid():
        return _page(request, citee, jeton, form)
    try:
        answer(citee=citee, texte=form.cleaned_data["texte"], lu=read_mark(request))
    except ValidationError as error:
        form.refuse(error)
        return _page(request, citee, jeton, form)
    except LienClos as error:
        messages.error(request, typo(str(error)))
    else:
        messages.success(request, typo("Votre réponse est envoyée. Vous pouvez la reprendre pendant dix minutes."))
    return HttpResponseRedirect(reverse("commentaire", args=[jeton]))


def _page(request: HttpRequest, citee: PersonneCitee, jeton: str, form: ReponseForm) -> HttpResponse:
    source, closed = citee.commentaire, why_closed(citee)
    answers = [] if closed else answers_of(citee)
    given = {
        "espace": source.espace,
        "titre": typo(capital(told_thing(source.chose))),
        "source": None if closed else lines(None, [source])[0],
        "reponses": lines(None, answers),
        "reprises": [one.pk for one in answers if is_fresh(one)],
        "reprendre": reverse("commentaire-reprendre", args=[jeton]),
        "ferme": typo(closed),
        "form": None if closed else form,
        "lu": shown(source),
        "contact": typo(whom_to_write(source.espace)),
    }
    return render(request, "commentaires/lien.html", given, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_POST
def reprendre(request: HttpRequest, jeton: str) -> HttpResponse:
    """Take back an answer that was just given."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    numero = request.POST.get("numero", "")
    try:
        take_back(citee=found, numero=int(numero) if numero.isdecimal() and len(numero) < 12 else 0)
    except LienClos as error:
        messages.error(request, typo(str(error)))
    else:
        messages.success(request, "Votre réponse est reprise.")
    return private(HttpResponseRedirect(reverse("commentaire", args=[jeton])))
