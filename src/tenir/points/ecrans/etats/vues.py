"""Sending every signatory the statement of its promises: the gestures of before, the preview, the receipts."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tenir.core import horloge
from tenir.core.composants import Chiffre
from tenir.core.listes import UNPROCESSABLE, respond
from tenir.core.typographie import nombre, pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.points.ecrans.etats.liste import (
    AGIR,
    ENVOIS,
    REMISES,
    FiltreDesEnvois,
    FiltreDesRemises,
    receipts,
    sendings,
)
from tenir.points.ecrans.vues import NO_CONTACT
from tenir.points.models import EnvoiDesEtats, EtatRemis
from tenir.points.services.etats import (
    EnvoiRefuse,
    may_stop,
    plan_of_statements,
    send_one_again,
    send_statements,
    sent_today,
    shown,
    stop_statements,
)

ONGLET = "etats"


class MotForm(forms.Form):
    """What the team says at the head of each message."""

    mot = forms.CharField(
        label="Mot de l’équipe",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="En tête de chaque message, avant ce que le message dit de lui-même.",
    )


@needs("point.update")
def etats(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The times the statements were sent to all, or their export."""
    return respond(
        request,
        "points/etats/liste.html",
        liste=ENVOIS,
        filtre=FiltreDesEnvois,
        rows=sendings(espace),
        export_name=f"{espace.slug}-envois-des-etats",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            envoyer=address("etats-envoyer", espace),
            csv=address("etats-export", espace, "csv"),
            xlsx=address("etats-export", espace, "xlsx"),
        ),
    )


@needs("point.update")
@require_http_methods(["GET", "HEAD", "POST"])
def envoyer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Who would receive what; by POST, it is sent."""
    form = MotForm(request.POST if request.method == "POST" else None)
    erreur = ""
    if form.is_valid():
        try:
            sent = send_statements(by=acces, espace=espace, mot=form.cleaned_data["mot"], lu=read_mark(request))
        except EnvoiRefuse as error:
            erreur = str(error)
        else:
            messages.success(request, typo("C’est demandé : les messages partent dans dix minutes."))
            return redirect(address("etats-envoi", espace, sent.pk))
    return _preview(request, acces, espace, form, erreur)


def _preview(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: MotForm, erreur: str) -> HttpResponse:
    plan = plan_of_statements(espace, horloge.today(espace))
    reached = [one for one in plan if one.a]
    given = context(
        acces,
        espace,
        ONGLET,
        form=form,
        erreur=typo(erreur),
        remis=reached,
        sans=[one for one in plan if not one.a],
        chapeau=_lede(len(reached), len(plan)),
        deja=sent_today(espace),
        lu=shown(plan),
        sans_contact=typo(NO_CONTACT),
        liste=address("etats", espace),
    )
    return render(request, "points/etats/envoyer.html", given, status=UNPROCESSABLE if form.is_bound else 200)


def _lede(reached: int, total: int) -> str:
    told = pluriel(reached, "signataire", lettres=True)
    of = f" sur {total}" if total != reached else ""
    what = "reçoit l’état de ses engagements" if reached < 2 else "reçoivent l’état de leurs engagements"
    return typo(f"{told[:1].upper()}{told[1:]}{of} {what}.")


@needs("point.update")
def envoi(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str = "") -> HttpResponse:
    """The receipts of one gesture, signatory by signatory, or their export."""
    found = envoi_or_404(espace, numero)
    return respond(
        request,
        "points/etats/envoi.html",
        liste=REMISES,
        filtre=FiltreDesRemises,
        rows=receipts(found),
        export_name=f"{espace.slug}-etats-du-{found.le.isoformat()}",
        format=format,
        context=context(
            acces,
            espace,
            ONGLET,
            envoi=found,
            agir=AGIR,
            arretable=not format and may_stop(found),
            chiffres=[] if format else _figures(found),
            liste_des_envois=address("etats", espace),
            csv=address("etats-envoi-export", espace, numero, "csv"),
            xlsx=address("etats-envoi-export", espace, numero, "xlsx"),
        ),
    )


def _figures(found: EnvoiDesEtats) -> list[Chiffre]:
    counted = sendings(found.espace).get(pk=found.pk)
    held: dict[str, int] = {"Remis": counted.remis, "Bien reçus": counted.recus, "À personne": counted.a_personne}  # type: ignore[attr-defined]  # annotated
    return [Chiffre(label, nombre(value)) for label, value in held.items()]


def envoi_or_404(espace: EspaceDeContrat, numero: int) -> EnvoiDesEtats:
    """A gesture of this contract; any other does not exist."""
    return get_object_or_404(EnvoiDesEtats.objects.select_related("espace", "cree_par"), espace=espace, pk=numero)


@needs("point.update")
@require_POST
def arreter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Call a gesture off before anything leaves."""
    try:
        stop_statements(by=acces, envoi=envoi_or_404(espace, numero))
        messages.success(request, "L’envoi est arrêté : rien n’est parti.")
    except EnvoiRefuse as error:
        messages.error(request, typo(str(error)))
    return redirect(address("etats-envoi", espace, numero))


@needs("point.update")
@require_POST
def renvoyer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, remise: int) -> HttpResponse:
    """Send one statement again, to whom the contact of its signatory is now."""
    found = get_object_or_404(
        EtatRemis.objects.select_related("envoi__espace"), envoi__espace=espace, envoi=numero, pk=remise
    )
    try:
        send_one_again(by=acces, remise=found)
        messages.success(request, "L’état repart.")
    except EnvoiRefuse as error:
        messages.error(request, typo(str(error)))
    return redirect(address("etats-envoi", espace, numero))
