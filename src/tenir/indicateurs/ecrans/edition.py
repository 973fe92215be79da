"""Saying how an indicator is followed: its definition, its targets."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.core.typographie import date_fr
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.indicateurs.ecrans.commun import definable, sujet
from tenir.indicateurs.ecrans.formulaires import CibleForm, CibleNouvelleForm, DefinitionForm
from tenir.indicateurs.models import CibleDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import with_unit
from tenir.indicateurs.services.cibles import create_cible, delete_cible, shown, update_cible
from tenir.indicateurs.services.indicateur import define_indicateur

DEFINITION = Ecran(
    "Définir le suivi",
    "Enregistrer la définition",
    "Le suivi de cet indicateur est défini.",
    "Dites ce que vous savez, laissez vide le reste : ce qui manque se lit « à définir ».",
)
CIBLE = Ecran("Fixer une cible", "Enregistrer la cible", "La cible est fixée.")


@require_http_methods(["GET", "POST"])
@needs("indicateur.define")
def definir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say who answers for an indicator, in what unit, how often, from where."""
    suivi = definable(acces, espace, code)
    form = DefinitionForm(suivi, posted(request))

    def write(changes: dict[str, Any]) -> None:
        if changes:
            define_indicateur(by=acces, suivi=suivi, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, sujet(suivi), form, DEFINITION, write, chose=suivi)


@require_http_methods(["GET", "POST"])
@needs("indicateur.define")
def cible_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Fix a target."""
    suivi = definable(acces, espace, code)
    form = CibleNouvelleForm(posted(request))
    return answer(
        request,
        acces,
        sujet(suivi),
        form,
        CIBLE,
        lambda: create_cible(by=acces, suivi=suivi, **form.cleaned_data),
    )


@require_http_methods(["GET", "POST"])
@needs("indicateur.define")
def cible_modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Change a target."""
    suivi = definable(acces, espace, code)
    cible = _cible_or_404(suivi, numero)
    form = CibleForm(cible, posted(request))
    ecran = Ecran(f"Changer la cible au {date_fr(cible.le)}", "Enregistrer la cible", "La cible est changée.")

    def write(changes: dict[str, Any]) -> None:
        update_cible(by=acces, cible=cible, changes=changes, read={name: form.read(name) for name in form.written})

    return answer_or_arbitrate(request, acces, sujet(suivi), form, ecran, write, chose=cible)


@require_http_methods(["GET", "POST"])
@needs("indicateur.define")
def cible_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Remove a target, once confirmed."""
    suivi = definable(acces, espace, code)
    cible = _cible_or_404(suivi, numero)
    ecran = Ecran(
        "Retirer cette cible ?",
        "Retirer cette cible",
        "La cible est retirée.",
        f"{with_unit(cible.valeur, suivi)} au {date_fr(cible.le)} : l’histoire gardera qu’elle y était.",
    )
    return answer(
        request,
        acces,
        sujet(suivi),
        Formulaire(posted(request)),
        ecran,
        lambda: delete_cible(by=acces, cible=cible, lu=read_mark(request)),
        lu=shown(cible),
    )


def _cible_or_404(suivi: SuiviDIndicateur, numero: int) -> CibleDIndicateur:
    found: CibleDIndicateur = get_object_or_404(suivi.cibles.select_related("suivi__espace"), pk=numero)
    return found
