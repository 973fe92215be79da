"""Decisions and proposals: the lists, one of them, taking one, saying where it stands."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.atelier.models import Brouillon
from tenir.atelier.services.brouillon import RIGHT as WORKSHOP
from tenir.core import horloge
from tenir.core.composants import Item, Lien, Renseignement
from tenir.core.emplacements import PRECONISE, REGLE, block_of
from tenir.core.listes import respond
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.gouvernance.ecrans.commun import (
    DECISIONS,
    PROPOSITIONS,
    about_decision,
    about_proposition,
    about_reunion,
    at_reunion,
    decision_or_404,
    name_of,
    proposition_or_404,
    reunion_or_404,
    stamp_of,
    stamp_of_decision,
    stamp_of_proposition,
)
from tenir.gouvernance.ecrans.formulaires import DecisionForm, InscrireForm, MotifForm, PropositionForm, SuiteForm
from tenir.gouvernance.ecrans.listes import DECISIONS as LISTE_DES_DECISIONS
from tenir.gouvernance.ecrans.listes import PROPOSITIONS as LISTE_DES_PROPOSITIONS
from tenir.gouvernance.ecrans.listes import FiltreDesDecisions, FiltreDesPropositions
from tenir.gouvernance.models import Decision, Proposition
from tenir.gouvernance.services import commun
from tenir.gouvernance.services.suites import (
    decide,
    propose,
    put_on_agenda,
    rewrite_decision,
    say_decision,
    set_aside,
    shown_proposal,
)
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.vues import needs

DECIDER = Ecran(
    "Noter une décision", "Noter la décision", "La décision est notée.", "Une phrase, qui l’exécute, pour quand."
)
CORRIGER = Ecran("Corriger la décision", "Enregistrer", "La décision est corrigée.")
DIRE = Ecran("Dire où en est la décision", "Enregistrer", "C’est enregistré.")
PROPOSER = Ecran(
    "Noter une proposition", "Noter la proposition", "La proposition est notée.",
    "Elle se suit jusqu’à la décision qu’elle a permise, ou jusqu’à la raison qui l’écarte.",
)  # fmt: skip
INSCRIRE = Ecran("Inscrire à l’ordre du jour", "Inscrire", "La proposition est à l’ordre du jour.")
ECARTER = Ecran("Écarter cette proposition ?", "Écarter", "La proposition est écartée.", "La raison se lit avec elle.")
BOTH = ["GET", "HEAD", "POST"]
RIGHT = "reunion.update"


@needs("reunion.read")
def decisions(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The decisions of a contract, or their export."""
    return respond(
        request,
        "gouvernance/liste.html",
        liste=LISTE_DES_DECISIONS,
        filtre=partial(FiltreDesDecisions, espace=espace, acces=acces),
        rows=Decision.objects.of(espace),
        export_name=f"{espace.slug}-decisions",
        format=format,
        context=context(
            acces,
            espace,
            DECISIONS,
            titre="Décisions",
            chapeau="" if format else typo(_lede(espace)),
            csv=address("decisions-export", espace, "csv"),
            xlsx=address("decisions-export", espace, "xlsx"),
        ),
    )


def _lede(espace: EspaceDeContrat) -> str:
    rows = Decision.objects.filter(espace=espace)
    waiting, late = rows.waiting().count(), rows.late(horloge.today(espace)).count()
    told = f"{capital(pluriel(waiting, 'décision', genre='f', lettres=True))} à exécuter"
    return f"{told}, dont {late} en retard." if late else f"{told}."


@needs("reunion.read")
def decision(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One decision: who carries it out, by when, where it stands, what it came from."""
    found = decision_or_404(espace, numero)
    given = context(
        acces,
        espace,
        DECISIONS,
        decision=found,
        tampon=stamp_of_decision(found),
        chapeau=typo(f"Décidée par « {found.reunion.instance.nom} » le {date_fr(found.reunion.jour)}."),
        lignes=_lines(found),
        liens=_links(acces, found),
        propositions=[
            Item(one.code, one.texte, address("proposition", espace, one.numero)) for one in found.propositions.all()
        ],
        reprises=[
            Item("", name_of(one.reunion), address("reunion", espace, one.reunion_id), one.notes, stamp_of(one.reunion))
            for one in found.reprises.select_related("reunion__instance__instance").order_by("reunion__jour")
        ],
        regle=block_of(REGLE, acces, espace, found),
        preconise=block_of(PRECONISE, acces, espace, found),
        gestes=_gestures(acces, found),
        retour=at_reunion(found.reunion),
        publique=_public(espace, found),
        annulables=undoable(acces, espace, genre=commun.DECISION, code=found.code),
        histoire=paged(request, records(history_of(espace, commun.DECISION, found.code)), CHANGES, "histoire"),
    )
    return render(request, "gouvernance/decision.html", given)


def _lines(decision: Decision) -> list[Renseignement]:
    due = date_fr(decision.pour_le) if decision.pour_le else ""
    since = (
        f"{decision.get_etat_display()} le {date_fr(decision.etat_le)}"
        if decision.etat_le
        else decision.get_etat_display()
    )
    return [
        Renseignement("Qui l’exécute", str(decision.organisme or "")),
        Renseignement("Pour le", due),
        Renseignement("Où elle en est", typo(since)),
        Renseignement("Ce qui a été fait", decision.suite),
    ]


def _links(acces: Acces, decision: Decision) -> list[Lien]:
    espace, found = decision.espace, []
    if decision.fiche:
        found.append(
            Lien(decision.fiche.action.titre, address("fiche", espace, decision.fiche.code), decision.fiche.code)
        )
    if decision.engagement:
        url = address("suivi-engagement", espace, decision.engagement.code)
        found.append(Lien(decision.engagement.engagement.titre, url, decision.engagement.code))
    if decision.avenant:
        found.append(_amendment(acces, espace, decision.avenant))
    return found


def _amendment(acces: Acces, espace: EspaceDeContrat, act: Brouillon) -> Lien:
    """The avenant that it is about: its page for those who prepare it, that it exists for the others."""
    if not may(acces, WORKSHOP, espace):
        return Lien(f"Un avenant, {act.get_etat_display()}")
    url = address("atelier-acte", espace) if act.ouvert else address("atelier-passe", espace, act.pk)
    return Lien(capital(str(act)), url, note=act.get_etat_display())


def _gestures(acces: Acces, decision: Decision) -> dict[str, str]:
    found: dict[str, str] = {}
    if may(acces, "decision.update", decision.espace, decision):
        found["dire"] = address("decision-dire", decision.espace, decision.numero)
    if may(acces, RIGHT, decision.espace):
        found["corriger"] = address("decision-corriger", decision.espace, decision.numero)
    return found


def _public(espace: EspaceDeContrat, decision: Decision) -> str:
    public = espace.etat == EspaceDeContrat.Etat.PUBLIE and decision.niveau == 0
    return reverse("reunion-publique", args=[espace.slug, decision.reunion_id]) if public else ""


@require_http_methods(BOTH)
@needs(RIGHT)
def decider(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Note a decision of a meeting, on one of its items maybe (`?point=`)."""
    found = reunion_or_404(espace, numero)
    asked = request.GET.get("point", "")
    point = found.points.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 12 else None
    form = DecisionForm(
        espace, Decision(texte=point.proposition.texte if point and point.proposition else ""), posted(request)
    )

    def write() -> None:
        given = {name: form.cleaned_data[name] for name in DecisionForm.CHAMPS}
        decide(by=acces, reunion=found, given=given, point=point)

    return answer(request, acces, about_reunion(found), form, DECIDER, write)


@require_http_methods(BOTH)
@needs(RIGHT)
def corriger(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct what was decided."""
    found = decision_or_404(espace, numero)
    form = DecisionForm(espace, found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        rewrite_decision(by=acces, decision=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_decision(found), form, CORRIGER, write, chose=found)


@require_http_methods(BOTH)
@needs("decision.update", theirs=True)
def dire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say where a decision stands."""
    found = decision_or_404(espace, numero)
    require(acces, "decision.update", espace, found)
    form = SuiteForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        say_decision(by=acces, decision=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_decision(found), form, DIRE, write, chose=found)


@needs("reunion.read")
def propositions(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The proposals of a contract, or their export."""
    waiting = 0 if format else Proposition.objects.filter(espace=espace).waiting().count()
    told = f"{capital(pluriel(waiting, 'proposition', genre='f', lettres=True))} en attente d’une décision."
    return respond(
        request,
        "gouvernance/liste.html",
        liste=LISTE_DES_PROPOSITIONS,
        filtre=FiltreDesPropositions,
        rows=Proposition.objects.of(espace),
        export_name=f"{espace.slug}-propositions",
        format=format,
        context=context(
            acces,
            espace,
            PROPOSITIONS,
            titre="Propositions",
            chapeau=typo(told),
            csv=address("propositions-export", espace, "csv"),
            xlsx=address("propositions-export", espace, "xlsx"),
        ),
    )


@needs("reunion.read")
def proposition(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One proposal: where it comes from, who examined it, the decision it led to."""
    found = proposition_or_404(espace, numero)
    waits = found.decision_id is None and not found.motif
    gestures = {name: address(f"proposition-{name}", espace, numero) for name in ("inscrire", "ecarter")}
    given = context(
        acces,
        espace,
        PROPOSITIONS,
        proposition=found,
        tampon=stamp_of_proposition(found),
        chapeau=typo(_came_from(found)),
        chemin=_way(espace, found),
        gestes=gestures if waits and may(acces, RIGHT, espace) else {},
        annulables=undoable(acces, espace, genre=commun.PROPOSITION, code=found.code),
        histoire=paged(request, records(history_of(espace, commun.PROPOSITION, found.code)), CHANGES, "histoire"),
    )
    return render(request, "gouvernance/proposition.html", given)


def _came_from(proposition: Proposition) -> str:
    by = f", par {designe(proposition.organisme)}" if proposition.organisme else ""
    axe = f" Axe {proposition.axe.code}, {proposition.axe.titre}." if proposition.axe else ""
    return f"Proposée par « {proposition.reunion.instance.nom} » le {date_fr(proposition.reunion.jour)}{by}.{axe}"


def _way(espace: EspaceDeContrat, proposition: Proposition) -> list[Item]:
    """Its way, meeting after meeting, to the decision."""
    found = [Item("", name_of(proposition.reunion), at_reunion(proposition.reunion), "proposée")]
    rows = proposition.points.select_related("reunion__espace", "reunion__instance__instance").order_by("reunion__jour")
    found += [
        Item("", name_of(one.reunion), at_reunion(one.reunion), "à l’ordre du jour", stamp_of(one.reunion))
        for one in rows
    ]
    if proposition.decision:
        url = address("decision", espace, proposition.decision.numero)
        found.append(Item(proposition.decision.code, proposition.decision.texte, url, "décidée"))
    if proposition.motif:
        found.append(Item("", typo(f"Écartée : {proposition.motif}")))
    return found


@require_http_methods(BOTH)
@needs(RIGHT)
def proposer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Note what a meeting proposes."""
    found = reunion_or_404(espace, numero)
    form = PropositionForm(espace, posted(request))
    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        PROPOSER,
        lambda: propose(by=acces, reunion=found, given=form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def inscrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Put a proposal on the agenda of a meeting to come."""
    found = proposition_or_404(espace, numero)
    form = InscrireForm(found, posted(request))
    return answer(
        request,
        acces,
        about_proposition(found),
        form,
        INSCRIRE,
        lambda: put_on_agenda(by=acces, proposition=found, reunion=form.cleaned_data["reunion"]),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def ecarter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Set a proposal aside."""
    found = proposition_or_404(espace, numero)
    form = MotifForm(posted(request))
    return answer(
        request,
        acces,
        about_proposition(found),
        form,
        ECARTER,
        lambda: set_aside(by=acces, proposition=found, motif=form.cleaned_data["motif"], lu=read_mark(request)),
        lu=shown_proposal(found),
    )
