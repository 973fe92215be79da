"""The list of évaluations; one of them: its questions, its snapshots, what moved, what it may become."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Item, Lien
from tenir.core.typographie import accord, capital, date_fr, nombre, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.evaluation.droits import read_by
from tenir.evaluation.ecrans.commun import (
    EVALUATIONS,
    about,
    drawn,
    evaluation_or_404,
    lede_of,
    sentence_of,
    several_of,
    snapshots,
    stamp_of,
    unmeasured_of,
)
from tenir.evaluation.ecrans.formulaires import EvaluationForm, NouvelleEvaluationForm
from tenir.evaluation.enums import EtatDEvaluation
from tenir.evaluation.instantane.comparer import compare
from tenir.evaluation.instantane.forme import FormeInconnue, InstantaneAltere, recall
from tenir.evaluation.models import Contribution, Evaluation, Instantane, QuestionDEvaluation
from tenir.evaluation.services import evaluations as services
from tenir.evaluation.services.commun import EVALUATION, PUBLISH, RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach, require
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
NOUVELLE = Ecran(
    "Préparer une évaluation", "Inscrire l’évaluation", "L’évaluation est inscrite.",
    "Le jour venu, la situation du contrat est figée d’un geste : rien ne se recopie.",
)  # fmt: skip
MODIFIER = Ecran("Corriger l’évaluation", "Enregistrer", "L’évaluation est corrigée.")


@needs("evaluation.read")
def evaluations(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Every évaluation that she reads, the latest first."""
    found = read_by(acces, espace)
    given = context(
        acces,
        espace,
        EVALUATIONS,
        evaluations=[line_of(one) for one in found],
        nouvelle=address("evaluation-nouvelle", espace) if reach(acces, RIGHT, espace) > Portee.AUCUNE else "",
    )
    return render(request, "evaluation/liste.html", given)


def line_of(one: Evaluation) -> Item:
    """An évaluation in the list of them."""
    url = address("evaluation", one.espace, one.numero)
    return Item(one.code, one.titre, url, sentence_of(one), stamp_of(one))


@needs("evaluation.read")
def evaluation(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One évaluation: what it asks, what was frozen, what moved since the start and what nobody can tell."""
    found = evaluation_or_404(acces, espace, numero)
    hers = may(acces, RIGHT, espace, found)
    frozen = snapshots(found)
    told = records(history_of(espace, EVALUATION, found.code)) if hers else []
    given = context(
        acces,
        espace,
        EVALUATIONS,
        evaluation=found,
        tampon=stamp_of(found),
        chapeau=sentence_of(found),
        questions=[_question(one, hers=hers) for one in _questions(found)],
        instantanes=[_snapshot(one) for one in frozen],
        gestes=_gestures(acces, found, frozen, hers=hers),
        nouvelle_question=address("question-d-evaluation-nouvelle", espace, numero) if hers else "",
        publique=_public(found),
        contributions=_told_by_bodies(found, hers=hers),
        tenue=hers,
        annulables=undoable(acces, espace, genre=EVALUATION, code=found.code),
        histoire=paged(request, told, CHANGES, "histoire"),
        **moved(found, frozen),
    )
    return render(request, "evaluation/evaluation.html", given, status=409 if given["altere"] else 200)


def _told_by_bodies(found: Evaluation, *, hers: bool) -> Lien | None:
    """How many bodies were asked and answered; nothing, to who asks nobody, where nobody was."""
    rows = Contribution.objects.filter(evaluation=found).aggregate(
        asked=Count("pk"), told=Count("pk", filter=Q(recue_le__isnull=False))
    )
    if not rows["asked"] and not hers:
        return None
    url = address("evaluation-contributions", found.espace, found.numero)
    return Lien(answered_of(rows["told"], rows["asked"]), url)


def answered_of(told: int, asked: int) -> str:
    """« Cinq réponses sur douze organismes sollicités. »"""
    if not asked:
        return "Aucun organisme n’est sollicité pour l’instant."
    bodies = accord(asked, "organisme sollicité", "organismes sollicités")
    return typo(f"{capital(pluriel(told, 'réponse', genre='f', lettres=True))} sur {nombre(asked)} {bodies}.")


def moved(found: Evaluation, frozen: Sequence[Instantane]) -> dict[str, Any]:
    """What moved between the start and the last snapshot, as a page shows it."""
    if not frozen:
        return {"altere": "", "image": None}
    try:
        compared = compare(recall(frozen[0]))
    except (InstantaneAltere, FormeInconnue) as error:
        return {"altere": typo(str(error)), "image": None}
    return {
        "altere": "",
        "image": drawn(compared, found),
        "ce_qui_a_bouge": lede_of(compared),
        "sous_plusieurs": several_of(compared),
        "entre": capital(typo(f"{compared.avant} ; {compared.apres}.")),
        "non_mesurable": unmeasured_of(compared),
        "comparaison": address("evaluation-comparaison", found.espace, found.numero),
        "dossier": address("evaluation-dossier", found.espace, found.numero),
    }


def _questions(found: Evaluation) -> Sequence[QuestionDEvaluation]:
    rows = QuestionDEvaluation.objects.filter(evaluation=found).select_related("orientation", "evaluation__espace")
    return list(rows.order_by("rang", "pk"))


def _question(one: QuestionDEvaluation, *, hers: bool) -> dict[str, Any]:
    where = (one.evaluation.espace, one.evaluation.numero, one.pk)
    names = {"question-d-evaluation": "Répondre, corriger", "question-d-evaluation-retirer": "Retirer"} if hers else {}
    links = [Lien(text, address(name, *where), note=one.texte) for name, text in names.items()]
    return {"question": one, "gestes": links}


def _snapshot(one: Instantane) -> Item:
    url = address("instantane", one.evaluation.espace, one.evaluation.numero, one.numero)
    why = f", {one.motif}" if one.motif else ""
    return Item(one.code, f"Situation au {date_fr(one.jour)}", url, typo(f"empreinte {one.sha256[:12]}{why}"))


def _gestures(acces: Acces, found: Evaluation, frozen: Sequence[Instantane], *, hers: bool) -> list[Lien]:
    """What she may do of it now, the first thing to do first."""
    shows = bool(frozen) and may(acces, PUBLISH, found.espace)
    names = _showing(found, frozen) if shows else {}
    if hers:
        names["evaluation-figer"] = "Figer à nouveau" if frozen else "Figer la situation"
        names["evaluation-modifier"] = "Corriger"
    names |= _taking_back(found) if shows else {}
    return [Lien(text, address(name, found.espace, found.numero)) for name, text in names.items()]


def _showing(found: Evaluation, frozen: Sequence[Instantane]) -> dict[str, str]:
    names: dict[str, str] = {}
    if found.etat == EtatDEvaluation.FIGEE:
        names["evaluation-partager"] = "Partager"
    if found.instantane_publie_id != frozen[0].pk:
        names["evaluation-publier"] = "Publier"
    return names


def _taking_back(found: Evaluation) -> dict[str, str]:
    words = {EtatDEvaluation.PUBLIEE: "Retirer du site public", EtatDEvaluation.PARTAGEE: "Ne plus partager"}
    said = words.get(EtatDEvaluation(found.etat))
    return {"evaluation-retirer": said} if said else {}


def _public(found: Evaluation) -> str:
    public = found.espace.etat == EspaceDeContrat.Etat.PUBLIE and not found.niveau
    return reverse("evaluation-publique", args=[found.espace.slug, found.numero]) if public else ""


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Prepare an évaluation."""
    form = NouvelleEvaluationForm(acces, espace, posted(request))
    made: list[Evaluation] = []
    sujet = Sujet(espace, "", "Toutes les évaluations", address(EVALUATIONS, espace), EVALUATIONS, lambda _: [])

    def write() -> None:
        made.append(services.write_down(by=acces, espace=espace, **form.cleaned_data))

    response = answer(request, acces, sujet, form, NOUVELLE, write)
    return redirect(address("evaluation", espace, made[0].numero)) if made else response


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what an évaluation says of itself."""
    found = hers_or_refused(acces, espace, numero)
    form = EvaluationForm(acces, found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_evaluation(by=acces, evaluation=found, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


def hers_or_refused(acces: Acces, espace: EspaceDeContrat, numero: int) -> Evaluation:
    """An évaluation that she makes.

    Raises:
        Refus: she reads it, and does not make it.
    """
    found = evaluation_or_404(acces, espace, numero)
    require(acces, RIGHT, espace, found)
    return found
