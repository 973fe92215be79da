"""One orientation of an évaluation: what moved, what is judged, what is needed; then the small pages that write it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from tenir.contrat.models import Donnee, Orientation
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Lien, Renseignement
from tenir.core.typographie import typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address, context
from tenir.evaluation.document import Dossier, judgement_of, of_orientation, value_of
from tenir.evaluation.ecrans import releves
from tenir.evaluation.ecrans.commun import EVALUATIONS, evaluation_or_404, orientation_or_404
from tenir.evaluation.ecrans.dossier import dossier_of
from tenir.evaluation.ecrans.evaluation import hers_or_refused
from tenir.evaluation.ecrans.formulaires import AppreciationForm, DonneeForm, DonneeSuivieForm
from tenir.evaluation.instantane.forme import FormeInconnue, InstantaneAltere
from tenir.evaluation.models import Appreciation, DonneeDeBesoin, Evaluation
from tenir.evaluation.services import appreciations as services
from tenir.evaluation.services.commun import APPRECIATION, RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
APPRECIER = Ecran("Apprécier l’orientation", "Enregistrer", "C’est enregistré.")
AJOUTER = Ecran(
    "Ajouter un chiffre", "Ajouter le chiffre", "Le chiffre est ajouté.",
    "Un chiffre ne va jamais seul : sa source, son année, son périmètre.",
)  # fmt: skip
CORRIGER = Ecran("Corriger le chiffre", "Enregistrer", "Le chiffre est corrigé.")
OTER = Ecran("Retirer ce chiffre ?", "Retirer", "Le chiffre est retiré.")


@needs("evaluation.read")
def orientation(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, code: str) -> HttpResponse:
    """What moved of an orientation since the start, what is judged of it, what its needs have become."""
    found = evaluation_or_404(acces, espace, numero)
    one = orientation_or_404(found, code)
    hers = may(acces, RIGHT, espace, found)
    judged = services.judged_of(found, one)
    given = context(
        acces,
        espace,
        EVALUATIONS,
        evaluation=found,
        orientation=one,
        retour=address("evaluation", espace, numero),
        appreciation=judged if judged.pk else None,
        jugement=list(judgement_of(judged if judged.pk else None)),
        suites=_leads(acces, espace, judged),
        chiffres=[_figure(row, hers=hers) for row in _figures(found, one)],
        releves=list(releves.shown(found, one, hers=hers)),
        signes=[_signed(row, found, one, hers=hers) for row in _printed(one)],
        gestes=_gestures(found, one) if hers else [],
        annulables=undoable(acces, espace, genre=APPRECIATION, code=judged.code),
        **_moved(found, code),
    )
    return render(request, "evaluation/orientation.html", given, status=409 if given["altere"] else 200)


def _moved(found: Evaluation, code: str) -> dict[str, Any]:
    """What moved of an orientation, as its part of the file says it."""
    try:
        dossier: Dossier | None = dossier_of(found)
    except (InstantaneAltere, FormeInconnue) as error:
        return {"altere": typo(str(error)), "document": None}
    if dossier is None:
        return {"altere": "", "document": None}
    signed = next((one for one in dossier.comparaison.orientations if one["code"] == code), None)
    parts = list(of_orientation(dossier, signed))[:1] if signed else []
    return {"altere": "", "document": {"parties": parts}}


def _gestures(found: Evaluation, one: Orientation) -> list[Lien]:
    names = {"evaluation-apprecier": "Apprécier, dire les besoins", "evaluation-chiffre-nouveau": "Ajouter un chiffre"}
    return [Lien(text, address(name, found.espace, found.numero, one.code)) for name, text in names.items()]


def _leads(acces: Acces, espace: EspaceDeContrat, judged: Appreciation) -> list[Lien]:
    """What the judgement leads to, each to its page."""
    links = []
    if judged.decision:
        links.append(
            Lien(judged.decision.texte, address("decision", espace, judged.decision.numero), judged.decision.code)
        )
    asked = judged.preconisation  # withdrawn, its words are for the team alone
    if asked and (not asked.niveau or may(acces, "preconisation.update", espace)):
        links.append(Lien(asked.texte, address("preconisation", espace, asked.numero), asked.code))
    if judged.avenant:
        url = address("atelier", espace) if may(acces, "atelier.update", espace) else ""
        links.append(Lien(typo(f"Avenant {judged.avenant.get_etat_display()}"), url))
    return links


def _figures(found: Evaluation, one: Orientation) -> list[DonneeDeBesoin]:
    rows = DonneeDeBesoin.objects.filter(evaluation=found, orientation=one)
    return list(
        rows.select_related("evaluation__espace", "demandee_a", "orientation").order_by(
            alphabetical("libelle"), "annee", "pk"
        )
    )


def _figure(one: DonneeDeBesoin, *, hers: bool) -> dict[str, Any]:
    where = (one.evaluation.espace, one.evaluation.numero, one.orientation.code if one.orientation else "", one.pk)
    names = {"evaluation-chiffre": "Corriger", "evaluation-chiffre-retirer": "Retirer"} if hers else {}
    links = [Lien(text, address(name, *where), note=one.libelle) for name, text in names.items()]
    said = [one.perimetre, str(one.annee), f"source : {one.source}"]
    return {"donnee": one, "valeur": value_of(one), "note": typo(", ".join(filter(None, said))), "gestes": links}


def _printed(one: Orientation) -> list[Donnee]:
    return list(Donnee.objects.of(one.espace).filter(orientation=one).select_related("orientation"))


def _signed(row: Donnee, found: Evaluation, one: Orientation, *, hers: bool) -> Renseignement:
    """A figure that the contract prints, which leads to the form of its value of today."""
    value = f"{row.imprime or 'non fournie'}{f', {row.periode}' if row.periode else ''}"
    url = (
        f"{address('evaluation-chiffre-nouveau', found.espace, found.numero, one.code)}?donnee={row.code}"
        if hers
        else ""
    )
    return Renseignement(typo(row.libelle), typo(value), url)


def _about(found: Evaluation, one: Orientation) -> Sujet:
    espace = found.espace
    code = f"{found.code}/{one.code}"
    url = address("evaluation-orientation", espace, found.numero, one.code)
    return Sujet(espace, one.code, one.titre, url, EVALUATIONS, lambda _: history_of(espace, APPRECIATION, code))


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def apprecier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, code: str) -> HttpResponse:
    """Say what is thought of an orientation and what its needs have become."""
    found = hers_or_refused(acces, espace, numero)
    one = orientation_or_404(found, code)
    judged = services.judged_of(found, one)
    form = AppreciationForm(judged, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.judge(by=acces, appreciation=judged, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, _about(found, one), form, APPRECIER, write, chose=judged)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def chiffre_nouveau(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, code: str
) -> HttpResponse:
    """Add a figure; « ?donnee= »: the value of today of one that the contract prints; « ?releve= »: a reading."""
    found = hers_or_refused(acces, espace, numero)
    one = orientation_or_404(found, code)
    form = DonneeForm(espace, posted(request), **_begun(one, request))

    def write() -> None:
        services.add_figure(by=acces, evaluation=found, given={**form.cleaned_data, "orientation": one})

    return answer(request, acces, _about(found, one), form, AJOUTER, write)


def _begun(one: Orientation, request: HttpRequest) -> dict[str, Any]:
    """What the form holds at first: a figure of the contract, or a reading, taken up."""
    if read := request.GET.get(releves.ASKED):
        return releves.initial(one, read)
    printed = request.GET.get("donnee")
    return _from_the_contract(one, printed) if printed else {}


def _from_the_contract(one: Orientation, code: str) -> dict[str, str]:
    row = next((row for row in _printed(one) if row.code == code), None)
    return {"libelle": row.libelle[:200], "unite": row.unite[:80], "perimetre": row.perimetre[:120]} if row else {}


def _hers(acces: Acces, espace: EspaceDeContrat, numero: int, code: str, donnee: int) -> DonneeDeBesoin:
    found = hers_or_refused(acces, espace, numero)
    rows = DonneeDeBesoin.objects.filter(evaluation=found, orientation__code=code)
    rows = rows.select_related("evaluation__espace", "evaluation__conduite_par", "orientation", "demandee_a")
    return get_object_or_404(rows, pk=donnee)


def _back(row: DonneeDeBesoin, code: str) -> Sujet:
    return _about(row.evaluation, orientation_or_404(row.evaluation, code))


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def chiffre(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, code: str, donnee: int
) -> HttpResponse:
    """Correct a figure, or give it at last."""
    row = _hers(acces, espace, numero, code, donnee)
    form = DonneeSuivieForm(row, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.rewrite_figure(by=acces, donnee=row, version=version, changes=changes)

    return answer_or_arbitrate(request, acces, _back(row, code), form, CORRIGER, write, chose=row)


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def chiffre_retirer(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, code: str, donnee: int
) -> HttpResponse:
    """Take a figure out."""
    row = _hers(acces, espace, numero, code, donnee)
    write = partial(services.remove_figure, by=acces, donnee=row, lu=read_mark(request))
    form = Formulaire(posted(request))
    return answer(request, acces, _back(row, code), form, OTER, write, lu=services.shown_figure(row))
