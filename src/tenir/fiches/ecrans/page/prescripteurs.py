"""The bodies that refer people to an action: choosing them."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.core.alphabet import alphabetical
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.equipe.organismes import offered_in
from tenir.fiches.ecrans.page.commun import editable, sujet
from tenir.fiches.models import FicheAction
from tenir.fiches.services.prescripteurs import set_prescribers, shown
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

ECRAN = Ecran(
    "Dire qui oriente vers l’action",
    "Enregistrer les prescripteurs",
    "Les prescripteurs sont enregistrés.",
    "Les organismes qui envoient des personnes vers cette action : un centre social, la Mission locale, la PMI…",
)


class PrescripteursForm(Formulaire):
    """The bodies of the contract, those that refer already ticked."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Prescripteurs", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, fiche: FicheAction, data: Any = None) -> None:
        held = fiche.prescripteurs.all()
        super().__init__(data, initial={"organisations": held})
        wanted = Q(pk__in=offered_in(fiche.espace).order_by().values("pk")) | Q(pk__in=held.values("pk"))
        field: Any = self.fields["organisations"]
        field.queryset = Organisation.objects.filter(wanted).order_by(alphabetical("nom"))


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def prescripteurs(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say which bodies refer people to an action."""
    fiche = editable(acces, espace, code)
    form = PrescripteursForm(fiche, posted(request))

    def write() -> None:
        set_prescribers(by=acces, fiche=fiche, organisations=form.cleaned_data["organisations"], lu=read_mark(request))

    return answer(request, acces, sujet(fiche), form, ECRAN, write, lu=shown(fiche))
