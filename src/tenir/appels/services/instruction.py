"""Reading a dossier for each of its funders: is it admissible, what is proposed; then what that one decided.

A decision writes in the ledger of the money by its services: what was asked, then what was voted or refused.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.appels.champs import INSTRUCTION
from tenir.appels.enums import EtatDeDossier, Suite
from tenir.appels.models import DossierDeDemande, PartDemandee
from tenir.appels.services.commun import DOSSIER, INSTRUCT, about_dossier, locked_part, told_dossier
from tenir.appels.services.messages import tell_decision
from tenir.contrat.models import ActionPrevue, Orientation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import de, designe
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.financement.enums import EtatDeFinancement
from tenir.financement.models import LigneDeFinancement
from tenir.financement.montants import exact, told
from tenir.financement.services.lignes import Case, line_of, open_line, say
from tenir.financement.services.tableau import budget_of, say_budget
from tenir.gouvernance.services.commun import rewrite
from tenir.habilitations.rights import Acces, require


@transaction.atomic
def instruct(*, by: Acces, part: PartDemandee, version: int, changes: Mapping[str, Any]) -> PartDemandee:
    """Say whether what is asked of a funder is admissible, the opinion, what is proposed, on what condition, why.

    Raises:
        Refus: she may not.
        Conflit: someone said it since that version.
        ValidationError: it is not sent, is decided, or what is not admissible does not say why.
    """
    found = locked_part(part)
    require(by, INSTRUCT, found.dossier.espace)
    refuse_settled(found)
    if changes.get("propose") is not None:
        changes = {**changes, "propose": exact(changes["propose"])}
    depot = {"dite_au_depot": found.dossier.depots}
    if not rewrite(by, about_part(found), found, version, changes, INSTRUCTION, depot) and found.is_stale:
        _say_again(by, found)
    return found


def _say_again(by: Acces, found: PartDemandee) -> None:
    """The same, said of the dossier as it was sent again."""
    with geste(by, about_part(found), "relue, dite de même") as g:
        g.keep(found)
        before, found.dite_au_depot = told_of(found), found.dossier.depots
        found.version += 1
        found.save(update_fields=["dite_au_depot", "version"])
        g.tell(
            [Fait(DOSSIER, found.dossier.code, f"instruction pour {designe(found.financeur)}", before, told_of(found))]
        )


@transaction.atomic
def decide(
    *,
    by: Acces,
    part: PartDemandee,
    suite: str,
    le: date,
    source: str,
    accorde: Decimal | None = None,
    condition: str = "",
    motif: str = "",
    lu: Lu | None = None,
) -> PartDemandee:
    """Write what a funder decided, once: in the dossier, in the ledger, and to whoever asked, with its reason.

    Raises:
        Refus: she may not, or may not write in the ledger.
        Perime: it is no more what was read.
        ValidationError: it is not sent, is decided already; a refusal without a reason, a grant without an amount, past
            the budget, past what was asked without a reason, a day to come or before the dossier was sent.
    """
    found = locked_part(part)
    require(by, INSTRUCT, found.dossier.espace)
    refuse_unread(lu, shown(found))
    refuse_settled(found)
    sent = found.dossier.depose_le
    if sent is None or not sent <= le <= horloge.today(found.dossier.espace):
        raise ValidationError({"le": "Une décision est prise entre le dépôt du dossier et aujourd’hui."})
    with geste(by, about_part(found), f"décision {de(found.financeur)}") as g:
        g.keep(found)
        found.suite, found.decide_le = suite, le
        found.accorde = exact(accorde) if suite == Suite.ACCORDE and accorde is not None else None
        found.condition, found.motif = condition.strip() or found.condition, motif.strip() or found.motif
        found.version += 1
        _refuse_more_than_asked(found)
        found.full_clean()
        found.ligne = _in_the_ledger(by, found, source)
        found.save()
        g.tell([Fait(DOSSIER, found.dossier.code, f"décision {de(found.financeur)}", "", told_of(found))])
    tell_decision(found)
    return found


def _refuse_more_than_asked(part: PartDemandee) -> None:
    """A zero too many is seen before it is public: past what was asked it takes a reason, past the budget it is wrong.

    Raises:
        ValidationError: more than the whole budget; more than was asked, and nobody says why.
    """
    if part.accorde is None:
        return
    if part.dossier.charges and part.accorde > part.dossier.charges:
        raise ValidationError({"accorde": f"Le budget du projet est de {told(part.dossier.charges)} : vérifiez."})
    if part.montant is not None and part.accorde > part.montant and not part.motif:
        raise ValidationError({"motif": f"C’est plus que demandé ({told(part.montant)}) : dites pourquoi."})


def told_of(part: PartDemandee) -> str:
    """« accordé, 4 000 €, le 12 mars 2026 »; where it stands until then."""
    if not part.suite:
        said = ", ".join(filter(None, (part.get_recevable_display(), part.get_avis_display())))
        if part.is_stale:
            return f"à relire{f' ; dit de la version d’avant : {said}' if said else ''}"
        return said or "en instruction"
    when = f"le {date_fr(part.decide_le)}" if part.decide_le else ""
    return ", ".join(filter(None, (part.get_suite_display(), told(part.accorde), when)))


def told_outside(part: PartDemandee) -> str:
    """The same as whoever asked is told: what is thought of it before the decision stays inside."""
    return told_of(part) if part.suite else "en instruction"


def shown(part: PartDemandee) -> Lu:
    """What a page shows of a share before it is decided: the dossier, what is asked, what was said of it."""
    said = {"financeur": str(part.financeur), "demandé": told(part.montant), "où": told_of(part)}
    opinion = {"proposé": told(part.propose), "condition": part.condition, "raison": part.motif}
    return {**told_dossier(part.dossier), **said, **opinion}


def _in_the_ledger(by: Acces, part: PartDemandee, source: str) -> LigneDeFinancement:
    """The line of what was asked, opened with it, then what became of it."""
    dossier = part.dossier
    code = (dossier.servies.split() or [""])[0]
    action = ActionPrevue.objects.of(dossier.espace).select_related("orientation").filter(code=code).first()
    if action is None:
        raise ValidationError(f"L’action {code} n’est plus au contrat : corrigez le dossier avant de décider.")
    projet = f"{dossier.intitule[:140]} ({dossier.code})"
    case = Case(action.orientation, part.financeur, dossier.appel.annee, projet=projet)
    asked = ledger_row(EtatDeFinancement.DEMANDE, part.montant, dossier.depose_le, f"Dossier {dossier.code}")
    line = line_of(dossier.espace, case) or open_line(by=by, espace=dossier.espace, case=case, given=asked)
    refused = part.suite == Suite.REFUSE
    if not refused:
        _say_what_it_costs(by, dossier, action.orientation, projet)
    etat = EtatDeFinancement.REFUSE if refused else EtatDeFinancement.VOTE
    row = ledger_row(etat, part.accorde, part.decide_le, source, part.motif[:500] if refused else "")
    return say(by=by, ligne=line, version=line.version, given=row)


def _say_what_it_costs(by: Acces, dossier: DossierDeDemande, orientation: Orientation, projet: str) -> None:
    """What a project that is funded costs, once: what it lacks shows without typing again what its dossier says."""
    budget = budget_of(dossier.espace, dossier.appel.annee, orientation, None, projet)
    if budget.montant is None and dossier.charges:
        say_budget(by=by, budget=budget, version=budget.version, changes={"montant": dossier.charges})


def ledger_row(etat: str, montant: Decimal | None, le: date | None, source: str, motif: str = "") -> dict[str, Any]:
    """A dated row of the ledger, as its services write it."""
    return {"etat": etat, "montant": montant, "le": le, "source": source, "preuve": "", "motif": motif}


def about_part(part: PartDemandee) -> Chose:
    one = about_dossier(part.dossier)
    return Chose(one.row, one.genre, one.code, f"{one.titre}, {part.financeur}", INSTRUCT, one.espace)


def refuse_settled(part: PartDemandee) -> None:
    if part.dossier.etat != EtatDeDossier.DEPOSE:
        raise ValidationError("Ce dossier n’est pas déposé : il ne s’instruit pas.")
    if part.suite:
        raise ValidationError("Ce financeur a déjà décidé : la suite s’inscrit dans le registre de l’argent.")
