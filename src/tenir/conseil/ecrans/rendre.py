"""The page behind the link of an opinion: the document, the rule, what the council answers, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.conseil.ecrans.avis import lines_of, told_of
from tenir.conseil.ecrans.formulaires import RendreForm
from tenir.conseil.models import DemandeDAvis
from tenir.conseil.services.avis import AvisClos, find, give, shown, why_closed
from tenir.core import horloge
from tenir.core.fichiers import to_be_kept
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.edition import posted, read_mark
from tenir.habilitations.correspondance import whom_to_write


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rendre(request: HttpRequest, jeton: str) -> HttpResponse:
    """The request, and the opinion of the council; GET changes nothing, whoever opens it."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, demande: DemandeDAvis, jeton: str) -> HttpResponse:
    form = RendreForm(posted(request), initial={"sens": demande.sens, "texte": demande.texte})
    if form.is_valid():
        try:
            give(demande=demande, lu=read_mark(request), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        except AvisClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("avis", args=[jeton]))
        else:
            messages.success(request, typo("L’avis du conseil est enregistré."))
            return HttpResponseRedirect(reverse("avis", args=[jeton]))
    return _page(request, demande, jeton, form)


def _page(request: HttpRequest, demande: DemandeDAvis, jeton: str, form: RendreForm) -> HttpResponse:
    closed = why_closed(demande)
    piece = demande.piece
    given = {
        "espace": demande.espace,
        "demande": demande,
        "chapeau": typo(told_of(demande)),
        "lignes": lines_of(demande),
        "tardif": horloge.today(demande.espace) > demande.echeance,
        "document": piece,
        "url": (reverse("avis-document", args=[jeton]) if piece.fichier else piece.lien) if piece else "",
        "ferme": typo(closed),
        "form": None if closed else form,
        "lu": shown(demande),
        "contact": typo(whom_to_write(demande.espace)),
    }
    return render(request, "conseil/rendre.html", given, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_safe
def document(request: HttpRequest, jeton: str) -> HttpResponse:
    """The file that the opinion is asked on.

    Raises:
        Http404: there is none.
    """
    found = find(jeton)
    if found is None:
        return incomplete(request)
    if found.piece is None or not found.piece.fichier:
        raise Http404
    return private(to_be_kept(found.piece.fichier, found.piece.nom))
