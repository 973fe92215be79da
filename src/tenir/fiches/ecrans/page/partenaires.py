"""The partners of an action: naming one, changing its part, taking it away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.core.noms import de
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.fiches.ecrans.page.commun import editable, sujet
from tenir.fiches.ecrans.page.formulaires import PartenaireForm, PartForm
from tenir.fiches.models import PartenaireDeLAction
from tenir.fiches.services.nouvelles import remove_partner, set_part, shown
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Name a partner of an action, and its part."""
    fiche = editable(acces, espace, code)
    form = PartenaireForm(fiche, posted(request), wished=request.GET.get("organisme", ""))
    ecran = Ecran(
        "Ajouter un partenaire",
        "Ajouter ce partenaire",
        "Le partenaire est ajouté.",
        "Un organisme qui prend part à l’action, à côté de celui qui la porte.",
    )
    return answer(
        request,
        acces,
        sujet(fiche),
        form,
        ecran,
        lambda: set_part(by=acces, fiche=fiche, **form.cleaned_data, lu=read_mark(request)),
        lu=shown(None),
    )


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Change the part of a partner."""
    fiche = editable(acces, espace, code)
    partenaire = get_object_or_404(fiche.partenaires.select_related("organisation"), pk=numero)
    form = PartForm(partenaire, posted(request))
    ecran = Ecran(
        f"Part {de(partenaire.organisation)}",
        "Enregistrer sa part",
        "Sa part est à jour.",
        gabarit="fiches/page/part.html",
    )

    def write(changes: dict[str, Any]) -> None:
        if changes:
            read = {"part": form.read("part")}
            set_part(by=acces, fiche=fiche, organisation=partenaire.organisation, part=changes["part"], read=read)

    retirer = address("fiche-partenaire-retirer", espace, code, numero)
    return answer_or_arbitrate(request, acces, sujet(fiche), form, ecran, write, chose=partenaire, retirer=retirer)


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Take a partner away, once confirmed."""
    fiche = editable(acces, espace, code)
    rows = PartenaireDeLAction.objects.filter(fiche=fiche).select_related("organisation", "fiche__espace")
    partenaire = get_object_or_404(rows, pk=numero)
    ecran = Ecran(
        "Retirer ce partenaire ?",
        "Retirer ce partenaire",
        f"{partenaire.organisation} n’est plus partenaire de l’action.",
        f"{partenaire.organisation} disparaîtra de la fiche ; l’histoire gardera sa part.",
    )
    return answer(
        request,
        acces,
        sujet(fiche),
        Formulaire(posted(request)),
        ecran,
        lambda: remove_partner(by=acces, partenaire=partenaire, lu=read_mark(request)),
        lu=shown(partenaire),
    )
