"""The small pages by which a team says what a body is called, what it becomes, and whether its contract chooses it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Graphie, Organisation
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.equipe.ecrans.organismes.formulaires import FinForm, GraphieForm, NomForm, OrganismeForm
from tenir.equipe.ecrans.organismes.page import ONGLET, body_or_404, sujet
from tenir.equipe.services import noms_d_organismes as noms
from tenir.equipe.services.organismes import (
    RIGHT,
    choose_body,
    correct_body,
    delete_body,
    release_body,
    shown,
)
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

SHARED = "Ce que vous écrivez vaut pour tous les contrats de l’installation."
MODIFIER = Ecran(
    "Corriger cet organisme",
    "Enregistrer la correction",
    "L’organisme est corrigé.",
    f"Un nom mal écrit se corrige ici ; s’il a changé de nom, donnez-lui plutôt un nouveau nom. {SHARED}",
)
GRAPHIE = Ecran(
    "Ajouter une graphie",
    "Ajouter cette graphie",
    "La graphie est ajoutée.",
    f"Une autre façon d’écrire son nom, reconnue dans les tableaux que l’on importe. {SHARED}",
)
RENOMMER = Ecran(
    "Donner un nouveau nom",
    "Donner ce nom",
    "Le nouveau nom est donné.",
    f"L’ancien reste connu, et les documents d’avant le gardent. {SHARED}",
)
FIN = Ecran(
    "Dire ce qu’il devient",
    "Enregistrer ce qu’il devient",
    "C’est noté.",
    "Ce qui le nomme le nommera toujours ; à partir de ce jour, son nom tapé désigne l’organisme qui prend la suite. "
    f"{SHARED}",
)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what is known of a body."""
    body = body_or_404(numero)
    form = OrganismeForm(body, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        correct_body(by=acces, espace=espace, body=body, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, sujet(body, espace), form, MODIFIER, write, chose=body)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def graphie(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Add a spelling."""
    body = body_or_404(numero)
    form = GraphieForm(posted(request))

    def write() -> None:
        noms.add_spelling(by=acces, espace=espace, body=body, **form.cleaned_data)

    return answer(request, acces, sujet(body, espace), form, GRAPHIE, write)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def renommer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Give a new name from a day."""
    body = body_or_404(numero)
    form = NomForm(posted(request))

    def write() -> None:
        noms.rename_body(by=acces, espace=espace, body=body, lu=read_mark(request), **form.cleaned_data)

    return answer(request, acces, sujet(body, espace), form, RENOMMER, write, lu=shown(body))


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def fin(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say that a body is no more from a day, and which one takes it up."""
    body = body_or_404(numero)
    form = FinForm(body, posted(request))

    def write() -> None:
        noms.end_body(by=acces, espace=espace, body=body, fin=form.said(), lu=read_mark(request))

    return answer(request, acces, sujet(body, espace), form, FIN, write, lu=shown(body))


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def graphie_retirer(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, graphie: int
) -> HttpResponse:
    """Remove a spelling, once confirmed."""
    body = body_or_404(numero)
    row = get_object_or_404(Graphie, organisation=body, pk=graphie)
    ecran = Ecran(
        "Retirer cette graphie ?",
        "Retirer cette graphie",
        "La graphie est retirée.",
        f"« {row.texte} » ne désignera plus cet organisme. {SHARED}",
    )

    def write() -> None:
        noms.remove_spelling(by=acces, espace=espace, graphie=row, lu=read_mark(request))

    return answer(request, acces, sujet(body, espace), Formulaire(posted(request)), ecran, write, lu=shown(body))


REVIVRE = Ecran(
    "Dire qu’il existe encore ?",
    "Il existe encore",
    "L’organisme existe encore.",
    f"Ce qui était dit de sa fin est retiré ; l’histoire le garde. {SHARED}",
)
RETENIR = Ecran(
    "Retenir cet organisme ?",
    "Retenir pour ce contrat",
    "L’organisme est retenu pour ce contrat.",
    "Il pourra porter une action, avoir des contacts, être reconnu dans les tableaux de ce contrat.",
)
LIBERER = Ecran(
    "Ne plus retenir cet organisme ?",
    "Ne plus le retenir",
    "L’organisme n’est plus retenu pour ce contrat.",
    "On ne le proposera plus ici, sauf si le contrat le nomme ; ce qui le nomme déjà ne change pas.",
)
SUPPRIMER = Ecran(
    "Supprimer cet organisme ?",
    "Supprimer cet organisme",
    "L’organisme est supprimé.",
    f"Rien ne le nomme : ses noms et ses graphies partent avec lui. {SHARED}",
)


def _confirmed(ecran: Ecran, do: Callable[..., None]) -> Callable[..., HttpResponse]:
    """A page that asks one question of a body, and does one thing."""

    @require_http_methods(["GET", "POST"])
    @needs(RIGHT)
    def view(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
        body = body_or_404(numero)
        form = Formulaire(posted(request))

        def write() -> None:
            do(by=acces, espace=espace, body=body, lu=read_mark(request))

        return answer(request, acces, _subject(body, espace, do), form, ecran, write, lu=shown(body))

    return view


def _subject(body: Organisation, espace: EspaceDeContrat, do: Callable[..., None]) -> Sujet:
    """Where one goes back to: its page, or the list once it has none."""
    here = sujet(body, espace)
    gone = do is delete_body
    return Sujet(espace, "", body.nom, address(ONGLET, espace), ONGLET, here.histoire) if gone else here


revivre = _confirmed(REVIVRE, noms.revive_body)
retenir = _confirmed(RETENIR, choose_body)
liberer = _confirmed(LIBERER, release_body)
supprimer = _confirmed(SUPPRIMER, delete_body)
