"""Giving a reading, correcting it, judging it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.core.typographie import typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.indicateurs.ecrans.commun import readable, releve_or_404, suivi_or_404, sujet
from tenir.indicateurs.ecrans.formulaires import MotifForm, ReleveForm
from tenir.indicateurs.enums import StatutDeReleve
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import period, with_unit
from tenir.indicateurs.services.indicateur import judge_releve, record_releve, shown

RELEVE = Ecran(
    "Donner un relevé",
    "Enregistrer le relevé",
    "Merci, le relevé est enregistré. Il est provisoire tant que l’équipe ne l’a pas validé.",
    "Un chiffre ne va jamais seul : dites sa période et sa source.",
)
CORRECTION = Ecran(
    "Corriger un relevé",
    "Enregistrer la correction",
    "La correction est enregistrée, provisoire ; le relevé d’avant reste lisible.",
    "Le relevé d’avant est gardé, avec ce que vous direz de la correction.",
)


@require_http_methods(["GET", "POST"])
@needs("releve.create", theirs=True)
def donner(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Give a reading."""
    suivi = readable(acces, espace, code)
    form = ReleveForm(suivi, posted(request), given=request.GET)
    return answer(
        request,
        acces,
        sujet(suivi),
        form,
        RELEVE,
        lambda: record_releve(by=acces, suivi=suivi, mesure=form.mesure(), exact=form.exact),
    )


@require_http_methods(["GET", "POST"])
@needs("releve.create", theirs=True)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Correct a reading, with the reason; what it corrects is kept."""
    suivi = readable(acces, espace, code)
    releve = releve_or_404(suivi, numero)
    form = ReleveForm(suivi, posted(request), corrige=releve)

    def write() -> None:
        motif, lu, mesure = form.cleaned_data["motif"], read_mark(request), form.mesure()
        record_releve(by=acces, suivi=suivi, mesure=mesure, corrige=releve, motif=motif, exact=form.exact, lu=lu)

    return answer(request, acces, sujet(suivi), form, CORRECTION, write, lu=shown(releve))


@require_http_methods(["GET", "POST"])
@needs("releve.validate")
def valider(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Validate a reading."""
    suivi = suivi_or_404(espace, code)
    releve = releve_or_404(suivi, numero)
    ecran = Ecran("Valider ce relevé ?", "Valider ce relevé", "Le relevé est validé.", _told(releve, suivi))
    return _judged(request, acces, suivi, releve, ecran, StatutDeReleve.VALIDE)


@require_http_methods(["GET", "POST"])
@needs("releve.validate")
def contester(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Contest a reading, with the reason."""
    suivi = suivi_or_404(espace, code)
    releve = releve_or_404(suivi, numero)
    ecran = Ecran(
        "Contester ce relevé ?",
        "Contester ce relevé",
        "Le relevé est contesté : il reste lisible, et dit l’être.",
        _told(releve, suivi),
    )
    return _judged(request, acces, suivi, releve, ecran, StatutDeReleve.CONTESTE)


def _judged(
    request: HttpRequest,
    acces: Acces,
    suivi: SuiviDIndicateur,
    releve: ReleveDIndicateur,
    ecran: Ecran,
    statut: StatutDeReleve,
) -> HttpResponse:
    form = MotifForm(posted(request), required=statut == StatutDeReleve.CONTESTE)
    return answer(
        request,
        acces,
        sujet(suivi),
        form,
        ecran,
        lambda: judge_releve(
            by=acces, releve=releve, statut=statut, motif=form.cleaned_data["motif"], lu=read_mark(request)
        ),
        lu=shown(releve),
    )


def _told(releve: ReleveDIndicateur, suivi: SuiviDIndicateur) -> str:
    part = f" pour « {releve.ventilation} »" if releve.ventilation else ""
    given = f"{with_unit(releve.valeur, suivi)}{part} {period(releve)}, relevé {releve.get_statut_display()}"
    return typo(f"{given} ; source : {releve.source}.")
