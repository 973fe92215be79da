"""What is judged of an orientation, what its needs have become, the figures that say so."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.atelier.models import Brouillon
from tenir.contrat.models import Orientation
from tenir.core.marques import Lu, refuse_unread
from tenir.core.trace import Fait
from tenir.ecran.champs import words_of
from tenir.evaluation.champs import APPRECIATION as WRITTEN
from tenir.evaluation.champs import DONNEE
from tenir.evaluation.models import Appreciation, DonneeDeBesoin, Evaluation
from tenir.evaluation.services.commun import (
    EVALUATION,
    RIGHT,
    about,
    about_judgement,
    add,
    locked,
    locked_row,
    remove,
    rewrite,
)
from tenir.gouvernance.services.commun import same_contract
from tenir.habilitations.rights import Acces, require

NEW = 0
"""The version of what nobody wrote yet."""


def judged_of(evaluation: Evaluation, orientation: Orientation) -> Appreciation:
    """What is judged of an orientation, or a new row."""
    rows = Appreciation.objects.select_related(
        "evaluation__espace", "evaluation__conduite_par", "orientation", "decision", "preconisation", "avenant"
    )
    found = rows.filter(evaluation=evaluation, orientation=orientation).first()
    return found or Appreciation(evaluation=evaluation, orientation=orientation, version=NEW)


@transaction.atomic
def judge(*, by: Acces, appreciation: Appreciation, version: int, changes: Mapping[str, Any]) -> Appreciation:
    """Say what is thought of an orientation, why, what it should become, what its needs are now.

    Raises:
        Refus: she may not.
        Conflit: someone said it since that version.
        ValidationError: no reason, or what it leads to is of another contract.
    """
    evaluation = appreciation.evaluation
    require(by, RIGHT, evaluation.espace, evaluation)
    held = locked(evaluation)
    linked = {name: changes.get(name) for name in ("decision", "preconisation", "avenant")}
    same_contract(held.espace.pk, orientation=appreciation.orientation, **linked)
    _refuse_other_drafts(linked["avenant"])
    found = judged_of(held, appreciation.orientation)
    rewrite(by, about_judgement(found), found, version, changes, WRITTEN)
    return found


def _refuse_other_drafts(draft: Brouillon | None) -> None:
    if draft is not None and draft.objet != Brouillon.Objet.AVENANT:
        raise ValidationError({"avenant": "Choisissez un avenant."})


@transaction.atomic
def add_figure(*, by: Acces, evaluation: Evaluation, given: Mapping[str, Any]) -> DonneeDeBesoin:
    """Add a figure that says what a need has become; without a value, it is asked of a body.

    Raises:
        Refus: she may not.
        ValidationError: it has no source, or is of an orientation of another contract.
    """
    require(by, RIGHT, evaluation.espace, evaluation)
    found = locked(evaluation)
    same_contract(found.espace.pk, orientation=given.get("orientation"))
    made = DonneeDeBesoin(evaluation=found, **given)
    said = Fait(EVALUATION, found.code, f"chiffre « {made.libelle} »", "", _said(made))
    add(by, about(found), made, "chiffre ajouté", said)
    return made


@transaction.atomic
def rewrite_figure(*, by: Acces, donnee: DonneeDeBesoin, version: int, changes: Mapping[str, Any]) -> DonneeDeBesoin:
    """Correct a figure.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it has no source, or is of an orientation of another contract.
    """
    require(by, RIGHT, donnee.evaluation.espace, donnee.evaluation)
    found = locked_row(donnee)
    same_contract(found.evaluation.espace.pk, orientation=changes.get("orientation"))
    rewrite(by, about(found.evaluation), found, version, changes, DONNEE, f" de « {found.libelle} »")
    return found


@transaction.atomic
def remove_figure(*, by: Acces, donnee: DonneeDeBesoin, lu: Lu | None = None) -> None:
    """Take a figure out.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, donnee.evaluation.espace, donnee.evaluation)
    found = locked_row(donnee)
    refuse_unread(lu, shown_figure(found))
    evaluation = found.evaluation
    said = Fait(EVALUATION, evaluation.code, f"chiffre « {found.libelle} »", _said(found), "retiré")
    remove(by, about(evaluation), found, "chiffre retiré", said)


def shown_figure(donnee: DonneeDeBesoin) -> Lu:
    """What a page shows of a figure."""
    return words_of(donnee, DONNEE)


def _said(donnee: DonneeDeBesoin) -> str:
    valeur, unite, *rest = words_of(donnee, ("valeur", "unite", "annee", "source")).values()
    figure = f"{valeur} {unite}".strip() if valeur else "non fournie"
    return ", ".join(said for said in (figure, *rest) if said)
