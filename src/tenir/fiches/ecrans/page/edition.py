"""Changing a fiche: its fields, its status alone, giving news."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, posted
from tenir.ecran.formulaires import FormulaireSuivi
from tenir.fiches.ecrans.page.commun import editable, sujet
from tenir.fiches.ecrans.page.formulaires import FicheForm, NouvelleForm, StatutForm
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.nouvelles import give_news_and_update
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

FICHE = Ecran(
    "Modifier la fiche",
    "Enregistrer la fiche",
    "La fiche est à jour.",
    "Changez ce que vous savez, laissez le reste : seul ce qui change est enregistré, et l’histoire le dit.",
)
STATUT = Ecran("Changer le statut", "Enregistrer le statut", "Le statut est à jour.")
NOUVELLE = Ecran(
    "Donner des nouvelles",
    "Enregistrer la nouvelle",
    "Merci, la nouvelle est enregistrée.",
    "Dites ce qui s’est passé ; si cela change le statut ou la suite, dites-le dans le même geste.",
)


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Change the fields of a fiche."""
    fiche = editable(acces, espace, code)
    form = FicheForm(fiche, posted(request), assign=may(acces, "fiche.assign", espace, fiche))
    return answer_or_arbitrate(
        request, acces, sujet(fiche), form, FICHE, lambda changes: _update(acces, fiche, form, changes), chose=fiche
    )


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def statut(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Change the status alone."""
    fiche = editable(acces, espace, code)
    form = StatutForm(fiche, posted(request))
    return answer_or_arbitrate(
        request, acces, sujet(fiche), form, STATUT, lambda changes: _update(acces, fiche, form, changes), chose=fiche
    )


@require_http_methods(["GET", "POST"])
@needs("fiche.update", theirs=True)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Give news, with what they change of the status and of the next step."""
    fiche = editable(acces, espace, code)
    form = NouvelleForm(fiche, posted(request), le=horloge.today())
    return answer_or_arbitrate(
        request,
        acces,
        sujet(fiche),
        form,
        NOUVELLE,
        lambda changes: give_news_and_update(
            by=acces,
            fiche=fiche,
            texte=form.cleaned_data["texte"],
            le=form.cleaned_data["le"],
            version=_version(form),
            changes=changes,
        ),
        chose=fiche,
    )


def _update(acces: Acces, fiche: Any, form: FormulaireSuivi, changes: dict[str, Any]) -> None:
    if changes:
        update_fiche(by=acces, fiche=fiche, version=_version(form), changes=changes)


def _version(form: FormulaireSuivi) -> int:
    """The version that was read; without one the fiche counts as changed since."""
    return form.cleaned_data["version"] or 0
