"""The file of an évaluation: a page, a Word file, an accessible PDF, which say the same thing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.core.alphabet import alphabetical
from tenir.core.documents import document_response
from tenir.core.typographie import capital, typo
from tenir.ecran.navigation import address, context
from tenir.evaluation.document import Dossier, document_of
from tenir.evaluation.ecrans.commun import EVALUATIONS, evaluation_or_404, snapshots
from tenir.evaluation.instantane.comparer import compare
from tenir.evaluation.instantane.forme import FormeInconnue, InstantaneAltere, recall
from tenir.evaluation.models import Appreciation, Contribution, DonneeDeBesoin, Evaluation, QuestionDEvaluation
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

CONFLICT = 409


@needs("evaluation.read")
def dossier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str = "") -> HttpResponse:
    """The file, orientation by orientation, of the last snapshot; or Word, or PDF."""
    found = evaluation_or_404(acces, espace, numero)
    given = context(acces, espace, EVALUATIONS, evaluation=found, retour=address("evaluation", espace, numero))
    try:
        gathered = dossier_of(found)
    except (InstantaneAltere, FormeInconnue) as error:
        altered = {**given, "altere": typo(str(error))}
        return render(request, "evaluation/dossier.html", altered, status=CONFLICT)
    if gathered is None:
        raise Http404
    document = document_of(gathered)
    if format:
        return document_response(document, name=f"{espace.slug}-{found.code}", format=format)
    given |= {
        "altere": "",
        "document": document,
        "surtitre": capital(typo(f"{gathered.comparaison.avant} ; {gathered.comparaison.apres}")),
        "pdf": address("evaluation-fichier", espace, numero, "pdf"),
        "docx": address("evaluation-fichier", espace, numero, "docx"),
    }
    return render(request, "evaluation/dossier.html", given)


def dossier_of(found: Evaluation) -> Dossier | None:
    """All that the file is made of, in a fixed number of queries; nothing before anything is frozen.

    Raises:
        InstantaneAltere: the snapshot is no more what was frozen.
        FormeInconnue: it is of a form that is not read here.
    """
    frozen = snapshots(found)
    if not frozen:
        return None
    data = recall(frozen[0])
    judged = Appreciation.objects.filter(evaluation=found).select_related(
        "orientation", "decision", "preconisation", "avenant"
    )
    figures = DonneeDeBesoin.objects.filter(evaluation=found).select_related("orientation", "demandee_a")
    asked = QuestionDEvaluation.objects.filter(evaluation=found).order_by("rang", "pk")
    told = Contribution.objects.filter(evaluation=found).select_related("organisme")
    return Dossier(
        found, frozen[0], data, compare(data), list(asked), list(judged.order_by("orientation__ordre")),
        list(figures.order_by(alphabetical("libelle"), "annee", "pk")),
        list(told.order_by(alphabetical("organisme__nom"), "pk")),
    )  # fmt: skip
