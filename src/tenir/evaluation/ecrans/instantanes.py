"""Freezing the contract, reading a snapshot as it was frozen, and taking it away."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Chiffre, Renseignement
from tenir.core.typographie import date_fr, nombre, typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.navigation import address, context
from tenir.evaluation.document import across
from tenir.evaluation.ecrans.commun import EVALUATIONS, about, evaluation_or_404, instantane_or_404
from tenir.evaluation.ecrans.evaluation import hers_or_refused
from tenir.evaluation.ecrans.formulaires import FigerForm
from tenir.evaluation.instantane.forme import Donnees, FormeInconnue, InstantaneAltere, recall
from tenir.evaluation.models import Instantane
from tenir.evaluation.services import instantanes as services
from tenir.evaluation.services.commun import RIGHT
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
CONFLICT = 409
FIGER = Ecran(
    "Figer la situation", "Figer la situation d’aujourd’hui", "La situation est figée : rien ne la change plus.",
    "Actions, engagements, indicateurs, argent, réunions, préconisations et registres sont gardés tels qu’ils sont.",
    "evaluation/figer.html",
)  # fmt: skip


@require_http_methods(BOTH)
@needs(RIGHT, theirs=True)
def figer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Freeze the contract as it stands, once what will be kept was looked at."""
    found = hers_or_refused(acces, espace, numero)
    form = FigerForm(posted(request), again=found.instantanes.exists())

    def write() -> None:
        services.freeze(by=acces, evaluation=found, lu=read_mark(request), **form.cleaned_data)

    try:
        data = services.now_of(found)
    except ValidationError as error:
        return answer(request, acces, about(found), form, FIGER, write, avant=error.messages[0], figures=[])
    more: dict[str, Any] = {"avant": "", "figures": counts_of(data), "lu": services.shown(data)}
    return answer(request, acces, about(found), form, FIGER, write, **more)


def counts_of(data: Donnees) -> list[Chiffre]:
    """How many things there are of each kind, and of how many something is missing."""
    mute = sum(not one["statut"] for one in data["actions"])
    silent = sum(not one["etat"] for one in data["engagements"])
    valueless = sum(not one["derniers"] for one in data["indicateurs"])
    held = sum(year["tenues"] for one in data["reunions"] for year in one["annees"])
    return [
        Chiffre("Actions", nombre(len(data["actions"])), typo(f"dont {nombre(mute)} sans rien de dit")),
        Chiffre("Engagements", nombre(len(data["engagements"])), typo(f"dont {nombre(silent)} sans rien de dit")),
        Chiffre("Indicateurs", nombre(len(data["indicateurs"])), typo(f"dont {nombre(valueless)} sans valeur")),
        Chiffre("Réunions tenues", nombre(held)),
        Chiffre("Préconisations", nombre(len(data["preconisations"]))),
    ]


@needs("evaluation.read")
def instantane(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, instantane: int
) -> HttpResponse:
    """A snapshot as it was frozen: its digest, its counts, what is of no orientation."""
    found = evaluation_or_404(acces, espace, numero)
    frozen = instantane_or_404(found, instantane)
    given = context(acces, espace, EVALUATIONS, evaluation=found, instantane=frozen, retour=_page(frozen))
    try:
        data = recall(frozen)
    except (InstantaneAltere, FormeInconnue) as error:
        return render(request, "evaluation/instantane.html", {**given, "altere": typo(str(error))}, status=CONFLICT)
    given |= {
        "altere": "",
        "lignes": _lines(frozen, data),
        "figures": counts_of(data),
        "document": {"parties": across(data)},
        "json": address("instantane-json", espace, numero, instantane),
        "comparaison": f"{address('evaluation-comparaison', espace, numero)}?apres={instantane}",
    }
    return render(request, "evaluation/instantane.html", given)


def _page(frozen: Instantane) -> str:
    return address("evaluation", frozen.evaluation.espace, frozen.evaluation.numero)


def _lines(frozen: Instantane, data: Donnees) -> list[Renseignement]:
    start = data["depart"]
    signed = f"version {start['version']} du contrat" if start["version"] else "texte du contrat"
    erased = data["mots_effaces"]
    lines = [
        Renseignement("Situation au", date_fr(frozen.jour)),
        Renseignement("Comparée au départ", typo(f"{signed}, au {date_fr(frozen.evaluation.depart)}")),
        Renseignement("Figé par", f"{frozen.fige_par}, le {date_fr(horloge.day_of(frozen.fige_le))}"),
        Renseignement("Empreinte (SHA-256)", frozen.sha256),
        Renseignement("Forme", str(frozen.schema)),
    ]
    lines += [Renseignement("Pourquoi à nouveau", frozen.motif)] if frozen.motif else []
    told = f"{nombre(erased)}, à la demande d’une personne"
    return [*lines, *([Renseignement("Mots effacés depuis", typo(told))] if erased else [])]


@needs("evaluation.read")
def instantane_json(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, instantane: int
) -> HttpResponse:
    """All that a snapshot holds, as data, with its digest."""
    frozen = instantane_or_404(evaluation_or_404(acces, espace, numero), instantane)
    try:
        data = {**recall(frozen), "empreinte": frozen.sha256}
    except (InstantaneAltere, FormeInconnue) as error:
        return HttpResponse(typo(str(error)), content_type="text/plain; charset=utf-8", status=CONFLICT)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{espace.slug}-{frozen.code}.json"'
    return response
