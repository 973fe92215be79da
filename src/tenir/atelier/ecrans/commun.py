"""What every screen of the workshop shares: the draft of a contract, its frame, its last gesture, its steps."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services.brouillon import Etabli, shown
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import capital, typo
from tenir.ecran.edition import Ecran, Sujet, Write, page
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.fichier.comparaison import name_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

ONGLET = "atelier"


class SansChamp(Formulaire):
    """A question, one button."""


@dataclass(frozen=True, slots=True)
class Etape:
    """One step of the way of a text: done, here, or to come."""

    nom: str
    etat: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DernierGeste:
    """The last gesture on a draft, with the mark and the address of its undo."""

    phrase: str
    url: str
    lu: dict[str, str]


def open_draft(espace: EspaceDeContrat) -> Brouillon | None:
    """The draft of a contract that is not over."""
    return Brouillon.objects.of(espace).ouverts().select_related("base").first()


class SansBrouillon(Http404):
    """No text is in preparation in that contract."""


def draft_or_404(espace: EspaceDeContrat) -> Brouillon:
    """The draft of a contract that is not over.

    Raises:
        Http404: none is.
    """
    found = open_draft(espace)
    if found is None:
        raise SansBrouillon
    return found


def bench_or_404(espace: EspaceDeContrat) -> Etabli:
    """The draft of a contract on the bench.

    Raises:
        Http404: none is open.
    """
    return Etabli.of(draft_or_404(espace))


def subject(etabli: Etabli, code: str = "", *, retour: str = "") -> Sujet:
    """What a small page is about: an item, or the text itself."""
    espace = etabli.brouillon.espace
    if not code:
        return Sujet(
            espace, "", capital(str(etabli.brouillon)), retour or address(ONGLET, espace), ONGLET, lambda _: []
        )
    if code not in etabli.arbre:
        raise Http404
    item = etabli.arbre.noeud(code).item
    back = retour or address("atelier-element", espace, code)
    return Sujet(espace, code, name_of(item), back, ONGLET, lambda _: [])


def frame(acces: Acces, etabli: Etabli, **more: Any) -> dict[str, Any]:
    """The context of a page of the workshop."""
    brouillon = etabli.brouillon
    return context(
        acces,
        brouillon.espace,
        ONGLET,
        brouillon=brouillon,
        surtitre=capital(str(brouillon)),
        etapes=steps(brouillon),
        dernier=last_gesture(brouillon),
        gestes=address("atelier-gestes", brouillon.espace),
        relire=address(ONGLET, brouillon.espace),
        **more,
    )


def last_gesture(brouillon: Brouillon) -> DernierGeste | None:
    """The last gesture on a draft that may still be undone."""
    found = brouillon.gestes.filter(annule_par=None).first() if brouillon.modifiable else None
    if found is None:
        return None
    url = address("atelier-geste-annuler", brouillon.espace, found.revision)
    return DernierGeste(found.phrase, url, dict(shown(found)))


def steps(brouillon: Brouillon) -> list[Etape]:
    """The way of a text, and where this one is."""
    espace = brouillon.espace
    if brouillon.objet == Brouillon.Objet.CORRECTION:
        names = ["Ouverte", "Corriger", "Verser"]
    elif brouillon.objet == Brouillon.Objet.AVENANT:
        names = ["Ouvert", "Rédiger", "Signer", "En vigueur"]
    else:
        names = ["Commencé", "Relire", "Signer", "Publier"]
    here = 2 if brouillon.etat == Brouillon.Etat.SIGNE else 1
    url = {names[1]: address(ONGLET, espace), names[2]: address("atelier-signer", espace)}
    return [
        Etape(name, "faite" if rank < here else "ici" if rank == here else "a-venir", url.get(name, ""))
        for rank, name in enumerate(names)
    ]


def answer_gesture(
    request: HttpRequest,
    acces: Acces,
    sujet: Sujet,
    form: Formulaire,
    ecran: Ecran,
    write: Write,
    **more: Any,
) -> HttpResponse:
    """Make the gesture that a valid form asks, say what it did, and go where it leads; else show the form again.

    `write` returns the gesture; `vers`, among what more is given, where to go once it is made (a function of it).
    """
    vers = more.pop("vers", None)
    if form.is_valid():
        try:
            made = write()
        except ValidationError as error:
            form.refuse(error)
        else:
            said = f"{made.phrase}." if isinstance(made, GesteDAtelier) else ecran.fini
            messages.success(request, typo(said))
            return redirect(vers(made) if vers and isinstance(made, GesteDAtelier) else sujet.retour)
    status = UNPROCESSABLE if form.errors else 200
    return page(request, acces, sujet, ecran.gabarit, status=status, form=form, ecran=ecran, **more)


def rendered(
    request: HttpRequest, template: str, given: dict[str, Any], *, form: Formulaire | None = None
) -> HttpResponse:
    """A page, refused when its form is."""
    status = UNPROCESSABLE if form is not None and form.errors else 200
    return render(request, template, given, status=status)
