"""Waiving, sending, closing a point d'étape; deciding of a message in doubt; revoking a link."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tenir.core import horloge
from tenir.core.courriels import must_be_seen
from tenir.core.models import Courriel
from tenir.core.noms import de_personne
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.points.ecrans.formulaires import MotifForm
from tenir.points.ecrans.messages import NOMS
from tenir.points.ecrans.suivi import state_of
from tenir.points.ecrans.vues import point_or_404, show_draft, waivable
from tenir.points.models import Destinataire
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import (
    INVITATION,
    PointRefuse,
    close_point,
    decide_message,
    queue_of,
    revoke_link,
    send_point,
    shown_link,
    standing,
    unwaive,
    waive,
)


@dataclass(frozen=True, slots=True)
class Envoye:
    """One message to someone asked: what it is, where it stands, whether a person must decide."""

    courriel: Courriel
    nom: str
    etat: str
    a_decider: bool


@needs("point.update")
@require_POST
def dispenser(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Pass over what stops a point d'étape, saying why; or take that back."""
    point = point_or_404(espace, numero)
    try:
        if retirer := request.POST.get("retirer"):
            unwaive(by=acces, point=point, cle=retirer)
            return redirect(address("point", espace, numero))
        plan, numbers = plan_of(point, horloge.today()), request.POST.get("quoi") == "nombres"
        offered = plan.nombres if numbers else plan.blocages
        form = MotifForm(waivable(offered), request.POST, nombres=numbers)
        if form.is_valid():
            chosen = {one.cle: one.phrase for one in offered if one.cle in form.cleaned_data["cles"]}
            waive(by=acces, point=point, cles=chosen, motif=form.cleaned_data["motif"])
            return redirect(address("point", espace, numero))
    except PointRefuse as error:
        messages.error(request, typo(str(error)))
        return redirect(address("point", espace, numero))
    return show_draft(request, acces, point, form=None if numbers else form, nombres=form if numbers else None)


@needs("point.update")
@require_POST
def envoyer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Send a point d'étape: recipients are computed again."""
    point = point_or_404(espace, numero)
    try:
        plan = send_point(by=acces, point=point, lu=read_mark(request))
    except PointRefuse as error:
        point.refresh_from_db()
        if point.envoye_le:
            messages.error(request, typo(str(error)))
            return redirect(address("point", espace, numero))
        return show_draft(request, acces, point, erreur=str(error))
    people = pluriel(len(plan.sollicitations), "message", lettres=True)
    messages.success(request, typo(f"{capital(people)} : ils partent un à un, cette page dit lesquels sont partis."))
    return redirect(address("point", espace, numero))


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def clore(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Close a point d'étape, once confirmed."""
    point = point_or_404(espace, numero)
    if request.method == "POST":
        try:
            close_point(by=acces, point=point, lu=read_mark(request))
            messages.success(request, "Le point d’étape est clos : les liens ne répondent plus.")
        except PointRefuse as error:
            messages.error(request, typo(str(error)))
        return redirect(address("point", espace, numero))
    given = context(acces, espace, "points", point=point, lu=standing(point), retour=address("point", espace, numero))
    return render(request, "points/clore.html", given)


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def lien(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, destinataire: int) -> HttpResponse:
    """One person asked: deciding of her message, revoking her link."""
    point = point_or_404(espace, numero)
    rows = Destinataire.objects.select_related("point__espace", "personne", "organisation")
    found = get_object_or_404(rows, point=point, pk=destinataire)
    if request.method == "POST":
        _act(request, acces, found)
        return redirect(address("point", espace, numero))
    sent = messages_of(found)
    given = context(
        acces,
        espace,
        "points",
        point=point,
        destinataire=found,
        courriels=sent,
        jamais=any(one.courriel.genre == INVITATION and one.a_decider for one in sent),
        lu=shown_link(found),
        retour=address("point", espace, numero),
    )
    return render(request, "points/lien.html", given)


def messages_of(asked: Destinataire) -> list[Envoye]:
    """Every message that she was to receive, the first asked for first."""
    now, found = timezone.now(), queue_of(asked).order_by("prevu_le", "pk")
    return [Envoye(one, NOMS[one.genre], state_of(one)[1], must_be_seen(one, now)) for one in found]


def _act(request: HttpRequest, acces: Acces, asked: Destinataire) -> None:
    gesture, lu = request.POST.get("geste", ""), read_mark(request)
    try:
        if gesture == "revoquer":
            revoke_link(by=acces, destinataire=asked, lu=lu)
            messages.success(request, typo(f"Le lien {de_personne(asked.personne)} n’ouvre plus rien."))
            return
        motif, message = request.POST.get("motif", ""), request.POST.get("message", "")
        done = decide_message(by=acces, destinataire=asked, geste=gesture, message=message, motif=motif, lu=lu)
    except PointRefuse as error:
        messages.error(request, typo(str(error)))
        return
    told = "C’est noté." if done else "Ce message a changé d’état entre-temps : regardez de nouveau."
    (messages.success if done else messages.error)(request, typo(told))
