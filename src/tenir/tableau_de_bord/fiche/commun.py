"""What the screens of one fiche share: finding it, saying a value, answering a form. Other things that are kept up to
date by small pages use them too, as a `Sujet`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Personne
from tenir.core.composants import Tampon
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import typo
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.suivi.champs import told
from tenir.suivi.droits import niveau_of
from tenir.suivi.enums import TON_DU_STATUT, UNDECLARED
from tenir.suivi.histoire import Passage, history_of
from tenir.suivi.models import FicheAction
from tenir.tableau_de_bord.fiche.formulaires import Formulaire
from tenir.tableau_de_bord.navigation import address, context

Write = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sujet:
    """What small pages are about: its code and its title, the way back to it, its entry of the menu, its history."""

    espace: EspaceDeContrat
    code: str
    titre: str
    retour: str
    onglet: str
    histoire: Callable[[Acces], list[Passage]]


def sujet_of(chose: "FicheAction | Sujet") -> Sujet:
    """A fiche as the small pages show it; anything else says itself what they show."""
    if isinstance(chose, Sujet):
        return chose
    return Sujet(
        chose.espace,
        chose.code,
        chose.action.titre,
        address("fiche", chose.espace, chose.code),
        "fiches",
        lambda acces: history_of(chose, niveau_of(acces, chose.espace, chose)),
    )


@dataclass(frozen=True, slots=True)
class Ecran:
    """What a small page says: its title, a sentence, its one button, what is said when it is done."""

    titre: str
    bouton: str
    fini: str
    chapeau: str = ""
    gabarit: str = "formulaire"


def fiche_or_404(espace: EspaceDeContrat, code: str) -> FicheAction:
    """The fiche of an action in force of a contract, with what carries it.

    Raises:
        Http404: no such action here.
    """
    rows = FicheAction.objects.of(espace).select_related(
        "espace", "action__orientation__axe", "organisme_en_charge", "personne_en_charge"
    )
    found = rows.filter(action__code=code).first()
    if found is None:
        raise Http404
    return found


def editable(acces: Acces, espace: EspaceDeContrat, code: str) -> FicheAction:
    """The fiche that someone is about to change.

    Raises:
        Http404: no such action here.
        Refus: it is not hers to change.
    """
    found = fiche_or_404(espace, code)
    require(acces, "fiche.update", espace, found)
    return found


def status_stamp(fiche: FicheAction) -> Tampon:
    """The declared status, or that nothing is announced."""
    return Tampon(fiche.get_statut_display() or UNDECLARED, TON_DU_STATUT[fiche.statut])


def shown(name: str, value: Any, model: type[Model] = FicheAction) -> str:
    """A value as a page shows it: a person by her name, which no trace holds."""
    return str(value) if isinstance(value, Personne) else told(name, value, model)


def posted(request: HttpRequest) -> MultiValueDict[str, Any] | None:
    """What was sent, even empty; nothing when a page is asked for."""
    return request.POST if request.method == "POST" else None


def page(
    request: HttpRequest, acces: Acces, fiche: FicheAction | Sujet, gabarit: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a fiche, with the way back to it."""
    sujet = sujet_of(fiche)
    given = context(acces, sujet.espace, sujet.onglet, fiche=fiche, sujet=sujet, retour=sujet.retour, **more)
    return render(request, f"tableau_de_bord/fiche/{gabarit}.html", given, status=status)


def done(request: HttpRequest, fiche: FicheAction | Sujet, said: str) -> HttpResponse:
    """Back to the fiche, saying what was done."""
    messages.success(request, typo(said))
    return redirect(sujet_of(fiche).retour)


def answer(
    request: HttpRequest,
    acces: Acces,
    fiche: FicheAction | Sujet,
    form: Formulaire,
    ecran: Ecran,
    write: Write,
    **more: Any,
) -> HttpResponse:
    """Do what a valid form asks and go back to the fiche; otherwise show it, with its errors and what was typed."""
    if form.is_valid():
        try:
            write()
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, fiche, ecran.fini)
    status = UNPROCESSABLE if form.errors else 200
    return page(request, acces, fiche, ecran.gabarit, status=status, form=form, ecran=ecran, **more)
