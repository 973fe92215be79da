"""Reading a dossier for each funder, and writing what that one decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from tenir.appels.ecrans.commun import BOTH
from tenir.appels.ecrans.formulaires_d_instruction import DeciderForm, InstruireForm, NoterForm
from tenir.appels.ecrans.sujets import about
from tenir.appels.enums import EtatDeDossier
from tenir.appels.models import DossierDeDemande, PartDemandee
from tenir.appels.services import instruction as services
from tenir.appels.services import lecture
from tenir.appels.services.commun import INSTRUCT
from tenir.core.composants import Renseignement
from tenir.core.typographie import date_fr, typo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.navigation import address
from tenir.financement.montants import told
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

INSTRUIRE = Ecran(
    "Instruire la demande", "Enregistrer", "L’instruction est enregistrée.",
    "Lue par l’équipe. Ce qui est irrecevable dit pourquoi.",
)  # fmt: skip
NOTER = Ecran("Noter selon la grille", "Enregistrer les notes", "Les notes sont enregistrées.")
DECIDER = Ecran(
    "Inscrire la décision du financeur", "Inscrire la décision", "La décision est inscrite, et le registre avec elle.",
    "Elle s’inscrit dans le registre de l’argent et s’envoie à qui demande, avec sa raison.",
)  # fmt: skip


def part_or_404(espace: EspaceDeContrat, numero: int, pk: int) -> PartDemandee:
    """What a dossier of this contract asks of one funder."""
    rows = PartDemandee.objects.select_related("financeur", "dossier__espace", "dossier__appel", "ligne")
    return get_object_or_404(rows, dossier__espace=espace, dossier__numero=numero, pk=pk)


def instruction_of(dossier: DossierDeDemande) -> list[dict[str, Any]]:
    """Each share of a dossier that is sent, what is said of it, where it is read and decided; two queries."""
    if dossier.etat != EtatDeDossier.DEPOSE:
        return []
    rows = dossier.parts.select_related("financeur", "ligne").prefetch_related("notes").order_by("pk")
    return [_row(dossier, one) for one in rows]


def _row(dossier: DossierDeDemande, one: PartDemandee) -> dict[str, Any]:
    lines = {
        "Où en est-ce": services.told_of(one), "Demandé": told(one.montant), "Proposé": told(one.propose),
        "Condition": one.condition, "Raison": one.motif, "Note": lecture.told_score(one),
        "Lue par le financeur": _read(one),
    }  # fmt: skip
    notes = [typo(f"{each.critere} : {each.points} sur {each.sur}") for each in one.notes.all()]
    graded = bool(dossier.appel.criteres)
    return {
        "part": one,
        "lignes": [Renseignement(label, typo(said)) for label, said in lines.items()],
        "instruire": address("dossier-de-demande-instruire", dossier.espace, dossier.numero, one.pk),
        "notes": notes,
        "noter": address("dossier-de-demande-noter", dossier.espace, dossier.numero, one.pk) if graded else "",
        "decider": address("dossier-de-demande-decider", dossier.espace, dossier.numero, one.pk),
        "ligne": address("financement", dossier.espace, f"L{one.ligne.numero}") if one.ligne else "",
    }


def _read(one: PartDemandee) -> str:
    if one.lue_le is None:
        return ""
    return f"par son lien, le {date_fr(one.lue_le)}{'' if one.is_read else ', dans la version d’avant : à relire'}"


@require_http_methods(BOTH)
@needs(INSTRUCT)
def instruire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Say what is thought of what is asked of one funder."""
    found = part_or_404(espace, numero, pk)
    form = InstruireForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        services.instruct(by=acces, part=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about(found.dossier), form, INSTRUIRE, write, chose=found)


@require_http_methods(BOTH)
@needs(INSTRUCT)
def noter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Give the points of each criterion, for one funder."""
    found = part_or_404(espace, numero, pk)
    form = NoterForm(found, posted(request))
    return answer(
        request,
        acces,
        about(found.dossier),
        form,
        NOTER,
        lambda: lecture.score(by=acces, part=found, notes=form.notes(), lu=read_mark(request)),
        lu=lecture.shown(found),
    )


@require_http_methods(BOTH)
@needs(INSTRUCT)
def decider(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, pk: int) -> HttpResponse:
    """Write what one funder decided."""
    found = part_or_404(espace, numero, pk)
    form = DeciderForm(found, posted(request))
    return answer(
        request,
        acces,
        about(found.dossier),
        form,
        DECIDER,
        lambda: services.decide(by=acces, part=found, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown(found),
    )
