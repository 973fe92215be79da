"""« Mes coordonnées »: anyone corrects her own name, address and telephone; the administration, those of anyone."""

import hashlib
import hmac
import secrets
from smtplib import SMTPException
from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Personne
from tenir.core.lettre import Message, post
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import context, own_context
from tenir.habilitations.coordonnees import ARefaire, correct_person, written
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs, signed_in

CODE, CHANGED = "nouvelle-adresse", "adresse-changee"
"""The messages that leave from here, by their kind."""
WAITING = "nouvelle-adresse"
"""In the session: what is to be written once the code is given."""
VALIDITY = 600
"""How long a code is good for, in seconds: as one of sign-in."""
TRIES = 3
SENT = 5
"""How many codes one asks for in an hour."""
CODE_GONE = "Ce code ne vaut plus : redonnez votre adresse, un autre sera envoyé."
CODE_WRONG = "Ce code n’est pas le bon. Vérifiez-le dans le dernier message reçu."
TOO_MANY = "Trop de codes demandés en peu de temps. Attendez une heure, puis recommencez."
NOT_SENT = "Le message n’est pas parti : votre adresse n’a pas changé. Recommencez plus tard."


class CoordonneesForm(forms.Form):
    """How a person is called and reached."""

    nom = forms.CharField(label="Prénom et nom", max_length=150)
    email = forms.EmailField(label="Courriel", required=False, max_length=254)
    telephone = forms.CharField(label="Téléphone", max_length=40, required=False)

    def __init__(self, personne: Personne, data: Any = None) -> None:
        known = {name: getattr(personne, name) for name in ("nom", "email", "telephone")}
        super().__init__(data, initial=known)
        if personne.utilisateur_id:
            self.fields["email"].required = True
            self.fields["email"].help_text = typo("C’est aussi l’adresse de connexion.")


class CodeForm(forms.Form):
    """The code received at the new address."""

    code = forms.CharField(label="Code", max_length=12, widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def mes_coordonnees(request: HttpRequest, acces: Acces) -> HttpResponse:
    """One's own name, address and telephone; a new address is proved by a code first."""
    if _awaited(request):
        answer: HttpResponse = _code_page(request, acces)
        return answer
    form = CoordonneesForm(acces.personne, request.POST if "nom" in request.POST else None)
    if form.is_valid():
        try:
            correct_person(by=acces, personne=acces.personne, lu=read_mark(request), **form.cleaned_data)
            messages.success(request, "Vos coordonnées sont corrigées.")
            return redirect("mes-donnees")
        except ARefaire:
            if refused := _ask(request, acces, form.cleaned_data):
                form.add_error("email", refused)
            else:
                return redirect("mes-coordonnees")
        except ValidationError as error:
            _told(form, error)
    given = own_context(
        acces, form=form, lu=written(acces.personne), titre="Mes coordonnées", retour=reverse("mes-donnees")
    )
    return _page(request, form, given)


@reauthentication_required  # type: ignore[untyped-decorator]
def _code_page(request: HttpRequest, acces: Acces) -> HttpResponse:
    """The code of a new address; right, the address is hers and the former one is told."""
    waiting = request.session[WAITING]
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid() and (answer := _proved(request, acces, form, waiting)):
        return answer
    given = own_context(acces, form=form, adresse=waiting["typed"]["email"])
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "bureau/personnes/code.html", given, status=status)


def _awaited(request: HttpRequest) -> bool:
    """Whether a code was sent and is still good; one that is not, or that is given up, is forgotten."""
    waiting = request.session.get(WAITING)
    if not waiting:
        return False
    if "renoncer" not in request.POST and waiting["jusqu"] >= timezone.now().timestamp():
        return True
    del request.session[WAITING]
    messages.warning(request, "Votre adresse n’a pas changé." if "renoncer" in request.POST else CODE_GONE)
    return False


@never_cache
@require_http_methods(["GET", "POST"])
@needs("personne.update")
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """A person corrected by the administration; who signs in is told at both addresses."""
    personne = get_object_or_404(Personne.objects.filter(effacee_le=None), pk=numero)
    form = CoordonneesForm(personne, request.POST if request.method == "POST" else None)
    if form.is_valid():
        before = personne.email
        try:
            found = correct_person(
                by=acces, personne=personne, lu=read_mark(request), prouvee=True, **form.cleaned_data
            )
            if found.utilisateur_id and found.email != before:
                _tell(request, before, found.email, both=True)
            messages.success(request, typo(f"{found} : coordonnées corrigées."))
            return redirect("personnes")
        except ValidationError as error:
            _told(form, error)
    titre = "Corriger une personne"
    given = context(
        acces, espace, "personnes", form=form, lu=written(personne), titre=titre, retour=reverse("personnes")
    )
    return _page(request, form, given)


def _page(request: HttpRequest, form: forms.Form, given: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "bureau/personnes/coordonnees.html", given, status=status)


def _told(form: forms.Form, error: ValidationError) -> None:
    """The refusals of the service, on the fields that they speak of."""
    said = error.message_dict if hasattr(error, "error_dict") else {"email": error.messages}
    for name, sentences in said.items():
        form.add_error(name if name in form.fields else None, [typo(one) for one in sentences])


def _ask(request: HttpRequest, acces: Acces, typed: dict[str, str]) -> str:
    """Send a code to the new address, and keep what waits for it; return why not, if not."""
    key = f"nouvelle-adresse/{acces.personne.pk}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > SENT:
        return TOO_MANY
    code = f"{secrets.randbelow(10**6):06}"
    body = render_to_string("bureau/personnes/nouvelle_adresse.txt", {"code": code})
    try:
        post(CODE, Message(typed["email"], "Votre nouvelle adresse", body))
    except (OSError, SMTPException):
        return NOT_SENT
    until = timezone.now().timestamp() + VALIDITY
    request.session[WAITING] = {"typed": typed, "lu": dict(read_mark(request)), "code": _digest(code), "jusqu": until}
    return ""


def _proved(request: HttpRequest, acces: Acces, form: CodeForm, waiting: dict[str, Any]) -> HttpResponse | None:
    tries = waiting.get("essais", 0) + 1
    if not hmac.compare_digest(_digest("".join(form.cleaned_data["code"].split())), waiting["code"]):
        request.session[WAITING] = {**waiting, "essais": tries, "jusqu": waiting["jusqu"] if tries < TRIES else 0}
        form.add_error("code", CODE_WRONG if tries < TRIES else CODE_GONE)
        return None
    del request.session[WAITING]
    before = acces.personne.email
    try:
        found = correct_person(by=acces, personne=acces.personne, prouvee=True, lu=waiting["lu"], **waiting["typed"])
    except ValidationError as error:
        form.add_error(None, [typo(one) for one in error.messages])
        return None
    _tell(request, before, found.email)
    messages.success(request, typo(f"Votre adresse est désormais {found.email}."))
    return redirect("mes-donnees")


def _tell(request: HttpRequest, before: str, after: str, *, both: bool = False) -> None:
    """Tell the former address, and the new one where nobody proved it; what does not leave undoes nothing."""
    body = render_to_string("bureau/personnes/adresse_changee.txt", {"avant": before, "apres": after})
    for address in (before, after) if both else (before,):
        try:
            post(CHANGED, Message(address, "Votre adresse a changé", body))
        except (OSError, SMTPException):
            messages.warning(request, typo(f"Le message à {address} n’est pas parti : prévenez cette personne."))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
