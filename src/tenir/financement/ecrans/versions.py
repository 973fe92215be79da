"""The versions of the table that a decision froze: freezing one, reading one, what changed since."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Renseignement
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.financement.ecrans.commun import ALL, TABLEAU, asked_year, version_or_404
from tenir.financement.enums import Registre
from tenir.financement.figement import (
    Donnees,
    VersionAlteree,
    canonical,
    changes,
    data_of,
    recall,
    state_word,
)
from tenir.financement.montants import short, told
from tenir.financement.services import commun
from tenir.financement.services.tableau import freeze, shown
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
FIGER = Ecran(
    "Figer le tableau", "Figer cette version", "La version est figée : rien ne la change plus.",
    "Le tableau de cette année est gardé tel qu’il est maintenant, avec la décision qui l’arrête et son empreinte.",
)  # fmt: skip


class DecisionForm(Formulaire):
    """Which decision of a meeting freezes the table, or adopts a scenario."""

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        field = forms.ModelChoiceField(
            Decision.objects.of(espace).order_by("-numero"), label="Décision", empty_label="Choisissez",
            help_text="Elle se note d’abord dans sa réunion.",
        )  # fmt: skip
        field.label_from_instance = _in_words  # type: ignore[method-assign, assignment]
        self.fields["decision"] = field


def _in_words(one: Decision) -> str:
    return typo(f"{one.code}, {one.reunion.instance.nom}, {date_fr(one.reunion.jour)} : {one.texte[:80]}")


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def figer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Freeze the table of a year by a decision."""
    annee = asked_year(espace, request.GET.get("annee", ""))
    back = f"{address(TABLEAU, espace)}?annee={annee or ALL}"
    sujet = Sujet(espace, "", f"Tableau {annee or 'de toutes les années'}", back, TABLEAU, lambda _: [])
    form = DecisionForm(espace, posted(request))

    def write() -> None:
        freeze(by=acces, espace=espace, annee=annee, decision=form.cleaned_data["decision"], lu=read_mark(request))

    lu = shown(canonical(data_of(espace, annee)))
    return answer(request, acces, sujet, form, FIGER, write, lu=lu)


@needs("financement.read")
def version(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A version as it was frozen, and what changed since."""
    found = version_or_404(espace, numero)
    year = found.annee or "toutes les années"
    titre = f"Version {found.code}, {year}"
    given = context(acces, espace, TABLEAU, version=found, titre=titre, alteree="", chapeau="")
    try:
        data = recall(found)
    except VersionAlteree as error:
        return render(request, "financement/version.html", {**given, "alteree": typo(str(error))}, status=409)
    decision = found.decision
    day = date_fr(horloge.day_of(found.figee_le, espace))
    given |= {
        "chapeau": typo(f"Figée le {day} par la décision {decision.code} : {decision.texte}"),
        "decision": address("decision", espace, decision.numero),
        "lignes": [
            Renseignement("Décidée par", f"{decision.reunion.instance.nom}, {date_fr(decision.reunion.jour)}"),
            Renseignement("Figée par", str(found.figee_par)),
            Renseignement("Empreinte (SHA-256)", found.sha256),
        ],
        "registres": [_ledger(one, data["registres"][one]) for one in Registre if data["registres"][one]["rangees"]],
        "changements": list(changes(data, data_of(espace, found.annee))),
    }
    return render(request, "financement/version.html", given)


def _ledger(ledger: Registre, data: Donnees) -> dict[str, Any]:
    """A ledger of a version, in words."""
    return {
        "titre": capital(str(ledger.label)),
        "financeurs": [(one["nom"], short(Decimal(one["total"]))) for one in data["financeurs"]],
        "rangees": [
            {
                "code": row["code"],
                "titre": row["titre"],
                "total": short(Decimal(row["total"])),
                "cases": [(one["nom"], *_words(row["cases"].get(one["cle"]))) for one in data["financeurs"]],
            }
            for row in data["rangees"]
        ],
        "total": told(Decimal(data["total"])),
    }


def _words(cell: list[str] | None) -> tuple[str, str]:
    return (short(Decimal(cell[0])), state_word(cell[1])) if cell else ("", "")
