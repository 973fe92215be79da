"""The pages of invitations; the one behind the link opens to whoever holds it, and changes nothing until posted."""

from smtplib import SMTPException
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.acteurs.personnes import behind
from tenir.core.lettre import Message, post
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE, respond
from tenir.core.noms import designe
from tenir.core.prive import private
from tenir.core.refus_de_courriel import told_failure
from tenir.core.typographie import typo
from tenir.ecran.edition import read_mark
from tenir.ecran.formulaires import refuse
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.invitations.liste import INVITATIONS, FiltreDesInvitations
from tenir.equipe.organismes import offered_in
from tenir.equipe.services.invitations import (
    GENRE,
    Envoi,
    InvitationRefusee,
    accept,
    find,
    invite,
    resend,
    revoke,
    shown,
    state_of,
)
from tenir.habilitations.attribution import AttributionRefusee, roles_to_give
from tenir.habilitations.correspondance import name_of, sender_of, whom_to_write
from tenir.habilitations.models import EspaceDeContrat, Invitation
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.habilitations.vues import needs

GONE = 410


class InvitationForm(forms.Form):
    """Whom to invite, to which role, for which body."""

    email = forms.EmailField(label="Adresse électronique")
    role = forms.ChoiceField(label="Rôle")
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label="Organisme",
        required=False,
        empty_label="Aucun",
        help_text=typo("Demandé pour un partenaire, un copilote : ils ne changent que ce qui concerne cet organisme."),
    )

    def __init__(self, acces: Acces, espace: EspaceDeContrat, *args: Any) -> None:
        super().__init__(*args)
        self.fields["organisation"].queryset = offered_in(espace)  # type: ignore[attr-defined]
        choices = [(role.value, role.label) for role in roles_to_give(acces, espace)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]


class AcceptationForm(forms.Form):
    """The name of someone who had none here."""

    nom = forms.CharField(label="Votre prénom et votre nom", max_length=150)


@needs("invitation.create")
def invitations(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The invitations of a contract, or their export."""
    rows = Invitation.objects.filter(espace=espace)
    return respond(
        request,
        "equipe/invitations/liste.html",
        liste=INVITATIONS,
        filtre=FiltreDesInvitations,
        rows=rows.select_related("espace", "organisation", "invitee_par"),
        export_name=f"{espace.slug}-invitations",
        format=format,
        context=context(
            acces,
            espace,
            "invitations",
            nouvelle=address("invitation-nouvelle", espace),
            csv=address("invitations-export", espace, "csv"),
            xlsx=address("invitations-export", espace, "xlsx"),
        ),
    )


@require_http_methods(["GET", "POST"])
@needs("invitation.create")
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Invite someone."""
    form = InvitationForm(acces, espace, request.POST or None)
    if form.is_valid():
        try:
            asked = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
            _send(request, invite(by=acces, espace=espace, **asked))
            return redirect(address("invitations", espace))
        except InvitationRefusee as error:
            form.add_error(None, typo(str(error)))
        except ValidationError as error:
            refuse(form, error)
    given = context(acces, espace, "invitations", form=form, retour=address("invitations", espace))
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "equipe/invitations/nouvelle.html", given, status=status)


@require_http_methods(["GET", "POST"])
@needs("invitation.create")
def renvoyer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Send an invitation again, once confirmed."""
    return _confirmed(request, acces, espace, numero, "renvoyer")


@require_http_methods(["GET", "POST"])
@needs("invitation.create")
def revoquer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Revoke an invitation, once confirmed."""
    return _confirmed(request, acces, espace, numero, "révoquer")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accepter(request: HttpRequest, jeton: str) -> HttpResponse:
    """What an invitation offers; posted, it is accepted. Opening it, even twice, even by a machine, changes nothing."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    state = state_of(found, timezone.now())
    if state != "en attente":
        sentence = f"Cette invitation est {state} : demandez-en une autre à l’équipe du contrat."
        return _ended(request, sentence, found.espace)
    known = list(behind(found.email)[:2])
    form = AcceptationForm(request.POST or None, initial={"nom": known[0].nom if len(known) == 1 else ""})
    if form.is_valid() and _accepted(form, jeton):
        messages.success(request, typo(f"Votre accès est ouvert : demandez un code à l’adresse {found.email}."))
        return redirect(resolve_url(settings.LOGIN_URL))
    given = {"invitation": found, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return private(render(request, "equipe/invitations/accepter.html", given, status=status))


def _confirmed(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, geste: str) -> HttpResponse:
    rows = Invitation.objects.filter(espace=espace).select_related("espace", "organisation")
    invitation = get_object_or_404(rows, pk=numero)
    erreur = ""
    if request.method == "POST":
        lu = read_mark(request)
        try:
            if geste == "renvoyer":
                _send(request, resend(by=acces, invitation=invitation, lu=lu))
            else:
                revoke(by=acces, invitation=invitation, lu=lu)
                messages.success(request, f"L’invitation de {invitation.email} est révoquée.")
            return redirect(address("invitations", espace))
        except InvitationRefusee as error:
            erreur = typo(str(error))
    given = context(
        acces,
        espace,
        "invitations",
        invitation=invitation,
        geste=geste,
        lu=shown(invitation),
        erreur=erreur,
        retour=address("invitations", espace),
    )
    status = UNPROCESSABLE if erreur else 200
    return render(request, "equipe/invitations/confirmer.html", given, status=status)


def _send(request: HttpRequest, envoi: Envoi) -> None:
    """Mail the link; what the mail server refuses is told, and the invitation waits to be sent again."""
    invitation = envoi.invitation
    link = request.build_absolute_uri(reverse("invitation", args=[envoi.jeton]))
    try:
        post(GENRE, letter_of(invitation, link))
    except (OSError, SMTPException) as error:
        why = f"Le message à {invitation.email} n’est pas parti ({told_failure(error)}) : renvoyez l’invitation."
        messages.error(request, typo(why))
        return
    messages.success(request, typo(f"L’invitation est envoyée à {invitation.email}."))


def letter_of(invitation: Invitation, link: str) -> Message:
    """The message of an invitation."""
    espace, body = invitation.espace, invitation.organisation
    given = {
        "invitation": invitation,
        "lien": link,
        "contrat": name_of(espace) if espace else "Tenir",
        "pour": f", pour {designe(body.nom)}" if body else "",
    }
    text = render_to_string("equipe/invitations/courriel.txt", given)
    return Message(
        invitation.email, "invitation à rejoindre l’espace du contrat", text, sender_of(espace, invitation.invitee_par)
    )


def _accepted(form: AcceptationForm, jeton: str) -> bool:
    try:
        accept(jeton=jeton, nom=form.cleaned_data["nom"])
    except (InvitationRefusee, AttributionRefusee) as error:
        form.add_error(None, typo(str(error)))
    except ValidationError as error:
        refuse(form, error)
    return not form.errors


def _ended(request: HttpRequest, sentence: str, espace: EspaceDeContrat | None) -> HttpResponse:
    given = {"phrase": typo(sentence), "contact": typo(whom_to_write(espace))}
    return private(render(request, "equipe/invitations/close.html", given, status=GONE))
