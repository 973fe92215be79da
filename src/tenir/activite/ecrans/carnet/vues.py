"""The pages of a carnet: choose what was done, say how many, see what it serves, correct it, take it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tenir.activite.ecrans.carnet import accueil, bilan
from tenir.activite.ecrans.carnet.acces import behind_a_carnet, of_a_person, shown, shut
from tenir.activite.ecrans.carnet.formulaires import CorrectionForm, NoteForm
from tenir.activite.ecrans.commun import whole
from tenir.activite.models import Entree, LienDeCarnet
from tenir.activite.services.carnets import stop_the_letter
from tenir.activite.services.liens_de_carnet import find, send_again, why_not_written
from tenir.activite.services.par_carnet import correct, kinds_of, lately, note, take_back, undoable
from tenir.core.emplacements import AU_CARNET, links_of
from tenir.core.lettre import is_one_click
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.annulation.annuler import ChangeDepuis, DejaAnnule, Irrevocable
from tenir.ecran.conflit import CONFLICT
from tenir.ecran.versions import Conflit
from tenir.habilitations.correspondance import whom_to_write
from tenir.natures.modeles import NatureEntiere

SENT = "envoye"
"""What the address says once a fresh link has left."""
STOPPED = "C’est noté : vous ne recevrez plus ce courriel chaque mois."
SHOWN = 60
"""How many entries the page of what was noted shows."""


@require_http_methods(["GET", "HEAD"])
@behind_a_carnet
def page(request: HttpRequest, lien: LienDeCarnet, jeton: str) -> HttpResponse:
    """What one may note, what was noted last first; what waits to be confirmed."""
    last = next(iter(undoable(lien.carnet)), None)
    elsewhere = [] if lien.carnet.mural else links_of(AU_CARNET, request, lien)
    return shown(request, lien, jeton, "accueil", annulable=last, ailleurs=elsewhere, **accueil.of(lien))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_carnet
def noter(request: HttpRequest, lien: LienDeCarnet, jeton: str, code: str) -> HttpResponse:
    """Note one thing done under a kind."""
    carnet, kind = lien.carnet, _kind(lien, code)
    form = NoteForm(carnet, kind, request.POST if request.method == "POST" else None)
    if form.is_valid():
        cle = form.cleaned_data["cle"]
        try:
            made = note(carnet, nature=code, saisie=form.saisie(), cle=cle, exact=form.exact)
            return _noted(request, lien, jeton, made)
        except ValidationError as error:
            form.refuse(error)
    status = UNPROCESSABLE if form.errors else 200
    return shown(request, lien, jeton, "noter", form=form, nature=kind, status=status)


@require_http_methods(["GET", "HEAD"])
@of_a_person
def notee(request: HttpRequest, lien: LienDeCarnet, jeton: str, numero: int) -> HttpResponse:
    """One entry: what it says, how to take it back or correct it, and what it serves."""
    found = _entree(lien, numero)
    mine = next((one for one in undoable(lien.carnet) if bilan.is_of(one, found)), None)
    given = {"entree": found, "geste": mine, "dit": bilan.told(found), **bilan.served(lien.carnet, found)}
    return shown(request, lien, jeton, "notee", **given)


@require_http_methods(["GET", "HEAD"])
@of_a_person
def notees(request: HttpRequest, lien: LienDeCarnet, jeton: str) -> HttpResponse:
    """What the body noted these last two months, the latest first."""
    rows = list(whole(lately(lien.carnet))[:SHOWN])
    return shown(request, lien, jeton, "notees", lignes=[(one, bilan.told(one)) for one in rows])


@require_http_methods(["GET", "HEAD", "POST"])
@of_a_person
def corriger(request: HttpRequest, lien: LienDeCarnet, jeton: str, numero: int) -> HttpResponse:
    """Correct one entry; when someone else did meanwhile, what it says now is shown, and nothing is written."""
    found, status, moved = _entree(lien, numero), 200, False
    form = CorrectionForm(lien.carnet, found, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            correct(
                lien.carnet,
                found,
                version=form.cleaned_data["version"],
                changes=form.changes(),
                valeurs=form.valeurs(),
                exact=form.exact,
            )
            return _noted(request, lien, jeton, found)
        except Conflit:
            form, status, moved = CorrectionForm(lien.carnet, found), CONFLICT, True
        except ValidationError as error:
            form.refuse(error)
    status = UNPROCESSABLE if form.errors else status
    given = {"form": form, "entree": found, "change": moved, "dit": bilan.told(found)}
    return shown(request, lien, jeton, "corriger", status=status, **given)


@require_POST
@of_a_person
def annuler(request: HttpRequest, lien: LienDeCarnet, jeton: str, geste: int) -> HttpResponse:
    """Take back what was just noted or corrected."""
    try:
        left = take_back(lien.carnet, geste)
        messages.success(request, typo(f"C’est annulé{left}."))
    except DejaAnnule:
        messages.info(request, "C’était déjà annulé.")
    except Irrevocable as late:
        messages.warning(request, typo(str(late)))
    except ChangeDepuis:
        messages.warning(request, typo("Quelqu’un a écrit par-dessus depuis : corrigez-le plutôt."))
    return _to(reverse("mon-carnet", args=[jeton]))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def renvoyer(request: HttpRequest, jeton: str) -> HttpResponse:
    """Send a fresh link to the one whose carnet it is, even behind a link that opens nothing any more."""
    lien = find(jeton)
    if lien is None or lien.carnet.mural:
        return incomplete(request)
    carnet = lien.carnet
    if carnet.ferme_le:
        return private(shut(request, lien, jeton))
    why = why_not_written(carnet)
    if request.method == "POST" and not why:
        send_again(carnet)
        return private(_to(f"{request.path}?{SENT}"))
    gabarit = "renvoye" if SENT in request.GET else "perdu"
    contact = typo(whom_to_write(carnet.espace))
    return private(shown(request, lien, jeton, gabarit, renvoi=not why, contact=contact))


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ne_plus(request: HttpRequest, jeton: str) -> HttpResponse:
    """Stop the letter of each month: by one gesture, or by that of a mail program, which has no cookie (RFC 8058)."""
    lien = find(jeton)
    if lien is None or lien.carnet.mural:
        return incomplete(request)
    if lien.carnet.ferme_le:
        return private(shut(request, lien, jeton))
    if request.method == "POST":
        stop_the_letter(lien.carnet)
        if is_one_click(request):
            return HttpResponse(STOPPED, content_type="text/plain; charset=utf-8")
        return private(_to(request.path))
    return private(shown(request, lien, jeton, "ne_plus", fait=not lien.carnet.mensuel))


def _noted(request: HttpRequest, lien: LienDeCarnet, jeton: str, made: Entree) -> HttpResponse:
    """What was noted; from a wall, or older than what a carnet shows, a word on the page one comes back to."""
    if lately(lien.carnet).filter(pk=made.pk).exists():
        return _to(reverse("mon-carnet-notee", args=[jeton, made.numero]))
    said = bilan.told(Entree.objects.select_related("mots", "objet").get(pk=made.pk))
    messages.success(request, typo(f"C’est noté : {said['titre']}, {said['quand']}, {said['nombre']}."))
    return _to(reverse("mon-carnet", args=[jeton]))


def _kind(lien: LienDeCarnet, code: str) -> NatureEntiere:
    found = next((one for one in kinds_of(lien.carnet) if one.nature == code), None)
    if found is None:
        raise Http404
    return found


def _entree(lien: LienDeCarnet, numero: int) -> Entree:
    return get_object_or_404(whole(lately(lien.carnet)), numero=numero)


def _to(url: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(url)
