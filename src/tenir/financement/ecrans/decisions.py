"""The money that decisions settle: on the page of a decision, on that of a line, and saying so."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Item
from tenir.core.emplacements import Bloc
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.financement.ecrans.commun import about_line, line_or_404, stamp_of, told_year
from tenir.financement.ecrans.versions import DecisionForm
from tenir.financement.models import LigneDecidee, LigneDeFinancement
from tenir.financement.montants import told
from tenir.financement.services import commun
from tenir.financement.services.decisions import attach, detach, shown
from tenir.gouvernance.ecrans.commun import about_decision, decision_or_404, stamp_of_decision
from tenir.gouvernance.models import Decision
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
RATTACHER = Ecran(
    "Rattacher à une décision", "Rattacher", "La ligne est rattachée à la décision.",
    "La décision qui règle cet argent, prise en réunion ; les deux pages se répondent.",
)  # fmt: skip
DETACHER = Ecran("Détacher cette décision ?", "Détacher", "La décision est détachée de la ligne.")
ARGENT = Ecran(
    "Rattacher une ligne d’argent", "Rattacher", "La ligne est rattachée à la décision.",
    "La ligne du registre dont cette décision règle l’argent.",
)  # fmt: skip


class LigneForm(Formulaire):
    """Which line of the ledger a decision settles."""

    def __init__(self, espace: EspaceDeContrat, data: Any = None) -> None:
        super().__init__(data)
        field = forms.ModelChoiceField(
            LigneDeFinancement.objects.of(espace).order_by("-annee", "pk"), label="Ligne", empty_label="Choisissez"
        )
        field.label_from_instance = _in_words  # type: ignore[method-assign, assignment]
        self.fields["ligne"] = field


def _in_words(one: LigneDeFinancement) -> str:
    return typo(f"{one.code}, {told_year(one.annee)}, {one.nom_du_financeur} : {one.objet[:80]}")


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def rattacher(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say which decision settles a line."""
    found = line_or_404(espace, code)
    form = DecisionForm(espace, posted(request))

    def write() -> None:
        attach(by=acces, ligne=found, decision=form.cleaned_data["decision"])

    return answer(request, acces, about_line(found), form, RATTACHER, write)


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def detacher(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str, numero: int) -> HttpResponse:
    """Say no more that a decision settles a line."""
    found, decision = line_or_404(espace, code), decision_or_404(espace, numero)
    if not found.decidees.filter(decision=decision).exists():
        raise Http404
    form = Formulaire(posted(request))

    def write() -> None:
        detach(by=acces, ligne=found, decision=decision, lu=read_mark(request))

    return answer(request, acces, about_line(found), form, DETACHER, write, lu=shown(found))


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def argent(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say which line a decision settles."""
    found = decision_or_404(espace, numero)
    form = LigneForm(espace, posted(request))

    def write() -> None:
        attach(by=acces, ligne=form.cleaned_data["ligne"], decision=found)

    return answer(request, acces, about_decision(found), form, ARGENT, write)


def settled(acces: Acces, espace: EspaceDeContrat, decision: Decision) -> Bloc | None:
    """The money that a decision settles: the tables it froze, the scenarios it adopted, the lines that say so."""
    if not may(acces, "financement.read", espace):
        return None
    lines = [*_frozen(espace, decision), *_adopted(espace, decision), *_lines(espace, decision)]
    add = address("decision-argent", espace, decision.numero) if may(acces, commun.DEFINE, espace) else ""
    return Bloc("financement/includes/regle.html", {"lignes": lines, "ajouter": add}) if lines or add else None


def _frozen(espace: EspaceDeContrat, decision: Decision) -> list[Item]:
    rows = decision.versions_figees.order_by("-numero")
    named = [(one, f"Tableau des financeurs figé, {one.annee or 'toutes les années'}") for one in rows]
    return [Item(one.code, name, address("financement-version", espace, one.numero)) for one, name in named]


def _adopted(espace: EspaceDeContrat, decision: Decision) -> list[Item]:
    rows = decision.scenarios.filter(retire_le=None).order_by("-numero")
    return [
        Item("", typo(f"Scénario adopté : {one.nom}"), address("financement-scenario", espace, one.numero),
             str(one.annee))
        for one in rows
    ]  # fmt: skip


def _lines(espace: EspaceDeContrat, decision: Decision) -> list[Item]:
    rows = [one.ligne for one in LigneDecidee.objects.of_decision(decision)]
    return [
        Item(
            one.code, f"{one.nom_du_financeur}, {one.objet}", address("financement", espace, one.code),
            typo(f"{told_year(one.annee)} · {told(one.montant) or 'montant non dit'}"), stamp_of(one),
        )
        for one in rows
    ]  # fmt: skip


def decisions_of(ligne: LigneDeFinancement) -> list[tuple[Item, str]]:
    """The decisions that settle a line, each with where one detaches it; one query."""
    espace, rows = ligne.espace, LigneDecidee.objects.of_line(ligne)
    return [
        (_taken(espace, one.decision), address("financement-detacher", espace, ligne.code, one.decision.numero))
        for one in rows
    ]


def _taken(espace: EspaceDeContrat, one: Decision) -> Item:
    by = f"{one.reunion.instance.nom}, {date_fr(one.reunion.jour)}"
    return Item(one.code, one.texte, address("decision", espace, one.numero), typo(by), stamp_of_decision(one))
