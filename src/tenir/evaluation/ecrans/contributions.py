"""What bodies are asked and say: the list, asking them, noting what one said; then the page behind its link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Lien, Tampon, Ton
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.histoire import history_of
from tenir.ecran.joindre import warn_unreached
from tenir.ecran.navigation import address, context
from tenir.evaluation.ecrans.commun import EVALUATIONS, evaluation_or_404
from tenir.evaluation.ecrans.evaluation import answered_of, hers_or_refused
from tenir.evaluation.ecrans.formulaires import ContributionForm, SolliciterForm
from tenir.evaluation.models import Contribution, Evaluation
from tenir.evaluation.services import contributions as services
from tenir.evaluation.services.commun import EVALUATION, RIGHT
from tenir.evaluation.services.liens import LienClos, find_asked, why_closed
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
SOLLICITER = Ecran(
    "Solliciter les organismes", "Envoyer les deux questions", "Les organismes sont sollicités.",
    "Chacun reçoit un lien, sans compte : ce qui a changé, ce qui manque. Deux minutes.",
)  # fmt: skip
NOTER = Ecran("Noter ce que dit l’organisme", "Enregistrer", "La réponse est notée.")


def _rows(found: Evaluation) -> list[Contribution]:
    rows = Contribution.objects.filter(evaluation=found).select_related("evaluation__espace", "organisme")
    return list(rows.order_by(alphabetical("organisme__nom"), "pk"))


@needs("evaluation.read")
def contributions(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Who was asked, who answered, what each says."""
    found = evaluation_or_404(acces, espace, numero)
    rows = _rows(found)
    hers = may(acces, RIGHT, espace, found) and not (rows and why_closed(rows[0]))
    given = context(
        acces,
        espace,
        EVALUATIONS,
        evaluation=found,
        retour=address("evaluation", espace, numero),
        chapeau=answered_of(sum(one.recue_le is not None for one in rows), len(rows)),
        reponses=[_said(one, hers=hers) for one in rows],
        solliciter=address("evaluation-solliciter", espace, numero) if hers else "",
    )
    return render(request, "evaluation/contributions.html", given)


def _said(one: Contribution, *, hers: bool) -> dict[str, Any]:
    where = (one.evaluation.espace, one.evaluation.numero, one.pk)
    link = Lien(
        "Corriger sa réponse" if one.recue_le else "Noter sa réponse",
        address("evaluation-contribution", *where),
        note=one.organisme.nom,
    )
    by = "par son lien" if one.par_lien else "notée par l’équipe"
    stamp = Tampon("répondu", Ton.FAIT) if one.recue_le else Tampon("pas de réponse", Ton.MUET)
    note = typo(f"{date_fr(one.recue_le)}, {by}") if one.recue_le else ""
    return {"contribution": one, "tampon": stamp, "note": note, "geste": link if hers else None}


def _about(found: Evaluation) -> Sujet:
    espace = found.espace
    url = address("evaluation-contributions", espace, found.numero)
    return Sujet(
        espace, found.code, found.titre, url, EVALUATIONS, lambda _: history_of(espace, EVALUATION, found.code)
    )


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def solliciter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Ask bodies the two questions."""
    found = hers_or_refused(acces, espace, numero)
    form = SolliciterForm(found, posted(request))

    def write() -> None:
        asked = services.ask_bodies(by=acces, evaluation=found, **form.cleaned_data)
        warn_unreached(request, espace, [one.organisme for one in asked])

    return answer(request, acces, _about(found), form, SOLLICITER, write)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def noter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, contribution: int) -> HttpResponse:
    """Note what a body said otherwise."""
    found = hers_or_refused(acces, espace, numero)
    rows = Contribution.objects.filter(evaluation=found)
    asked = get_object_or_404(
        rows.select_related("evaluation__espace", "evaluation__conduite_par", "organisme"), pk=contribution
    )
    form = ContributionForm(asked, posted(request))

    def write() -> None:
        services.answer(by=acces, contribution=asked, lu=read_mark(request), **form.cleaned_data)

    return answer(request, acces, _about(found), form, NOTER, write, lu=services.shown(asked))


@login_not_required
@require_http_methods(BOTH)
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """The two questions of one's body; GET changes nothing, whoever opens it."""
    found = find_asked(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.evaluation.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, found: Contribution, jeton: str) -> HttpResponse:
    form = ContributionForm(found, posted(request))
    here = reverse("evaluation-reponse", args=[jeton])
    if form.is_valid():
        try:
            services.answer(by=None, contribution=found, lu=read_mark(request), **form.cleaned_data)
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(here)
        else:
            messages.success(request, typo("Votre réponse est reçue. Merci ; ce lien permet de la corriger."))
            return HttpResponseRedirect(here)
    closed = why_closed(found)
    espace = found.evaluation.espace
    given = {
        "espace": espace,
        "contribution": found,
        "depuis": date_fr(found.evaluation.depart),
        "ferme": typo(closed),
        "form": None if closed else form,
        "lu": services.shown(found),
        "contact": typo(whom_to_write(espace)),
    }
    return render(request, "evaluation/reponse.html", given, status=UNPROCESSABLE if form.errors else 200)
