"""Admitting an anomaly, and ending a dérogation."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tenir.controles.models import AnomalieRelevee, Derogation
from tenir.controles.services import DerogationRefusee, admit, end, shown
from tenir.core.listes import UNPROCESSABLE
from tenir.core.marques import Lu
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.formulaires import JourField, refuse
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


class DerogationForm(forms.Form):
    """Why an anomaly is admitted, who decided it, until when."""

    motif = forms.CharField(
        label="Pourquoi l’anomalie est admise", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    auteur = forms.CharField(
        label="Qui l’a décidé", max_length=200, help_text=typo("Une fonction ou une instance : comité de pilotage…")
    )
    fin = JourField(label="Jusqu’au", help_text="Dernier jour où elle vaut.")


@needs("derogation.update")
@require_http_methods(["GET", "HEAD", "POST"])
def admettre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Admit an anomaly, with a reason and an end."""
    rows = AnomalieRelevee.objects.select_related("espace")
    anomalie = get_object_or_404(rows, espace=espace, pk=numero)
    known = Derogation.objects.filter(espace=espace, regle=anomalie.regle, code=anomalie.code).first()
    first = {"motif": known.motif, "auteur": known.auteur, "fin": known.fin} if known else {}
    form = DerogationForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid() and _admitted(form, acces, anomalie, read_mark(request)):
        until = date_fr(form.cleaned_data["fin"])
        messages.success(request, typo(f"L’anomalie {anomalie} est admise jusqu’au {until}."))
        return redirect(address("qualite", espace))
    given = context(
        acces, espace, "qualite", form=form, anomalie=anomalie, lu=shown(known), retour=address("qualite", espace)
    )
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "controles/admettre.html", given, status=status)


@needs("derogation.update")
@require_http_methods(["GET", "HEAD", "POST"])
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """End a dérogation, once confirmed."""
    derogation = get_object_or_404(Derogation.objects.select_related("espace"), espace=espace, pk=numero)
    if request.method == "POST":
        said = typo(f"La {derogation} est retirée : l’anomalie, si elle est toujours là, compte de nouveau.")
        end(by=acces, derogation=derogation, lu=read_mark(request))
        messages.success(request, said)
        return redirect(address("qualite", espace))
    given = context(
        acces, espace, "qualite", derogation=derogation, lu=shown(derogation), retour=address("qualite", espace)
    )
    return render(request, "controles/retirer.html", given)


def _admitted(form: DerogationForm, acces: Acces, anomalie: AnomalieRelevee, lu: Lu) -> bool:
    """Admit the anomaly; when it is refused, the reason is in the form."""
    try:
        admit(by=acces, anomalie=anomalie, **form.cleaned_data, lu=lu)
    except DerogationRefusee as error:
        form.add_error("fin", typo(str(error)))
        return False
    except ValidationError as error:
        refuse(form, error)
        return False
    return True
