"""Saying where a promise stands, what is awaited of it, what it is linked to, what proves it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.core.fichiers import to_be_kept
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.engagements.ecrans.commun import for_, suivi_or_404, sujet
from tenir.engagements.ecrans.formulaires import DefinirForm, DireForm, PreuveForm, RattacherForm
from tenir.engagements.services.engagement import link_engagement, linked_to, tell_and_update, update_engagement
from tenir.engagements.services.preuves import add_preuve, remove_preuve, shown
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

DIRE = Ecran("Dire où en est cet engagement", "Enregistrer", "C’est enregistré.")
DEFINIR = Ecran(
    "Dire ce qui est attendu",
    "Enregistrer",
    "Ce qui est attendu est enregistré.",
    "Le signataire le lit ; ce qui est vide se lit « à définir ».",
)
RATTACHER = Ecran("Rattacher à des actions et des indicateurs", "Enregistrer", "L’engagement est rattaché.")
PREUVE = Ecran("Ajouter une preuve", "Ajouter la preuve", "La preuve est ajoutée.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("engagement.update", theirs=True)
def dire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say where a promise stands, and what is new, in one gesture."""
    suivi = for_("engagement.update", acces, espace, code)
    form = DireForm(suivi, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version, texte = form.cleaned_data["version"] or 0, form.cleaned_data["texte"]
        tell_and_update(by=acces, suivi=suivi, version=version, changes=changes, texte=texte)

    return answer_or_arbitrate(request, acces, sujet(suivi), form, DIRE, write, chose=suivi)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("engagement.define")
def definir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say how a promise will be judged, by when, what is awaited this year."""
    suivi = for_("engagement.define", acces, espace, code)
    form = DefinirForm(suivi, posted(request))

    def write(changes: dict[str, Any]) -> None:
        update_engagement(by=acces, suivi=suivi, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, sujet(suivi), form, DEFINIR, write, chose=suivi)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("engagement.define")
def rattacher(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Link a promise to actions and indicators."""
    suivi = for_("engagement.define", acces, espace, code)
    form = RattacherForm(suivi, posted(request))
    return answer(
        request,
        acces,
        sujet(suivi),
        form,
        RATTACHER,
        lambda: link_engagement(by=acces, suivi=suivi, **form.cleaned_data, lu=read_mark(request)),
        lu=linked_to(suivi),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("engagement.update", theirs=True)
def preuve_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Add what proves a promise."""
    suivi = for_("engagement.update", acces, espace, code)
    form = PreuveForm(posted(request), request.FILES or None)
    return answer(
        request, acces, sujet(suivi), form, PREUVE, lambda: add_preuve(by=acces, suivi=suivi, **form.cleaned_data)
    )


@needs("fiche.read")
def preuve_fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """The file of a proof, to whoever reads the promise."""
    preuve = get_object_or_404(suivi_or_404(espace, code).preuves, pk=numero)
    return to_be_kept(preuve.fichier, preuve.nom)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("engagement.update", theirs=True)
def preuve_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Remove a proof, once confirmed."""
    suivi = for_("engagement.update", acces, espace, code)
    preuve = get_object_or_404(suivi.preuves.select_related("suivi__espace"), pk=numero)
    ecran = Ecran(
        "Retirer cette preuve ?",
        "Retirer cette preuve",
        "La preuve est retirée.",
        f"« {preuve.titre} » : l’histoire la garde.",
    )
    form = Formulaire(posted(request))
    return answer(
        request,
        acces,
        sujet(suivi),
        form,
        ecran,
        lambda: remove_preuve(by=acces, preuve=preuve, lu=read_mark(request)),
        lu=shown(preuve),
    )
