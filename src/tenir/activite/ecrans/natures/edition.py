"""Making a kind, or changing one: four questions on one page, its phone page shown before it is saved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.natures.apercu import phone_page
from tenir.activite.ecrans.natures.commun import ONGLET, NaturesDuContrat, at, history_of
from tenir.activite.ecrans.natures.composition import compose
from tenir.activite.ecrans.natures.formulaire import Questions
from tenir.activite.services.natures import RIGHT, write_nature
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import date_fr, typo
from tenir.ecran.conflit import CONFLICT
from tenir.ecran.navigation import address, context
from tenir.ecran.versions import Conflit
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.natures.catalogue import entire
from tenir.natures.differences import differences
from tenir.natures.ecriture import dump
from tenir.natures.modeles import Nature

VOIR, REPARTIR = "voir", "repartir"
"""The buttons that save nothing: the phone page; the same page once another kind was chosen in the first question."""


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Make a kind: first what it is like, then the rest, on one page."""
    of = NaturesDuContrat(espace)
    if request.method == "POST":
        return _answer(request, acces, Questions(of, data=request.POST))
    if "de" not in request.GET:
        return _page(request, acces, Questions(of), gabarit="choisir")
    return _page(request, acces, Questions(of, modele=request.GET["de"]))


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def changer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Change a kind; one of Tenir's becomes the contract's own."""
    of = NaturesDuContrat(espace)
    row, nature = of.row(code), of.files[code]
    if request.method == "POST":
        return _answer(request, acces, Questions(of, data=request.POST, nature=nature))
    return _page(request, acces, Questions(of, nature=nature, version=row.version))


def _answer(request: HttpRequest, acces: Acces, questions: Questions) -> HttpResponse:
    if REPARTIR in request.POST:
        questions.forget_faults()
        return _page(request, acces, questions)
    nature = compose(questions) if questions.is_valid() else None
    if nature is None:
        return _page(request, acces, questions, status=UNPROCESSABLE)
    if VOIR in request.POST:
        return _page(request, acces, questions, **_seen(request, acces, questions, nature))
    return _save(request, acces, questions, nature)


def _save(request: HttpRequest, acces: Acces, questions: Questions, nature: Nature) -> HttpResponse:
    espace, version = questions.of.espace, questions.form.cleaned_data["version"] or 0
    try:
        write_nature(by=acces, espace=espace, texte=dump([nature]), version=version)
    except Conflit:
        return _conflict(request, acces, espace, questions.code, nature)
    except ValidationError as error:
        questions.form.refuse(error)
        return _page(request, acces, questions, status=UNPROCESSABLE)
    messages.success(request, _said(questions, nature))
    return redirect(at(espace, nature.nature))


def _said(questions: Questions, nature: Nature) -> str:
    done = "est faite : on peut déjà y inscrire " + ("une ligne" if questions.est_registre else "une activité")
    return typo(f"« {nature.libelle} » {'est changée' if questions.code else done}.")


def _conflict(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, mine: Nature) -> HttpResponse:
    """Someone wrote meanwhile: what saving would change of what stands now; sent again, it is written over that."""
    of = NaturesDuContrat(espace)
    if not code:  # someone made one of this name since: beside the name, the form says so
        questions = Questions(of, data=request.POST)
        _ = questions.is_valid() and compose(questions)
        return _page(request, acces, questions, status=CONFLICT)
    data = _over(request.POST, of.row(code).version)
    questions = Questions(of, data=data, nature=of.files[code])
    ecarts = differences(of.files[code], mine)
    return _page(request, acces, questions, status=CONFLICT, conflit=_who(espace, code), ecarts=ecarts)


def _over(sent: QueryDict, version: int) -> QueryDict:
    """What was sent, over what stands now."""
    data = sent.copy()
    data["version"] = str(version)
    return data


def _who(espace: EspaceDeContrat, code: str) -> str:
    history = history_of(espace, code)
    if not history:
        return typo("Quelqu’un a changé cette nature pendant que vous écriviez. Rien n’est perdu, ni enregistré.")
    last = history[0]
    return typo(
        f"{last.qui} a changé cette nature le {date_fr(last.le)} à {last.le.hour} h {last.le.minute:02}, pendant que "
        "vous écriviez. Rien de ce que vous avez écrit n’est perdu, et rien n’est encore enregistré."
    )


def _seen(request: HttpRequest, acces: Acces, questions: Questions, nature: Nature) -> dict[str, Any]:
    """The phone page of a kind that is not saved yet."""
    of = questions.of
    whole = entire(nature, of.files | {nature.nature: nature})
    return {"apercu": phone_page(request, acces, of.espace, whole), "code": nature.nature}


def _page(
    request: HttpRequest,
    acces: Acces,
    questions: Questions,
    *,
    gabarit: str = "questions",
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    espace, nature = questions.of.espace, questions.nature
    given = context(
        acces,
        espace,
        ONGLET,
        questions=questions,
        titre=typo(f"Changer « {nature.libelle} »") if nature else "Faire une nature",
        retour=at(espace, nature.nature) if nature else address(ONGLET, espace),
        nouvelle=address("nature-nouvelle", espace),
        importer=address("natures-importer", espace),
        **more,
    )
    return render(request, f"activite/natures/{gabarit}.html", given, status=status)
