"""Several entries retained or contested at once: which, how many, then the gesture, undone at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.commun import ONGLET, read_by
from tenir.activite.ecrans.liste.filtres import FiltreDesEntrees, asks
from tenir.activite.enums import Confiance
from tenir.activite.models import Entree
from tenir.activite.services.entree import judge_several, title_of
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import accord, pluriel
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

NAMED = 50
"""How many of the chosen entries the page names."""


class LotForm(Formulaire):
    """What becomes of the entries chosen, and why."""

    confiance = forms.ChoiceField(
        label="Que deviennent-elles ?",
        choices=[
            (Confiance.RETENUE.value, "Retenues : elles comptent, si elles sont tenues"),
            (Confiance.CONTESTEE.value, "Contestées : elles ne comptent plus"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’un ou l’autre."},
    )
    motif = forms.CharField(
        label="Pourquoi", required=False, max_length=500, help_text="Il en faut un pour contester ; l’histoire le dira."
    )


@require_http_methods(["GET", "POST"])
@needs("entree.judge")
def lot(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Which entries are chosen and how many; then what becomes of them."""
    vue = request.POST.get("vue", "")
    back = f"{address(ONGLET, espace)}{'?' if vue else ''}{vue}"
    found = list(_chosen(request.POST, acces, espace).select_related("mots").order_by("-fin", "-numero"))
    asked = request.POST.get("etape") == "confirmer"
    form = LotForm(request.POST if asked else None)
    if asked and found and form.is_valid() and (done := _judge(request.POST, acces, espace, form, found)) is not None:
        chosen = Confiance(form.cleaned_data["confiance"])
        said = f"{pluriel(done, 'entrée', genre='f')} {accord(done, chosen.label)}."
        messages.success(request, with_undo(acces, espace, said, back) if done else said)
        return redirect(back)
    given = context(acces, espace, ONGLET, form=form, vue=vue, retour=back, **_told(found))
    wrong = request.method == "POST" and (form.errors or not found)
    return render(request, "activite/lot.html", given, status=UNPROCESSABLE if wrong else 200)


def _chosen(posted: QueryDict, acces: Acces, espace: EspaceDeContrat) -> QuerySet[Entree]:
    """The entries ticked, or all those of the view."""
    rows = read_by(acces, espace)
    if "toutes" in posted:
        asked = QueryDict(posted.get("vue", ""))
        filtre = FiltreDesEntrees(asked or None, queryset=rows, espace=espace, **asks(acces, espace))
        return rows.filter(pk__in=filtre.qs.order_by().values("pk"))
    return rows.filter(numero__in=[number for one in posted.getlist("codes") if (number := _number(one))])


def _judge(posted: QueryDict, acces: Acces, espace: EspaceDeContrat, form: LotForm, found: list[Entree]) -> int | None:
    """Do it; how many changed, none when it was refused."""
    lues = {one.numero: _number(posted.get(f"version-{one.numero}", "")) for one in found}
    confiance, motif = Confiance(form.cleaned_data["confiance"]), form.cleaned_data["motif"]
    try:
        return judge_several(by=acces, espace=espace, numeros=lues, confiance=confiance, motif=motif, lues=lues)
    except ValidationError as error:
        form.refuse(error)
        return None


def _told(found: list[Entree]) -> dict[str, Any]:
    return {
        "entrees": found,
        "nommees": [(one.numero, title_of(one), one.get_confiance_display()) for one in found[:NAMED]],
        "autres": len(found) - len(found[:NAMED]),
    }


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
