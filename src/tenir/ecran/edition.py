"""The small pages by which a thing is kept up to date: one form, or one question, one button, and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString

from tenir.core.listes import UNPROCESSABLE
from tenir.core.marques import MARQUE, Lu, unseal
from tenir.core.typographie import typo
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import Passage
from tenir.ecran.navigation import context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

Write = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sujet:
    """What small pages are about: its code and its title, the way back to it, its page in the menu, its history."""

    espace: EspaceDeContrat | None
    code: str
    titre: str
    retour: str
    onglet: str
    histoire: Callable[[Acces], list[Passage]]


@dataclass(frozen=True, slots=True)
class Ecran:
    """What a small page says: its title, a sentence, its one button, what is said when it is done.

    `annulable`: the kind and the code of the thing whose last gesture is undone beside what is said, where the page one
    comes back to does not show it.
    """

    titre: str
    bouton: str
    fini: str
    chapeau: str = ""
    gabarit: str = "ecran/formulaire.html"
    annulable: tuple[str, str] | None = None


def posted(request: HttpRequest) -> MultiValueDict[str, Any] | None:
    """What was sent, even empty; nothing when a page is asked for."""
    return request.POST if request.method == "POST" else None


def read_mark(request: HttpRequest) -> Lu:
    """What the page showed of what it acts on, as the form that was sent says; nothing when it says nothing."""
    return unseal(request.POST.get(MARQUE, ""))


def page(
    request: HttpRequest, acces: Acces, sujet: Sujet, gabarit: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a thing, with the way back to it."""
    given = context(acces, sujet.espace, sujet.onglet, sujet=sujet, retour=sujet.retour, **more)
    return render(request, gabarit, given, status=status)


def done(request: HttpRequest, sujet: Sujet, said: str) -> HttpResponse:
    """Back to the thing, saying what was done."""
    messages.success(request, said if isinstance(said, SafeString) else typo(said))
    return redirect(sujet.retour)


def said_of(acces: Acces, sujet: Sujet, ecran: Ecran) -> str:
    """What is said when it is done, and the undo of it where the screen says of what."""
    if ecran.annulable is None:
        return ecran.fini
    genre, code = ecran.annulable
    return with_undo(acces, sujet.espace, ecran.fini, sujet.retour, genre=genre, code=code)


def answer(
    request: HttpRequest, acces: Acces, sujet: Sujet, form: Formulaire, ecran: Ecran, write: Write, **more: Any
) -> HttpResponse:
    """Do what a valid form asks and go back to the thing; otherwise show it, with its errors and what was typed.

    `lu`, among what more the page is given: what it shows of what it acts on (`core.marques`).
    """
    if form.is_valid():
        try:
            write()
        except ValidationError as error:
            form.refuse(error)
        else:
            return done(request, sujet, said_of(acces, sujet, ecran))
    status = UNPROCESSABLE if form.errors else 200
    return page(request, acces, sujet, ecran.gabarit, status=status, form=form, ecran=ecran, **more)
