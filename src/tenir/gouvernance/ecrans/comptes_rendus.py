"""After a meeting: its minutes circulated, corrected, approved; before it, what a calendar answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.core import horloge
from tenir.core.documents import document_response
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.gouvernance.compte_rendu import minutes_of
from tenir.gouvernance.ecrans.commun import about_reunion, name_of, reunion_or_404
from tenir.gouvernance.ecrans.formulaires import (
    CorrectionForm,
    MaCorrectionForm,
    ReponseDAgendaForm,
    SuiteDeCorrectionForm,
)
from tenir.gouvernance.models import Convocation, CorrectionDeCompteRendu, PointDOrdreDuJour
from tenir.gouvernance.services import comptes_rendus
from tenir.gouvernance.services.comptes_rendus import CorrectionsCloses, why_not_corrected
from tenir.gouvernance.services.liens import find
from tenir.gouvernance.services.reponses_d_agenda import note_reply, shown_answers
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

DIFFUSER = Ecran(
    "Diffuser le compte rendu", "Diffuser", "Le compte rendu part.",
    "Chaque contact des organismes convoqués le reçoit en Word, avec le lien où demander une "
    "correction pendant trois semaines. Il s’inscrit de lui-même, à approuver, à la prochaine réunion de l’instance.",
)  # fmt: skip
CORRIGER = Ecran("Noter une correction demandée", "Noter la correction", "La correction est notée.")
SUITE = Ecran(
    "Que devient cette correction ?", "Enregistrer", "C’est enregistré.",
    "Reprise : corrigez aussi les notes du point. La correction et sa suite s’impriment avec le compte rendu.",
)  # fmt: skip
APPROUVER = Ecran("Le compte rendu est approuvé ?", "Oui, il est approuvé", "Le compte rendu est approuvé.")
AGENDA = Ecran(
    "Lire une réponse d’agenda", "Noter la réponse", "La réponse est notée.",
    "Collez ou joignez ce que l’agenda d’un contact a renvoyé : l’organisme est trouvé par son adresse.",
)  # fmt: skip
BOTH = ["GET", "HEAD", "POST"]
RIGHT = "reunion.update"


@require_http_methods(BOTH)
@needs(RIGHT)
def diffuser(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Send the minutes to the bodies invited."""
    found = reunion_or_404(espace, numero)
    form = Formulaire(posted(request))

    def write() -> None:
        comptes_rendus.circulate(by=acces, reunion=found, lu=read_mark(request))

    return answer(request, acces, about_reunion(found), form, DIFFUSER, write, lu=comptes_rendus.shown_minutes(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Note a correction that a body asked otherwise than by its link."""
    found = reunion_or_404(espace, numero)
    form = CorrectionForm(found, posted(request))

    def write() -> None:
        comptes_rendus.correct(by=acces, reunion=found, **form.cleaned_data)

    return answer(request, acces, about_reunion(found), form, CORRIGER, write)


@require_http_methods(BOTH)
@needs(RIGHT)
def suite(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, correction: int) -> HttpResponse:
    """Say what becomes of a correction."""
    rows = CorrectionDeCompteRendu.objects.select_related("reunion__espace", "reunion__instance__instance")
    found = get_object_or_404(rows, reunion__espace=espace, reunion=numero, pk=correction)
    form = SuiteDeCorrectionForm(posted(request), initial={"suite": found.suite, "motif": found.motif})

    def write() -> None:
        comptes_rendus.settle_correction(by=acces, correction=found, lu=read_mark(request), **form.cleaned_data)

    lu = comptes_rendus.shown_correction(found)
    return answer(request, acces, about_reunion(found.reunion), form, SUITE, write, lu=lu)


@require_http_methods(BOTH)
@needs(RIGHT)
def approuver(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, point: int) -> HttpResponse:
    """Say that the minutes of an item are approved."""
    rows = PointDOrdreDuJour.objects.select_related(
        "reunion__espace", "reunion__instance__instance", "compte_rendu__espace", "compte_rendu__instance__instance"
    )
    found = get_object_or_404(rows, reunion__espace=espace, reunion=numero, pk=point)
    if found.compte_rendu is None:
        raise Http404
    form = Formulaire(posted(request))

    def write() -> None:
        comptes_rendus.approve(by=acces, point=found, lu=read_mark(request))

    lu = comptes_rendus.shown_minutes(found.compte_rendu)
    return answer(request, acces, about_reunion(found.reunion), form, APPROUVER, write, lu=lu)


@require_http_methods(BOTH)
@needs(RIGHT)
def reponse_d_agenda(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Note what a calendar answered, pasted or joined."""
    found = reunion_or_404(espace, numero)
    form = ReponseDAgendaForm(posted(request), request.FILES or None)

    def write() -> None:
        note_reply(by=acces, reunion=found, content=form.content(), lu=read_mark(request))

    return answer(request, acces, about_reunion(found), form, AGENDA, write, lu=shown_answers(found))


@login_not_required
@require_http_methods(BOTH)
def corriger_par_lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """The minutes, and the correction that one's body asks, without an account."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.reunion.espace):
        return private(_corrected(request, found, jeton))


def _corrected(request: HttpRequest, convocation: Convocation, jeton: str) -> HttpResponse:
    form = MaCorrectionForm(posted(request))
    reunion = convocation.reunion
    if form.is_valid():
        try:
            comptes_rendus.correct(
                by=None, reunion=reunion, organisation=convocation.organisation, texte=form.cleaned_data["texte"]
            )
        except ValidationError as error:
            form.refuse(error)
        except CorrectionsCloses as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("convocation-correction", args=[jeton]))
        else:
            messages.success(request, typo("Votre correction est reçue : l’équipe dira ce qu’elle devient."))
            return HttpResponseRedirect(reverse("convocation-correction", args=[jeton]))
    given: dict[str, Any] = {
        "espace": reunion.espace,
        "organisme": convocation.organisation,
        "titre": name_of(reunion),
        "ferme": typo(why_not_corrected(reunion)),
        "form": form,
        "corrections": list(reunion.corrections.filter(organisation=convocation.organisation)),
        "fichier": reverse("convocation-compte-rendu", args=[jeton]) if reunion.diffuse_le else "",
        "contact": typo(whom_to_write(reunion.espace)),
    }
    return render(request, "gouvernance/correction.html", given, status=UNPROCESSABLE if form.errors else 200)


@login_not_required
@require_safe
def fichier_par_lien(request: HttpRequest, jeton: str) -> HttpResponse:
    """The minutes that were circulated, in Word, for a body that was invited."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    if found.reunion.diffuse_le is None:
        raise Http404
    reunion = found.reunion
    name = f"{reunion.espace.slug}-{reunion.instance.nom}-{reunion.jour}"
    with horloge.zone(reunion.espace):
        return private(document_response(minutes_of(reunion), name=name, format="docx"))
