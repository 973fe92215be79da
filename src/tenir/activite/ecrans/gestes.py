"""The gestures on one entry: correcting it, saying that it is not held, retaining it, contesting it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.commun import editable, entree_or_404, sujet, to_confirm
from tenir.activite.ecrans.formulaires import EntreeForm
from tenir.activite.ecrans.series.formulaires import JourneeForm
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree
from tenir.activite.services.entree import correct_entree, judge_entree, shown
from tenir.core.marques import Lu, refuse_unread
from tenir.ecran.champs import label
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

CORRIGER = Ecran(
    "Corriger cette entrée",
    "Enregistrer la correction",
    "L’entrée est corrigée.",
    "Ce qu’elle disait avant reste dans son histoire.",
    "activite/saisie.html",
)
CONFIRMER = Ecran(
    "Une séance prévue",
    "Enregistrer",
    "C’est noté.",
    "Elle ne compte qu’une fois dite tenue, avec son nombre.",
)
ANNULER = Ecran(
    "Dire qu’elle n’a pas lieu ?",
    "Dire qu’elle n’a pas lieu",
    "La séance est annulée : elle ne compte pas.",
    "Elle reste lisible, et ses nombres avec elle ; elle ne compte plus.",
)


class MotifForm(Formulaire):
    """Why it is so."""

    motif = forms.CharField(label="Pourquoi", max_length=500, help_text="L’histoire de l’entrée le dira.")

    def __init__(self, data: MultiValueDict[str, Any] | None = None, *, required: bool) -> None:
        super().__init__(data)
        self.fields["motif"].required = required


@require_http_methods(["GET", "POST"])
@needs("entree.update", theirs=True)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct an entry; of two people at once, the second chooses, field by field."""
    entree = editable(acces, espace, numero)
    kind = entree.mots.nature
    form = EntreeForm(entree, kind, acces, posted(request), niveau=niveau_of(acces, espace))

    def write(touched: dict[str, Any]) -> None:
        version, motif = form.cleaned_data["version"] or 0, form.cleaned_data["motif"]
        given = form.changes(touched)
        correct_entree(by=acces, entree=entree, version=version, motif=motif, exact=form.exact, **given)

    return answer_or_arbitrate(request, acces, sujet(entree), form, CORRIGER, write, chose=entree, nature=kind)


@require_http_methods(["GET", "POST"])
@needs("entree.update", theirs=True)
def confirmer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say of a planned session whose day has come that it was held, with its number, or that it was not.

    Raises:
        Http404: it is not one.
    """
    entree = editable(acces, espace, numero)
    if not to_confirm(entree):
        raise Http404
    form = JourneeForm(entree.mots.nature, posted(request))
    lu = read_of(entree, niveau_of(acces, espace))

    def write() -> None:
        refuse_unread(read_mark(request), lu)
        correct_entree(
            by=acces,
            entree=entree,
            version=entree.version,
            changes={"statut": form.cleaned_data["statut"]},
            valeurs=form.valeurs(),
            exact=form.exact,
        )

    return answer(request, acces, sujet(entree), form, CONFIRMER, write, lu=lu)


@require_http_methods(["GET", "POST"])
@needs("entree.update", theirs=True)
def annuler(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say that a session is not held."""
    entree = editable(acces, espace, numero)
    form = MotifForm(posted(request), required=False)
    lu = read_of(entree, niveau_of(acces, espace))

    def write() -> None:
        refuse_unread(read_mark(request), lu)
        correct_entree(
            by=acces,
            entree=entree,
            version=entree.version,
            changes={"statut": Statut.ANNULEE},
            motif=form.cleaned_data["motif"],
            exact=True,
        )

    return answer(request, acces, sujet(entree), form, ANNULER, write, lu=lu)


def read_of(entree: Entree, niveau: Niveau) -> Lu:
    """What a page shows of an entry to someone: less the note, unless it is the team."""
    hidden = "" if niveau >= Niveau.EQUIPE else label("note", Entree)
    return {name: said for name, said in shown(entree).items() if name != hidden}


@require_http_methods(["GET", "POST"])
@needs("entree.judge")
def retenir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Retain an entry: it counts."""
    ecran = Ecran(
        "Retenir cette entrée ?", "Retenir cette entrée", "L’entrée est retenue : elle compte, si elle est tenue."
    )
    return _judged(request, acces, entree_or_404(acces, espace, numero), ecran, Confiance.RETENUE)


@require_http_methods(["GET", "POST"])
@needs("entree.judge")
def contester(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Contest an entry, with why: it counts no more."""
    ecran = Ecran("Contester cette entrée ?", "Contester cette entrée", "L’entrée est contestée : elle ne compte plus.")
    return _judged(request, acces, entree_or_404(acces, espace, numero), ecran, Confiance.CONTESTEE)


def _judged(request: HttpRequest, acces: Acces, entree: Entree, ecran: Ecran, confiance: Confiance) -> HttpResponse:
    form = MotifForm(posted(request), required=confiance == Confiance.CONTESTEE)

    def write() -> None:
        motif, lu = form.cleaned_data["motif"], read_mark(request)
        judge_entree(by=acces, entree=entree, confiance=confiance, motif=motif, lu=lu)

    return answer(request, acces, sujet(entree), form, ecran, write, lu=shown(entree))
