"""What follows from a meeting: deciding, saying where a decision stands, proposing, following a proposal."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.atelier.models import Brouillon
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.champs import DECISION, SUITE
from tenir.gouvernance.enums import EtatDeDecision, EtatDeReunion
from tenir.gouvernance.models import Decision, PointDOrdreDuJour, Proposition, Reunion
from tenir.gouvernance.services import commun
from tenir.gouvernance.services.commun import about_decision, about_proposition, rewrite, same_contract
from tenir.gouvernance.services.points import add_point
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import next_number
from tenir.habilitations.rights import Acces, require

RIGHT = "reunion.update"


@transaction.atomic
def decide(
    *, by: Acces, reunion: Reunion, given: Mapping[str, Any], point: PointDOrdreDuJour | None = None
) -> Decision:
    """Write a decision of a meeting; taken on an item that examines a proposal, it is what the proposal led to.

    Raises:
        Refus: she may not.
        ValidationError: it says nothing, the meeting is called off, it hangs on another contract.
    """
    require(by, RIGHT, reunion.espace)
    _refuse_called_off(reunion)
    _same_contract(reunion.espace, given)
    numero = next_number(Decision, reunion.espace)
    made = Decision(espace=reunion.espace, reunion=reunion, point=point, numero=numero, **given)
    made.full_clean()
    with geste(by, about_decision(made, RIGHT), "décision prise") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(commun.DECISION, made.code, "décision", "", commun.in_words(made, *DECISION))])
        if point and point.proposition:
            _follow(by, point.proposition, made)
    return made


@transaction.atomic
def rewrite_decision(*, by: Acces, decision: Decision, version: int, changes: Mapping[str, Any]) -> Decision:
    """Change what was decided: its words, who carries it out, by when, what it is linked to.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it says nothing, or hangs on another contract.
    """
    require(by, RIGHT, decision.espace)
    found = locked(decision)
    _same_contract(found.espace, changes)
    rewrite(by, about_decision(found, RIGHT), found, version, changes, DECISION)
    return found


@transaction.atomic
def say_decision(*, by: Acces, decision: Decision, version: int, changes: Mapping[str, Any]) -> Decision:
    """Say where a decision stands, and what was done.

    Raises:
        Refus: she may not, on this decision.
        Conflit: someone changed it since that version.
        ValidationError: given up without a reason.
    """
    found = locked(decision)
    require(by, "decision.update", found.espace, found)
    waits = changes.get("etat", found.etat) == EtatDeDecision.A_EXECUTER
    along = {"etat_le": None if waits else horloge.today(found.espace)} if "etat" in changes else {}
    rewrite(by, about_decision(found), found, version, changes, SUITE, along)
    return found


@transaction.atomic
def propose(*, by: Acces, reunion: Reunion, given: Mapping[str, Any]) -> Proposition:
    """Write what a meeting proposes.

    Raises:
        Refus: she may not.
        ValidationError: it says nothing, the meeting is called off, an axis of another contract.
    """
    require(by, RIGHT, reunion.espace)
    _refuse_called_off(reunion)
    same_contract(reunion.espace_id, axe=given.get("axe"))
    numero = next_number(Proposition, reunion.espace)
    made = Proposition(espace=reunion.espace, reunion=reunion, numero=numero, **given)
    made.full_clean()
    with geste(by, about_proposition(made), "proposition écrite") as g:
        g.keep(made)
        made.save()
        g.tell([Fait(commun.PROPOSITION, made.code, "proposition", "", commun.in_words(made, "texte", "organisme"))])
    return made


@transaction.atomic
def put_on_agenda(*, by: Acces, proposition: Proposition, reunion: Reunion) -> PointDOrdreDuJour:
    """Put a proposal on the agenda of a meeting to come.

    Raises:
        Refus: she may not.
        ValidationError: the meeting is over, of another contract, or examines it already.
    """
    require(by, RIGHT, proposition.espace)
    same_contract(proposition.espace_id, reunion=reunion)
    if not reunion.is_to_come:
        raise ValidationError({"reunion": "Choisissez une réunion à venir."})
    if reunion.points.filter(proposition=proposition).exists():
        raise ValidationError({"reunion": "Cette réunion l’examine déjà."})
    return add_point(by=by, reunion=reunion, titre=f"Proposition {proposition.code}", proposition=proposition)


@transaction.atomic
def set_aside(*, by: Acces, proposition: Proposition, motif: str, lu: Lu | None = None) -> None:
    """Set a proposal aside, saying why.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it led to a decision, or nobody says why.
    """
    require(by, RIGHT, proposition.espace)
    found = _locked(proposition)
    refuse_unread(lu, shown_proposal(found))
    if found.decision_id or found.motif:
        raise ValidationError("Cette proposition a déjà sa suite.")
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi."})
    chose = about_proposition(found)
    with geste(by, chose, "proposition écartée") as g:
        g.keep(found)
        found.motif = motif.strip()
        found.full_clean()
        found.save()
        g.tell([Fait(chose.genre, chose.code, "écartée", "", found.motif)])


def shown_proposal(proposition: Proposition) -> Lu:
    """What a page shows of a proposal."""
    return {"proposition": proposition.texte, "où elle en est": proposition.etat.label}


def locked(decision: Decision) -> Decision:
    """A decision as it stands now, held until the end of the transaction."""
    rows = Decision.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "organisme", "reunion__instance__instance"), decision)


def _same_contract(espace: EspaceDeContrat, given: Mapping[str, Any]) -> None:
    """Refuse a decision about what is of another contract, or about a text in preparation that is no avenant."""
    same_contract(espace.pk, **{name: given.get(name) for name in ("fiche", "engagement", "avenant")})
    if (act := given.get("avenant")) and act.objet != Brouillon.Objet.AVENANT:
        raise ValidationError({"avenant": "Choisissez un avenant."})


def _follow(by: Acces, proposition: Proposition, decision: Decision) -> None:
    found = _locked(proposition)
    chose = about_proposition(found)
    with geste(by, chose, "suivie d’une décision") as g:
        g.keep(found)
        found.decision, found.motif = decision, ""
        found.full_clean()
        found.save()
        g.tell([Fait(chose.genre, chose.code, "suite", "", f"décision {decision.code}")])


def _locked(proposition: Proposition) -> Proposition:
    return still(Proposition.objects.select_for_update(of=("self",)).select_related("espace"), proposition)


def _refuse_called_off(reunion: Reunion) -> None:
    if reunion.etat == EtatDeReunion.ANNULEE:
        raise ValidationError("Cette réunion est annulée.")
