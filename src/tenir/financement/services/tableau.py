"""What the team says beside the ledger: budgets, envelopes; and the versions of the table that a decision freezes."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Orientation
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.fiches.models import FicheAction
from tenir.financement.champs import BUDGET, ENVELOPPE
from tenir.financement.figement import canonical, data_of, digest
from tenir.financement.models import BudgetDAction, Enveloppe, VersionFigee
from tenir.financement.montants import exact
from tenir.financement.services.commun import (
    DEFINE,
    VERSION,
    about_budget,
    about_envelope,
    about_version,
)
from tenir.gouvernance.models import Decision
from tenir.gouvernance.services.commun import rewrite, same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold, next_number
from tenir.habilitations.rights import Acces, require

NEW = 0
"""The version of what is not there yet."""


def budget_of(
    espace: EspaceDeContrat, annee: int, orientation: Orientation, fiche: FicheAction | None, projet: str
) -> BudgetDAction:
    """The budget of a thing for a year, or a new one."""
    key = {"espace": espace, "annee": annee, "orientation": orientation, "fiche": fiche, "projet": projet}
    rows = BudgetDAction.objects.select_related("espace", "orientation", "fiche__action")
    return rows.filter(**key).first() or BudgetDAction(**key, version=NEW)


def envelope_of(espace: EspaceDeContrat, annee: int, financeur: Organisation) -> Enveloppe:
    """The envelope of a funder for a year, or a new one."""
    key = {"espace": espace, "annee": annee, "financeur": financeur}
    rows = Enveloppe.objects.select_related("espace", "financeur")
    return rows.filter(**key).first() or Enveloppe(**key, version=NEW)


@transaction.atomic
def say_budget(*, by: Acces, budget: BudgetDAction, version: int, changes: Mapping[str, Any]) -> BudgetDAction:
    """Say what an action or a project costs in a year.

    Raises:
        Refus: she may not.
        Conflit: someone said it since that version.
        ValidationError: an amount that cannot be, a year outside the contract, a thing of another one.
    """
    require(by, DEFINE, budget.espace)
    _within(budget.espace, budget.annee)
    same_contract(budget.espace_id, orientation=budget.orientation, fiche=budget.fiche)
    hold(budget.espace)
    found = budget_of(budget.espace, budget.annee, budget.orientation, budget.fiche, budget.projet)
    rewrite(by, about_budget(found), found, version, _exact(changes), BUDGET)
    return found


@transaction.atomic
def say_envelope(*, by: Acces, enveloppe: Enveloppe, version: int, changes: Mapping[str, Any]) -> Enveloppe:
    """Say what a funder has in all for a year, and the most that it gives to one action.

    Raises:
        Refus: she may not.
        Conflit: someone said it since that version.
        ValidationError: an amount that cannot be, a year outside the contract.
    """
    require(by, DEFINE, enveloppe.espace)
    _within(enveloppe.espace, enveloppe.annee)
    hold(enveloppe.espace)
    found = envelope_of(enveloppe.espace, enveloppe.annee, enveloppe.financeur)
    rewrite(by, about_envelope(found), found, version, _exact(changes), ENVELOPPE)
    return found


@transaction.atomic
def freeze(
    *, by: Acces, espace: EspaceDeContrat, annee: int | None, decision: Decision, lu: Lu | None = None
) -> VersionFigee:
    """Keep the table as a decision settles it.

    Raises:
        Refus: she may not.
        Perime: the table is no more what was read.
        ValidationError: a decision of another contract, or that froze this year already; an empty table.
    """
    require(by, DEFINE, espace)
    same_contract(espace.pk, decision=decision)
    numero = next_number(VersionFigee, espace)
    data = data_of(espace, annee)
    text = canonical(data)
    refuse_unread(lu, shown(text))
    if not any(one["rangees"] for one in data["registres"].values()):
        raise ValidationError("Ce tableau est vide : il n’y a rien à figer.")
    made = VersionFigee(
        espace=espace, numero=numero, annee=annee, decision=decision, contenu=text, sha256=digest(text),
        figee_par=by.personne,
    )  # fmt: skip
    made.full_clean()
    with geste(by, about_version(made), f"figée par la décision {decision.code}") as g:
        g.keep(made)
        made.save()
        said = f"{annee or 'toutes les années'}, empreinte {made.sha256[:12]}"
        g.tell([Fait(VERSION, made.code, f"décision {decision.code} du {date_fr(decision.reunion.jour)}", "", said)])
    return made


def shown(text: str) -> Lu:
    """What a page shows of the table before it is frozen: its digest stands for it."""
    return {"tableau": digest(text)[:12]}


def _within(espace: EspaceDeContrat, annee: int) -> None:
    if not espace.debut <= annee <= espace.fin:
        raise ValidationError(f"Le contrat va de {espace.debut} à {espace.fin}.")


def _exact(changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value is None else exact(value) for name, value in changes.items()}
