"""A change of many fiches at once: what to change, what it would make of each, then the change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import accord, capital, pluriel, typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.champs import field, label
from tenir.ecran.conflit import CONFLICT
from tenir.ecran.formulaires import JourField
from tenir.ecran.histoire import named, numbers_in
from tenir.ecran.navigation import address, context
from tenir.fiches.classeur.valeurs import bodies_of_contract, people_of_contract
from tenir.fiches.ecrans.tableau.tableau import Tableau
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction
from tenir.fiches.services.lot import Effet, preview_bulk, update_bulk
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import names_of
from tenir.habilitations.vues import needs

DATES = ("debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle", "prochaine_etape_le")
CHAMPS = (
    "statut",
    "motif",
    "organisme_en_charge",
    "personne_en_charge",
    *DATES[:6],
    "prochaine_etape",
    "prochaine_etape_le",
    "public_vise",
)
"""The fields that make sense on many fiches at once; difficulties and help are told one action at a time."""


class LotForm(forms.Form):
    """The fields to change, the same on every fiche chosen; an empty one does not change."""

    statut = forms.ChoiceField(required=False, choices=[("", "Ne pas changer"), *Statut.choices])
    motif = forms.CharField(required=False, max_length=500)
    organisme_en_charge: Any = forms.ModelChoiceField(None, required=False, empty_label="Ne pas changer")
    personne_en_charge: Any = forms.ModelChoiceField(None, required=False, empty_label="Ne pas changer")
    debut_prevu = JourField(required=False)
    fin_prevue = JourField(required=False)
    debut_revise = JourField(required=False)
    fin_revisee = JourField(required=False)
    debut_reel = JourField(required=False)
    fin_reelle = JourField(required=False)
    prochaine_etape = forms.CharField(required=False, max_length=500)
    prochaine_etape_le = JourField(required=False)
    public_vise = forms.CharField(required=False, max_length=500)
    vider = forms.MultipleChoiceField(
        label="Vider", required=False, choices=[], widget=forms.CheckboxSelectMultiple, help_text="Retire ce qui y est."
    )
    pourquoi = forms.CharField(label="Pourquoi ce changement", max_length=300, help_text="La trace le dit.")

    def __init__(self, data: Any, espace: EspaceDeContrat) -> None:
        super().__init__(data)
        self.fields["organisme_en_charge"].queryset = bodies_of_contract(espace)  # type: ignore[attr-defined]
        self.fields["personne_en_charge"].queryset = people_of_contract(espace)  # type: ignore[attr-defined]
        self.fields["vider"].choices = [(name, _heading(name)) for name in CHAMPS]  # type: ignore[attr-defined]
        for name in CHAMPS:
            self.fields[name].label = _heading(name)
        for name in DATES:
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict[str, Any]:
        """One field is filled or emptied, not both; something changes."""
        given: dict[str, Any] = super().clean() or {}
        emptied = given.get("vider", [])
        for name in emptied:
            if given.get(name):
                self.add_error(name, "Remplissez ce champ ou videz-le, pas les deux.")
        if not self.errors and not emptied and not any(given.get(name) for name in CHAMPS):
            raise ValidationError("Dites ce qui change : remplissez un champ, ou choisissez-en un à vider.")
        return given

    def changes(self) -> dict[str, Any]:
        """The values to write, by field."""
        filled = {name: self.cleaned_data[name] for name in CHAMPS if self.cleaned_data.get(name)}
        return filled | {name: None if field(name, FicheAction).null else "" for name in self.cleaned_data["vider"]}


@require_http_methods(["GET", "POST"])
@needs("fiche.bulk")
def lot(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """From the lines ticked in the table to the change: the fields, the preview, the change itself."""
    codes = _codes(request.POST, acces, espace)
    vue = request.POST.get("vue", "")
    back = f"{address('fiches', espace)}{'?' if vue else ''}{vue}"
    step = request.POST.get("etape", "choisir")
    form = LotForm(request.POST if step != "choisir" else None, espace)
    given = context(acces, espace, "fiches", form=form, codes=codes, vue=vue, retour=back)
    if not codes or not form.is_bound or not form.is_valid():
        status = UNPROCESSABLE if request.method == "POST" and (form.is_bound or not codes) else 200
        return render(request, "fiches/tableau/lot.html", given, status=status)
    if step == "confirmer":
        return _confirmed(request, acces, espace, form, given)
    return _previewed(request, acces, espace, form, {**given, "avis": ""}, codes)


def _codes(posted: QueryDict, acces: Acces, espace: EspaceDeContrat) -> list[str]:
    """The lines ticked, or all those of the view."""
    if "toutes" in posted:
        return [line.code for line in Tableau(acces, espace, QueryDict(posted.get("vue", ""))).lignes]
    return list(dict.fromkeys(str(code) for code in posted.getlist("codes")))


def _previewed(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: LotForm, given: dict[str, Any], codes: list[str]
) -> HttpResponse:
    effects = preview_bulk(by=acces, espace=espace, codes=codes, changes=form.changes())
    asked = [name for name in form.fields if name in request.POST]
    shown = {
        "donnees": [(name, value) for name in asked for value in request.POST.getlist(name)],
        "changent": [(one, _told(one)) for one in effects if one.change],
        "refusees": [one for one in effects if one.raison],
        "inchangees": [one for one in effects if not one.differences and not one.raison],
    }
    status = CONFLICT if given["avis"] else 200
    return render(request, "fiches/tableau/lot_apercu.html", {**given, **shown}, status=status)


def _confirmed(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, form: LotForm, given: dict[str, Any]
) -> HttpResponse:
    versions = {code: _version(request.POST.get(f"version-{code}", "")) for code in given["codes"]}
    effects = update_bulk(
        by=acces, espace=espace, versions=versions, changes=form.changes(), motif=form.cleaned_data["pourquoi"]
    )
    done = sum(one.change for one in effects)
    said = f"{pluriel(done, 'fiche', genre='f')} {accord(done, 'changée')}."
    conflicts = [one.fiche.code for one in effects if one.conflit]
    if conflicts:
        avis = typo(
            f"{said} {pluriel(len(conflicts), 'fiche', genre='f')} {accord(len(conflicts), 'a', 'ont')} changé depuis "
            "l’aperçu : voici ce qui y est maintenant. Confirmez de nouveau, ou laissez."
        )
        return _previewed(request, acces, espace, form, {**given, "codes": conflicts, "avis": avis}, conflicts)
    refused = [one.fiche.code for one in effects if one.raison]
    left = f" Laissées de côté : {', '.join(refused)}." if refused else ""
    messages.success(request, with_undo(acces, espace, said + left, given["retour"]) if done else typo(said + left))
    return redirect(given["retour"])


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _told(effect: Effet) -> list[tuple[str, str, str]]:
    """The differences of a fiche, persons by their names."""
    rows = [(one.champ, one.actuel, one.propose) for one in effect.differences]
    names = names_of(numbers_in(text for row in rows for text in row))
    return [(champ, named(before, names), named(after, names)) for champ, before, after in rows]


def _heading(name: str) -> str:
    return capital(label(name, FicheAction))
